"""Recorded tables read both ways; `python -m tests.catalog.tables.screen.payloads` lists what goes the slow way, and why."""

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

from catalog.tables.copying import copied
from catalog.tables.limits import LIMITS
from catalog.tables.screen import Pace
from schemas.problems import Problem
from tests.catalog.tables.screen.compare import Outcome, agreed, inferred
from tests.payloads import payload

FOLDERS = ("i_tabular", "j_conformance")
LARGEST = 5_000_000
"""Bytes; larger tables would take Frictionless minutes."""


def outcomes(folder: str, largest: int = LARGEST) -> Iterator[tuple[Path, Outcome]]:
    """Yield every file of a folder of payloads with how its table was read; "unread" where it holds none."""
    csv.field_size_limit(LIMITS.record)
    for path in sorted(path for path in payload(folder).rglob("*") if path.is_file()):
        if path.stat().st_size <= largest:
            yield path, _outcome(path)


def _outcome(path: Path) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        try:
            copy = copied(path, Path(folder), {"filename": path.name})
        except Exception as error:  # not for this test: whatever cannot be copied is not validated
            return Outcome("unread", str(error)[:80])
        if isinstance(copy, Problem):
            return Outcome("unread", copy.message)
        return agreed(copy, inferred(copy), 1_000, Pace(fewest=0, piece=10_000, cell=0))


def main() -> None:
    """Print what differs or goes the slow way."""
    screened = 0
    for folder in FOLDERS:
        for path, outcome in outcomes(folder):
            screened += outcome.path == "screen"
            if outcome.difference or outcome.path in ("frictionless", "raises"):
                print(f"{path.name}: {outcome.path} {outcome.why} {outcome.difference}")
    print(f"{screened} screened")


if __name__ == "__main__":
    main()
