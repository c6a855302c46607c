"""Harvest of a generated CKAN portal into SQLite and Whoosh: first run, unchanged second run, peak memory, by size."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.generated import generated_portal

SIZES = (1_000, 10_000)


def run() -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| datasets | run | datasets/s | CPU s | peak MB |"
    yield "|---|---|---|---|---|"
    for size in SIZES:
        with generated_portal(size) as url, tempfile.TemporaryDirectory() as home:
            for name in ("first", "unchanged"):
                figures = _measured(url, home)
                assert figures["seen"] == size, figures
                yield f"| {size:,} | {name} | {size / figures['wall']:.0f} | {figures['cpu']:.1f} | {figures['peak']:.0f} |"


def _measured(url: str, home: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.harvest_once", url, home]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures
