"""Postings of a new segment are gathered by term in plain arrays; what outgrows memory waits in a file, sorted."""

import marshal
from array import array
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

_TERM_BYTES, _POSTING_BYTES = 450, 10


class Row(NamedTuple):
    """One term: 32-bit document numbers, 32-bit weights and, where it has positions, how many in each document and which."""

    field: str
    term: bytes
    ids: bytes
    weights: bytes
    counts: bytes
    positions: bytes


class Gathering:
    """What Whoosh calls a pool of postings: they come by document and leave by term, `limit` bytes in memory at a time."""

    def __init__(self, folder: str, limit: int) -> None:
        self._folder, self._limit = folder, limit
        self._held = 0
        self._fields: dict[str, dict[bytes, tuple[array[int], array[float], array[int], bytearray]]] = {}
        self._runs: list[IO[bytes]] = []

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Take a posting: field, term, document, weight, value. Documents come in ascending order."""
        field, term, number, weight, value = posting
        terms = self._fields.get(field)
        if terms is None:
            terms = self._fields[field] = {}
        row = terms.get(term)
        if row is None:
            row = terms[term] = array("i"), array("f"), array("H"), bytearray()
            self._held += _TERM_BYTES
        row[0].append(number)
        row[1].append(weight)
        if value:
            row[2].append(len(value) // 2)
            row[3].extend(value)
        self._held += _POSTING_BYTES + len(value)
        if self._held > self._limit:
            self._put_aside()

    def iter_postings(self) -> Iterator[Row]:
        """Yield every term in order, whole."""
        kept = [*map(_read, self._runs), self._sorted()]
        if len(kept) == 1:
            yield from kept[0]
            return
        for (field, term), parts in groupby(merge(*kept, key=itemgetter(0, 1)), key=itemgetter(0, 1)):
            yield Row(field, term, *map(b"".join, zip(*(part[2:] for part in parts), strict=True)))

    def cleanup(self) -> None:
        """Let go of everything."""
        for run in self._runs:
            run.close()
        self._runs, self._fields = [], {}

    def _put_aside(self) -> None:
        run = TemporaryFile(dir=self._folder)  # noqa: SIM115  # closed by cleanup
        for row in self._sorted():
            marshal.dump(tuple(row), run)
        self._runs.append(run)
        self._fields, self._held = {}, 0

    def _sorted(self) -> Iterator[Row]:
        for field, terms in sorted(self._fields.items()):
            for term, (ids, weights, counts, positions) in sorted(terms.items()):
                yield Row(field, term, ids.tobytes(), weights.tobytes(), counts.tobytes(), bytes(positions))


def _read(run: IO[bytes]) -> Iterator[Any]:
    run.seek(0)
    while True:
        try:
            yield marshal.load(run)
        except EOFError:
            return
