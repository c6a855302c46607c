"""Runs parser jobs in limited child processes, so that no file can harm the catalogue."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from catalog.tables.limits import LIMITS, Limits
from schemas.problems import Problem

_OUTCOMES = {
    "too-slow": "Reading this file took too long and was stopped; split it into smaller files.",
    "too-much-memory": "Reading this file took too much memory and was stopped; split it into smaller files.",
    "crashed": "The parser failed on this file; check that it opens in the program it was made with.",
}


_ENGINES = {
    "MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": str(2**25), "MALLOC_TRIM_THRESHOLD_": str(2**27),
    "POLARS_MAX_THREADS": "2", "OPENBLAS_NUM_THREADS": "1",
}  # fmt: skip
"""What keeps the engines within the address space of a child."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What the last job took: wall and CPU seconds, peak resident bytes of its child."""

    seconds: float = 0.0
    cpu: float = 0.0
    peak: int = 0


class Sandbox:
    """One line of work: jobs run one after another, each in a child of its own. Use one per thread.

    `zygote` names the module that forks the children.
    """

    def __init__(self, limits: Limits = LIMITS, zygote: str = "catalog.tables.zygote") -> None:
        self.usage = Usage()
        self._limits, self._module = limits, zygote
        self._zygote: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def run(self, path: Path, options: dict[str, Any], folder: Path) -> dict[str, Any] | Problem:
        """Run the job on a local file; returns its answer, or the Problem that stopped it. What it makes stands in `folder`.

        A child that somebody else killed is given a second try, since the file may not be to blame.
        """
        limits = self._limits.scaled(path.stat().st_size, packed=_packed(path))
        job = {**options, "path": os.fspath(path.absolute()), "folder": os.fspath(folder.absolute()), "limits": asdict(limits)}
        with self._lock:
            told = self._told(job)
            if told["outcome"] == "killed":
                told = self._told(job)
        if told["outcome"] == "ok":
            answer: dict[str, Any] = told["answer"]
            return answer
        code = told["outcome"] if told["outcome"] in _OUTCOMES else "crashed"
        return Problem(code, "", _OUTCOMES[code])

    def _told(self, job: dict[str, Any]) -> dict[str, Any]:
        began = time.monotonic()
        try:
            zygote = self._started()
            assert zygote.stdin and zygote.stdout
            zygote.stdin.write(json.dumps(job) + "\n")
            zygote.stdin.flush()
            told: dict[str, Any] = json.loads(zygote.stdout.readline())
        except (OSError, ValueError):  # it died, or was killed in the middle of its answer
            self.close()
            told = {"outcome": "killed"}
        self.usage = Usage(time.monotonic() - began, told.get("cpu", 0.0), told.get("peak", 0))
        return told

    def _started(self) -> "subprocess.Popen[str]":
        if self._zygote is None or self._zygote.poll() is not None:
            environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
            environment |= {"PYTHONPATH": os.pathsep.join(sys.path[1:]), **_ENGINES}
            self._zygote = subprocess.Popen(
                [sys.executable, "-m", self._module], env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[2],
            )  # fmt: skip
        return self._zygote

    def close(self) -> None:
        """Stop the child."""
        if self._zygote is not None:
            self._zygote.kill()
            self._zygote.wait()
            for pipe in (self._zygote.stdin, self._zygote.stdout):
                if pipe:
                    pipe.close()
            self._zygote = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4).startswith((b"\x1f\x8b", b"BZh", b"\xfd7zX", b"PK", b"PAR1"))
