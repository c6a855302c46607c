"""Search pages of generated catalogues by our index and its peers, on the same terms, in one run.

A page is an exact total, twenty hits and six whole facet tables. Each page is asked three times, the best counts; p95 is over
pages. To run it in parts: QOIMA_BENCH_SIZES=10000,50000 (QOIMA_BENCH_FULL=1 adds 200,000 datasets), QOIMA_BENCH_PEERS=tantivy
(or none), QOIMA_BENCH_JUDGE=0 leaves the order of hits out, QOIMA_BENCH_KEEP=folder keeps what was built for the next run.
On a busy machine compare the lines in CPU ms, which are those of all threads of an engine.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog.adapters.whoosh_index import WhooshIndex
from catalog.search.document import Document
from catalog.search.request import SearchRequest
from tests.benchmarks.searching import judging
from tests.benchmarks.searching.analysis import terms_of
from tests.benchmarks.searching.corpus import corpus, pages
from tests.benchmarks.searching.endpoint import endpoint, timed
from tests.benchmarks.searching.peers import PEERS, Answer

FULL = os.environ.get("QOIMA_BENCH_FULL") == "1"
SIZES = tuple(map(int, os.environ.get("QOIMA_BENCH_SIZES", "10000,50000,200000" if FULL else "10000,50000").split(",")))
CHOSEN = tuple(filter(None, os.environ.get("QOIMA_BENCH_PEERS", ",".join(PEERS)).replace("none", "").split(",")))
MIDDLE = 50_000
SECRET = "a secret of at least thirty-two bytes"
SLOW = {"stock": 9, "fts5": 4}  # of these every ninth or fourth page only, once


def run() -> Iterator[str]:
    """Yield a line for each figure."""
    if os.environ.get("QOIMA_BENCH_JUDGE") != "0":
        yield from judging.run()
    for size in SIZES:
        with _folder(size) as folder:
            yield from _measured(size, folder)


def _measured(size: int, folder: Path) -> Iterator[str]:
    index = WhooshIndex(folder / "ours", SECRET.encode())
    if not (folder / "ours").exists():
        yield f"search build documents/CPU s {size} sidecar {_build(index, size):.0f}"
    asked = [request for _, request in pages()]
    first = [_once(index.search, request) for request in asked]
    ours = [min(_once(index.search, request) for _ in range(3)) for request in asked]
    yield f"search page p50 ms {size} sidecar {_at(50, ours):.2f}"
    yield f"search page p95 ms {size} sidecar {_at(95, ours):.2f}"
    yield f"search page p95 ms {size} words-seen-first {_at(95, first):.2f}"
    processor = [min(_once(index.search, request, time.thread_time) for _ in range(3)) for request in asked]
    yield f"search page p95 CPU ms {size} sidecar {_at(95, processor):.2f}"
    app = endpoint(index)
    for kind, clock in (("ms", time.perf_counter), ("CPU ms", time.thread_time)):
        took = [min(timed(app, each, clock) for _ in range(3)) for each in asked]
        yield f"search endpoint p95 {kind} {size} sidecar {_at(95, took):.2f}"
    yield f"search memory MB {size} worker {_worker(folder / 'ours'):.0f}"
    seen = sorted(_changed(folder / "ours", number) for number in range(15))
    yield f"search changed dataset searchable s {size} median {seen[7]:.3f} longest {seen[-1]:.3f}"
    for name in CHOSEN:
        if size <= MIDDLE or name != "stock":
            yield from _compared(name, size, folder, index, asked)


def _compared(name: str, size: int, folder: Path, index: WhooshIndex, asked: list[SearchRequest]) -> Iterator[str]:
    peer = _peer(name, size, folder)
    kept = asked[:: SLOW.get(name, 1)]
    wrong, rounds = 0, 1 if name in SLOW else 3
    found: dict[str, tuple[list[float], list[float]]] = {"wall": ([], []), "CPU": ([], [])}
    for request in kept:
        wrong += not _same(index, request, peer.page(request))
        for kind, clock in (("wall", time.perf_counter), ("CPU", time.process_time)):
            found[kind][0].append(min(_once(peer.page, request, clock) for _ in range(rounds)))
            found[kind][1].append(min(_once(index.search, request, clock) for _ in range(3)))
    for kind, (theirs, ours) in found.items():
        yield f"search page p95 {kind} ms {size} {name} {_at(95, theirs):.1f} sidecar {_at(95, ours):.2f}"
        yield f"search ratio {kind} {size} {name} {_at(95, theirs) / _at(95, ours):.1f}"
    yield f"search answers that differ {size} {name} {wrong} of {len(kept)}"


def _same(index: WhooshIndex, request: SearchRequest, answer: Answer) -> bool:
    page = index.search(request)
    tables = {name: {k: v for k, v in table.items() if v} for name, table in page.facets.items()}
    total, names, given = answer
    return (page.total, len(page.hits), tables) == (total, len(names), given)


def _build(index: WhooshIndex, size: int) -> float:
    making = 0.0

    def documents() -> Iterator[Document]:
        nonlocal making
        source = corpus(size)
        while True:
            started = time.process_time()
            document = next(source, None)
            making += time.process_time() - started
            if document is None:
                return
            yield document

    started = time.process_time()
    index.rebuild(documents())
    return size / (time.process_time() - started - making)


def _peer(name: str, size: int, folder: Path) -> Any:
    place, fresh = folder / name, not (folder / name).exists()
    place.mkdir(exist_ok=True)
    peer = PEERS[name](place, fresh)
    if fresh:
        for document in corpus(size):
            peer.add(document, terms_of(document))
        peer.commit()
    return peer


def _changed(folder: Path, number: int) -> float:
    """Return the seconds from a changed dataset to its being found by another reader."""
    writer, reader = (WhooshIndex(folder, SECRET.encode()) for _ in range(2))
    asked = SearchRequest(words=(f"unheard{number}x{time.time_ns()}",))
    document = next(corpus(1))
    writer.count(), reader.search(asked)
    started = time.perf_counter()
    writer.apply([replace(document, title={"en": asked.words[0]})], [])
    while not reader.search(asked).total:
        pass
    took = time.perf_counter() - started
    writer.apply([document], [])
    return took


def _worker(folder: Path) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.searching.worker", str(folder), SECRET]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    return float(done.stdout.split()[-1])


def _once(ask: Callable[[SearchRequest], Any], request: SearchRequest, clock: Callable[[], float] = time.perf_counter) -> float:
    started = clock()
    ask(request)
    return clock() - started


def _at(percent: int, seconds: list[float]) -> float:
    """Return a percentile in milliseconds."""
    return 1000 * sorted(seconds)[min(len(seconds) - 1, len(seconds) * percent // 100)]


@contextmanager
def _folder(size: int) -> Iterator[Path]:
    if kept := os.environ.get("QOIMA_BENCH_KEEP"):
        folder = Path(kept) / str(size)
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        with tempfile.TemporaryDirectory() as made:
            yield Path(made)
