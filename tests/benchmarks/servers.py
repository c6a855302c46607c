"""The CPU time of a server: its processes, those they started, and those of them that ended."""

import os
import time
from collections.abc import Iterable
from http.client import HTTPConnection
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(roots: Iterable[int]) -> float:
    """Return user and system seconds so far of the process trees below `roots`."""
    parents, ticks = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        process = int(stat.parent.name)
        parents[process], ticks[process] = int(fields[1]), sum(map(int, fields[11:15]))
    tree = set(roots) & ticks.keys()
    while more := {process for process, parent in parents.items() if parent in tree} - tree:
        tree |= more
    return sum(ticks[process] for process in tree) / _TICK


def await_answer(port: int, path: str, seconds: float = 60) -> None:
    """Wait until a server on loopback answers `path` with 200; raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.2)
    raise TimeoutError(f"The server on port {port} did not answer {path} within {seconds:.0f} seconds; look at its log.")
