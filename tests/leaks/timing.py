"""How long and how much work it takes to refuse what is hidden, against what is absent.

`python -m tests.leaks.timing [PAIRS]` prints medians of the CPU time of pairs that are asked in turn, which other programs
disturb less than the time on the wall, and how many statements each costs.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from flask import Flask
from sqlalchemy import event

from tests.leaks.crawler import addresses
from tests.leaks.worlds import FILE, build
from web import create_app

SHOWN = (
    "/dataset/{}", "/dataset/{}.jsonld", "/api/v1/datasets/{}", "/api/3/action/package_show?id={}", "/dataset/{}/versions",
    f"/dataset/{{}}/resource/{FILE}", f"/dataset/{{}}/resource/{FILE}/download", "/dataset/{}/access",
)  # fmt: skip


def ratio(app: Flask, one: str, other: str, times: int) -> float:
    """Return the median time of `one` over that of `other`."""
    taken = _taken(app, (one, other), times)
    return taken[one] / taken[other]


def _taken(app: Flask, asked: Iterable[str], times: int, clock: Callable[[], float] = perf_counter) -> dict[str, float]:
    client = app.test_client()
    taken: dict[str, list[float]] = {address: [] for address in asked}
    for _ in range(times):
        for address, spent in taken.items():
            begin = clock()
            client.get(address)
            spent.append(clock() - begin)
    return {address: median(spent) for address, spent in taken.items()}


def statements(app: Flask, address: str) -> int:
    """Return how many statements of SQL an answer costs."""
    engine, seen = app.extensions["qoima-catalog"].store.engine, list[str]()

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        app.test_client().get(address)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def uneven(app: Flask) -> list[str]:
    """Return the addresses below which the hidden dataset costs other statements than one that is absent."""
    asked = [address for address in addresses(app) if "/hidden" in address or "=hidden" in address]
    pairs = [(one, one.replace("/hidden", "/absent").replace("=hidden", "=absent")) for one in asked]
    assert len(pairs) > 100
    return [one for one, other in pairs if statements(app, one) != statements(app, other)]


def main(pairs: int = 200) -> None:
    """Print the figures."""
    with TemporaryDirectory() as folder:
        catalog = build(Path(folder), with_hidden=True)
        app = create_app(catalog=catalog)
        print(f"{'address':58} {'hidden ms':>10} {'absent ms':>10} {'ratio':>7} statements")
        for shown in SHOWN:
            one, other = shown.format("hidden"), shown.format("absent")
            taken = _taken(app, (one, other), pairs, process_time)
            counts = f"{statements(app, one)} {statements(app, other)}"
            print(f"{shown:58} {1e3 * taken[one]:10.2f} {1e3 * taken[other]:10.2f} {taken[one] / taken[other]:7.3f} {counts}")
        catalog.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
