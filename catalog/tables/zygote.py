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
from collections.abc import Callable
from pathlib import Path
from typing import Any

from catalog.tables.jail import die_with_parent, drop_capabilities, keep_to, leave_network
from catalog.tables.limits import Limits

_DENIED = frozenset({
    "socket.__new__", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto",
    "subprocess.Popen", "os.system", "os.exec", "ctypes.call_function",
    "os.posix_spawn", "os.fork", "os.forkpty", "ctypes.dlopen", "sqlite3.connect", "pickle.find_class", "os.remove",
    "os.rename", "os.rmdir", "os.chmod", "os.chown", "os.symlink", "os.link", "os.kill", "os.putenv",
})  # fmt: skip
_HELD: list[str] = []
_PACKAGES = ("site-packages", "dist-packages")
_LOOKS = frozenset({"open", "os.listdir", "os.scandir", "os.mkdir", "os.truncate"})


def main() -> None:
    """Serve jobs until standard input ends."""
    _HELD.extend(leave_network())
    for line in sys.stdin:
        print(json.dumps(_fork(json.loads(line))), flush=True)


def _fork(job: dict[str, Any]) -> dict[str, Any]:
    """Run a job in a child; returns `{"outcome", "cpu" (seconds), "peak" (bytes)}` and, where that is `ok`, its `answer`."""
    work = _work(job)
    reading, writing = os.pipe()
    limits = Limits(**job["limits"])
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(work, job, limits, writing)
    os.close(writing)
    try:
        return _watch(child, limits, reading)
    finally:
        os.close(reading)


def _work(job: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what a job runs; imported here once, since a limited child may not load what its libraries link to."""
    if job.get("job") == "croissant":
        from catalog.tables.croissant.trying import try_out

        return try_out
    if job.get("job") == "shapes":
        from catalog.quality.shacl.trying import try_shapes

        return try_shapes
    from catalog.tables.job import prepare, run_job

    prepare()
    return run_job


def _child(work: Callable[[dict[str, Any]], dict[str, Any]], job: dict[str, Any], limits: Limits, writing: int) -> None:
    """Run the job under limits and leave without cleaning up; whatever is left over, the caller's folder goes."""
    code = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)  # the parent speaks there; what a library prints must not look like an answer
        os.dup2(nothing, 2)
        _limit(Path(job["folder"]), [job["path"], *job.get("reads", [])], limits)
        answer = json.dumps(work(job), default=str).encode()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
        code = 0
    except MemoryError:
        code = 3
    finally:
        os._exit(code)


def _limit(folder: Path, reads: list[str], limits: Limits) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ["TMPDIR"] = os.fspath(folder)
    die_with_parent()
    if "no-network" not in _HELD:
        leave_network()  # for all but root only a process of one thread may, which this one is
    packages = (path for path in sys.path if Path(path).name in _PACKAGES)  # of an environment upon another they stand apart
    places = (os.fspath(folder), os.fspath(Path(os.__file__).parent), sys.prefix, *packages)
    keep_to([*reads, *places[1:]], places[0])
    drop_capabilities()
    for key, value, more in (
        (resource.RLIMIT_AS, limits.memory, 0), (resource.RLIMIT_CPU, limits.cpu_seconds, 5),
        (resource.RLIMIT_FSIZE, limits.written, 0), (resource.RLIMIT_NOFILE, 64, 0), (resource.RLIMIT_CORE, 0, 0),
    ):  # fmt: skip
        resource.setrlimit(key, (value, value + more))
    allowed = tuple(os.path.realpath(place) + os.sep for place in places)
    alone = {*map(os.path.realpath, reads), os.path.realpath(folder), os.devnull}

    def guard(event: str, args: tuple[Any, ...]) -> None:
        if event in _DENIED:
            raise PermissionError(f"The parser may not use {event}.")
        if event in _LOOKS and isinstance(args[0], str | bytes):
            target = os.path.realpath(os.fsdecode(args[0]))
            if target not in alone and not target.startswith((*allowed, "/usr/share/zoneinfo/")):
                raise PermissionError("The parser may open nothing but its own file.")

    sys.addaudithook(guard)  # it cannot be removed


def _watch(child: int, limits: Limits, reading: int) -> dict[str, Any]:
    """Read the answer; kill a child that takes too long or too much, or whose answer nobody waits for any more."""
    answer, ends, outcome = bytearray(), time.monotonic() + limits.wall_seconds, ""
    while not outcome:
        ready, _, _ = select.select([reading, 0], [], [], 0.2)
        piece = os.read(reading, 1 << 16) if reading in ready else None
        if piece == b"":
            break
        answer += piece or b""
        outcome = "abandoned" if 0 in ready else _excess(child, limits, ends, len(answer))
    if outcome:
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    told = {"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * 1024}
    if outcome or status:
        return {**told, "outcome": outcome or _reason(status)}
    return {**told, "outcome": "ok", "answer": json.loads(answer)}


def _excess(child: int, limits: Limits, ends: float, answered: int) -> str:
    if time.monotonic() > ends:
        return "too-slow"
    try:
        pages = int(Path(f"/proc/{child}/statm").read_text().split()[1])
    except (OSError, IndexError):
        pages = 0
    if pages * resource.getpagesize() > limits.resident or answered > limits.answer:
        return "too-much-memory"
    return ""


_SIGNALS = {int(signal.SIGXCPU): "too-slow", int(signal.SIGKILL): "killed"}


def _reason(status: int) -> str:
    if os.WIFSIGNALED(status):
        return _SIGNALS.get(os.WTERMSIG(status), "crashed")
    return "too-much-memory" if os.WEXITSTATUS(status) == 3 else "crashed"


if __name__ == "__main__":
    main()
