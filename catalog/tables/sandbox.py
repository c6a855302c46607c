"""Runs parser jobs in limited child processes, so that no file can harm the catalogue."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
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


class Sandbox:
    """One line of work: jobs run one after another, each in a child of its own. Use one per thread."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._zygote: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def run(self, path: Path, options: dict[str, Any], folder: Path) -> dict[str, Any] | Problem:
        """Run the job on a local file; returns its answer, or the Problem that stopped it. What it makes stands in `folder`."""
        with self._lock:
            job = {**options, "path": os.fspath(path.absolute()), "folder": os.fspath(folder), "limits": asdict(self._limits)}
            try:
                zygote = self._started()
                assert zygote.stdin and zygote.stdout
                zygote.stdin.write(json.dumps(job) + "\n")
                zygote.stdin.flush()
                line = zygote.stdout.readline()
            except OSError:
                line = ""
        if not line:
            self.close()
            return Problem("crashed", "", _OUTCOMES["crashed"])
        told = json.loads(line)
        return told["answer"] if told["outcome"] == "ok" else Problem(told["outcome"], "", _OUTCOMES[told["outcome"]])

    def _started(self) -> "subprocess.Popen[str]":
        if self._zygote is None or self._zygote.poll() is not None:
            environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
            environment |= {"PYTHONPATH": os.pathsep.join(sys.path[1:]), "MALLOC_ARENA_MAX": "2", "POLARS_MAX_THREADS": "2"}
            self._zygote = subprocess.Popen(
                [sys.executable, "-m", "catalog.tables.zygote"], env=environment, text=True,
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
