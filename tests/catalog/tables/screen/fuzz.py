"""Generated tables read both ways: `python -m tests.catalog.tables.screen.fuzz --count 20000 --seed 1`."""

import argparse
import csv
import tempfile
from collections import Counter
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from catalog.tables.limits import LIMITS
from tests.catalog.tables.screen.cells import disputed
from tests.catalog.tables.screen.compare import Outcome, compared
from tests.catalog.tables.screen.generate import made


def outcomes(seeds: range) -> list[tuple[int, Outcome]]:
    """Compare the tables of some seeds."""
    csv.field_size_limit(LIMITS.record)
    found = []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            found.append((seed, compared(made(seed), Path(folder))))
        found += [(seed, Outcome("cells", "", f"{field}: {text!r}")) for field, text in disputed(seed)]
    return found


def main() -> None:
    """Compare in two processes and print the counts by path and reason, also of what was done when Ctrl-C ends it.

    Ends with 1 when there are differences.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, choices=(1, 2))
    chosen = parser.parse_args()
    last = chosen.seed + chosen.count
    pieces = [range(start, min(start + 50, last)) for start in range(chosen.seed, last, 50)]
    counts: Counter[tuple[str, str]] = Counter()
    different = 0
    with suppress(KeyboardInterrupt), get_context("spawn").Pool(chosen.processes) as pool:
        for piece in pool.imap_unordered(outcomes, pieces):
            for seed, outcome in piece:
                counts[outcome.path, outcome.why] += 1
                if outcome.difference:
                    different += 1
                    print(f"seed {seed} ({outcome.path}): {outcome.difference}", flush=True)
    for (path, why), count in counts.most_common():
        print(f"{count:7,}  {path}  {why}")
    print(f"{counts.total():,} tables, {different} differences")
    raise SystemExit(different > 0)


if __name__ == "__main__":
    main()
