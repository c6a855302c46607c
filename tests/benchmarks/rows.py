"""Pages of rows and filtered rows of 1,000,000 × 12, over HTTP, side by side with datasette over the same table in SQLite."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from tests.benchmarks.row_sites import DATASETTE, EAST, ROWS, datasette, qoima

ASKED, ASKED_PEER = 200, 10
"""Requests of each kind; the peer is given fewer, since it takes longer."""
WARM = 3
LENGTH = 100
Paths = Callable[[random.Random], str]


def run() -> Iterator[str]:
    """Yield the lines of the table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        ours, theirs = stack.enter_context(qoima(folder)), stack.enter_context(datasette(folder))
        yield "| question | Qoima p50 / p95 ms | datasette p50 / p95 ms | ratio of p50 | datasette without count p50 / p95 ms |"
        yield "|---|---|---|---|---|"
        for kind, (path, peer) in _QUESTIONS.items():
            mine = _asked(ours, path, ASKED)
            counted = _asked(theirs, peer, ASKED_PEER) if theirs else None
            bare = _asked(theirs, _uncounted(peer), ASKED_PEER) if theirs else None
            ratio = f"{counted[0] / mine[0]:.0f} ×" if counted else "–"
            yield f"| {kind} | {_told(mine)} | {_told(counted)} | {ratio} | {_told(bare)} |"
    yield ""
    yield f"{ROWS:,} rows × 12 columns, {LENGTH} rows an answer, one connection, {ASKED} questions of each kind, all different."
    yield f"Peer: {DATASETTE}, {ASKED_PEER} questions of each kind, or not here."


def _uncounted(peer: Paths) -> Paths:
    return lambda chance: peer(chance) + "&_nocount=1"


def _asked(port: int, path: Paths, times: int) -> tuple[float, float]:
    """Return p50 and p95 in milliseconds."""
    connection, chance, spent = HTTPConnection("127.0.0.1", port, timeout=60), random.Random(7), list[float]()
    for number in range(times + WARM):
        asked = path(chance)
        begin = time.perf_counter()
        connection.request("GET", asked)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{asked} was answered with {answer.status}: {body[:300].decode(errors='replace')}")
        if number >= WARM:
            spent.append((time.perf_counter() - begin) * 1000)
    connection.close()
    return median(spent), quantiles(spent, n=20)[-1]


def _told(figures: tuple[float, float] | None) -> str:
    return f"{figures[0]:.1f} / {figures[1]:.1f}" if figures else "not here"


def _ours(call: str, **asked: str | int) -> str:
    return (
        f"/api/viewer/{call}?{urlencode({'dataset': 'readings', 'config': 'csv', 'split': 'train', 'length': LENGTH, **asked})}"
    )


def _peer(**asked: str | int) -> str:
    return f"/readings/readings.json?{urlencode({'_size': LENGTH, '_shape': 'objects', **asked})}"


_QUESTIONS: dict[str, tuple[Paths, Paths]] = {
    "/rows at any place": (
        lambda chance: _ours("rows", offset=chance.randrange(ROWS - LENGTH)),
        lambda chance: _peer(_next=chance.randrange(ROWS - LENGTH)),
    ),
    "/filter, one in 5 rows": (
        lambda chance: _ours("filter", where=f'"level" > {chance.uniform(100, 300):.6f} AND "side" = \'{EAST}\''),
        lambda chance: _peer(level__gt=f"{chance.uniform(100, 300):.6f}", side=EAST),
    ),
    "/filter, one in 5,000 rows": (
        lambda chance: _ours("filter", where=f'"gap" = {chance.randrange(5_000)}'),
        lambda chance: _peer(gap=chance.randrange(5_000)),
    ),
    "/filter, one row": (
        lambda chance: _ours("filter", where=f"\"code\" = 'KZ-{chance.randrange(ROWS):07}'"),
        lambda chance: _peer(code=f"KZ-{chance.randrange(ROWS):07}"),
    ),
    "/filter and sort": (
        lambda chance: _ours("filter", where=f'"gap" > {chance.randrange(4_000)}', orderby='"level" DESC'),
        lambda chance: _peer(gap__gt=chance.randrange(4_000), _sort_desc="level"),
    ),
    "/search": (
        lambda chance: _ours("search", query=f"number {chance.randrange(ROWS)}"),
        lambda chance: _peer(note__contains=f"number {chance.randrange(ROWS)}"),
    ),
}
