"""Validation of generated tables against `frictionless.validate`: CPU seconds, ratio, speed, peak memory.

Frictionless reads a tenth of a million rows and its time is scaled; QOIMA_BENCH_FULL=1 lets it read all, and adds ten million
rows for the screen.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.wide import write_wide

FULL = os.environ.get("QOIMA_BENCH_FULL") == "1"
SCALE = 1 if FULL else 10


@dataclass(frozen=True, slots=True)
class Case:
    """`peer_rows` is what Frictionless reads of it; 0 for nothing."""

    name: str
    rows: int
    broken: float = 0.0
    limit: int = 0
    times: int = 1
    peer_rows: int = 0


CASES = (
    Case("clean", 1_000_000, times=2, peer_rows=1_000_000 // SCALE),
    Case("1 % broken, no limit", 1_000_000, 0.01, times=2, peer_rows=1_000_000 // SCALE),
    Case("1 % broken, limit 1,000, with totals", 1_000_000, 0.01, limit=1_000, peer_rows=1_000_000),  # it stops early by itself
    Case("clean", 10_000, times=3, peer_rows=10_000),
    Case("clean", 1_000, times=10, peer_rows=1_000),
    Case("clean", 100, times=50, peer_rows=100),
    *((Case("clean", 10_000_000),) if FULL else ()),
)


def run() -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| rows | table | Frictionless CPU s | ours | ratio | MB/s | Frictionless peak MB | ours |"
    yield "|---|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            yield _line(case, Path(folder))


def _line(case: Case, folder: Path) -> str:
    path = _table(folder, case.rows, case.broken)
    ours = _measured("screen", path, case)
    line = f"| {case.rows:,} | {case.name} |"
    size = path.stat().st_size / 1e6 / ours["cpu"]
    if not case.peer_rows:
        return f"{line} – | {ours['cpu']:.2f} | – | {size:.0f} | – | {ours['peak']:.0f} |"
    peer = _measured("frictionless", _table(folder, case.peer_rows, case.broken), case)
    if case.peer_rows == case.rows:
        assert (peer["errors"], peer["sha256"]) == (ours["errors"], ours["sha256"]), (peer, ours)
    assert peer["sha256"] or case.limit, "Frictionless did not read the whole table."
    scale = case.rows / case.peer_rows
    scaled, seconds = " (scaled)" if scale > 1 else "", peer["cpu"] * scale
    return (
        f"{line} {seconds:.4g}{scaled} | {ours['cpu']:.4g} | {seconds / ours['cpu']:.1f} × | {size:.0f} |"
        f" {peer['peak']:.0f} | {ours['peak']:.0f} |"
    )


def _table(folder: Path, rows: int, broken: float) -> Path:
    path = folder / f"{rows}-{broken}.csv"
    if not path.exists():
        write_wide(path, rows, broken)
    return path


def _measured(way: str, path: Path, case: Case) -> dict[str, float]:
    once = ["-m", "tests.benchmarks.validate_once", way, str(path), str(case.limit), str(case.times)]
    engines = {"MALLOC_ARENA_MAX": "2", "POLARS_MAX_THREADS": "2"}  # as in the parser child
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *once], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
        env=os.environ | engines,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures
