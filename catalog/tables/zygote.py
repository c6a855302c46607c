"""The parent of parser children: it has the libraries loaded, forks one limited child a job, and outlives them all.

Speaks JSON lines on standard input and output; started by `catalog.tables.sandbox`.
"""

import json
import os
import resource
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any

from catalog.tables.job import run_job
from catalog.tables.limits import LIMITS

_DENIED = frozenset(
    "socket.connect socket.getaddrinfo socket.bind socket.sendto subprocess.Popen os.system os.exec os.posix_spawn os.fork "
    "ctypes.dlopen sqlite3.connect pickle.find_class os.remove os.rename os.rmdir os.chmod os.chown os.symlink os.link".split()
)


def main() -> None:
    """Serve jobs until standard input ends."""
    for line in sys.stdin:
        print(json.dumps(_fork(json.loads(line))), flush=True)


def _fork(job: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(job, writing)
    os.close(writing)
    try:
        return _watch(child, reading)
    finally:
        os.close(reading)


def _child(job: dict[str, Any], writing: int) -> None:
    """Run the job under limits and leave without cleaning up; whatever is left over, the caller's folder goes."""
    code = 1
    try:
        _limit(Path(job["folder"]), Path(job["path"]))
        answer = json.dumps(run_job(job), default=str).encode()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
        code = 0
    except MemoryError:
        code = 3
    finally:
        os._exit(code)


def _limit(folder: Path, path: Path) -> None:
    for key, value in (
        (resource.RLIMIT_AS, LIMITS.memory), (resource.RLIMIT_CPU, LIMITS.cpu_seconds),
        (resource.RLIMIT_FSIZE, LIMITS.written), (resource.RLIMIT_NOFILE, 64), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(key, (value, value))
    allowed = tuple(os.path.realpath(place) + os.sep for place in (folder, os.path.dirname(os.__file__), sys.prefix, *sys.path[:1]))
    itself = os.path.realpath(path)

    def guard(event: str, args: tuple[Any, ...]) -> None:
        if event in _DENIED:
            raise PermissionError(f"The parser may not use {event}.")
        if event == "open" and isinstance(args[0], str | bytes):
            target = os.path.realpath(os.fsdecode(args[0]))
            if target != itself and not target.startswith((*allowed, "/usr/share/zoneinfo", "/dev/null")):
                raise PermissionError("The parser may open nothing but its own file.")

    sys.addaudithook(guard)  # it cannot be removed


def _watch(child: int, reading: int) -> dict[str, Any]:
    """Read the answer; kill a child that takes too long or too much."""
    answer, ends, outcome = b"", time.monotonic() + LIMITS.wall_seconds, ""
    while not outcome:
        ready, _, _ = select.select([reading], [], [], 0.2)
        piece = os.read(reading, 1 << 16) if ready else None
        if piece == b"":
            break
        answer += piece or b""
        outcome = _excess(child, ends, answer)
    if outcome:
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if outcome or status:
        return {"outcome": outcome or _reason(status)}
    return {"outcome": "ok", "answer": json.loads(answer)}


def _excess(child: int, ends: float, answer: bytes) -> str:
    if time.monotonic() > ends:
        return "too-slow"
    try:
        pages = int(Path(f"/proc/{child}/statm").read_text().split()[1])
    except (OSError, IndexError):
        pages = 0
    if pages * resource.getpagesize() > LIMITS.resident or len(answer) > LIMITS.answer:
        return "too-much-memory"
    return ""


def _reason(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "too-slow" if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL) else "crashed"
    return "too-much-memory" if os.WEXITSTATUS(status) == 3 else "crashed"


if __name__ == "__main__":
    main()
