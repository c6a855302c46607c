"""A web worker with the index open: what it holds for itself above the bare process, in MB. Run as a child."""

import sys
from pathlib import Path

import numpy as np

from catalog.adapters.whoosh_index import WhooshIndex
from catalog.search.searching import Searching
from tests.benchmarks.searching.corpus import pages
from web import create_app  # noqa: F401  # what a bare worker has loaded


def private() -> int:
    """Return the bytes that this process shares with nobody."""
    rows = (line.split() for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    return sum(int(row[1]) * 1024 for row in rows if row[0].startswith("Private_"))


def main(folder: str, secret: str) -> None:
    """Ask every page three times and print the difference."""
    asked = pages()
    assert Searching and np
    before = private()
    index = WhooshIndex(Path(folder), secret.encode())
    for _ in range(3):
        for _, request in asked:
            index.search(request)
    print((private() - before) / 1e6)


if __name__ == "__main__":
    main(*sys.argv[1:])
