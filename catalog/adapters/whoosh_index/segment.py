"""One Whoosh segment as numpy arrays: facts of all its datasets at once, postings of a term when it is first asked for."""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import Schema
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.util.numeric import byte_to_length, length_to_byte

from catalog.adapters.whoosh_index.postings import tie
from catalog.adapters.whoosh_index.schema import FACTS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Pairs = tuple[Ints, Ints]

LABELS = "\0labels"  # no facet can have this name
CACHE_BYTES = 8 * 2**20
PAST_TEXT = 1024  # added to positions, so that shifting back the later words of a phrase stays in the document
DOCUMENT_BITS = 20


class Codes:
    """Numbers for the values of every facet, the same in all segments; they only ever grow."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[str, int]] = {}
        self._lock = threading.Lock()

    def table(self, facet: str) -> dict[str, int]:
        """Return value → code of a facet, in order of code."""
        return self._codes.get(facet, {})

    def of(self, facet: str, value: str) -> int:
        """Return the code of a value, a new one where it is unknown."""
        with self._lock:
            table = self._codes.setdefault(facet, {})
            return table.setdefault(value, len(table))


class Segment:
    """An immutable segment. Its reader is used under a lock; document numbers are those within the segment."""

    def __init__(self, storage: Any, schema: Schema, segment: Any, codes: Codes) -> None:
        self.id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self._reader = SegmentReader(storage, schema, segment)
        self._lock = threading.Lock()
        self._cache: OrderedDict[tuple[str, str, bool], Any] = OrderedDict()
        self._cached = 0
        self._numbers: dict[str, int] | None = None
        column = self._reader.column_reader(FACTS)
        rows = [json.loads(column[number]) for number in range(self.size)]
        self.names: list[str] = [row[0] for row in rows]
        self.hashes: list[str] = [row[1] for row in rows]
        self.modified: Ints = np.array([row[2] for row in rows], np.int64)
        self.titles: list[str] = [row[3] for row in rows]
        self.ties: Ints = np.array([tie(name) for name in self.names], np.int64)
        self.facets = _facets(rows, codes)
        self.lengths = _lengths(rows)
        self.rounded = {language: _rounded(lengths) for language, lengths in self.lengths.items()}

    def number(self, name: str) -> int | None:
        """Return the document number of a dataset, deleted or not."""
        if self._numbers is None:
            self._numbers = {name: number for number, name in enumerate(self.names)}
        return self._numbers.get(name)

    def postings(self, field: str, term: str) -> tuple[Ints, Floats]:
        """Return the documents that have a term, ascending, and its weight in each."""
        return self._decoded(field, term, False, _weights)  # type: ignore[no-any-return]

    def places(self, field: str, term: str) -> Ints:
        """Return document and position of each occurrence as one number each, ascending."""
        return self._decoded(field, term, True, _places)  # type: ignore[no-any-return]

    def starting(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the terms of a field that begin with `prefix`, in order."""
        with self._lock:
            if field not in self._reader.indexed_field_names():
                return
            terms = self._reader.expand_prefix(field, prefix)
        while True:
            with self._lock:
                term = next(terms, None)
            if term is None:
                return
            yield term.decode()

    def _decoded(self, field: str, term: str, places: bool, decode: Callable[[Any], Any]) -> Any:
        key = (field, term, places)
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
            try:
                found = decode(self._reader.postings(field, term))
            except TermNotFound:
                return decode(None)
            self._keep(key, found)
            return found

    def _keep(self, key: tuple[str, str, bool], found: Any) -> None:
        self._cache[key] = found
        self._cached += _weight_of(found)
        while self._cached > CACHE_BYTES and len(self._cache) > 1:
            self._cached -= _weight_of(self._cache.popitem(last=False)[1])


def _weight_of(found: Any) -> int:
    return 300 + (found.nbytes if isinstance(found, np.ndarray) else sum(part.nbytes for part in found))


def _weights(matcher: Any) -> tuple[Ints, Floats]:
    ids, weights = [], []
    while matcher is not None and matcher.is_active():
        ids.append(matcher.id())
        weights.append(matcher.weight())
        matcher.next()
    return np.array(ids, np.int64), np.array(weights, np.float64)


def _places(matcher: Any) -> Ints:
    parts = []
    while matcher is not None and matcher.is_active():
        positions = np.frombuffer(matcher.value(), "<u2").astype(np.int64)
        parts.append((matcher.id() << DOCUMENT_BITS) + PAST_TEXT + positions)
        matcher.next()
    return np.concatenate(parts) if parts else np.array([], np.int64)


def _facets(rows: list[Any], codes: Codes) -> dict[str, Pairs]:
    found: dict[str, tuple[list[int], list[int]]] = {}
    for number, row in enumerate(rows):
        for facet, values in ((LABELS, row[4]), *row[5].items()):
            owners, coded = found.setdefault(facet, ([], []))
            for value in values:
                owners.append(number)
                coded.append(codes.of(facet, value))
    return {facet: (np.array(owners, np.int64), np.array(coded, np.int64)) for facet, (owners, coded) in found.items()}


def _lengths(rows: list[Any]) -> dict[str, Floats]:
    languages = {language for row in rows for language in row[6]}
    return {language: np.array([row[6].get(language, 0) for row in rows], np.float64) for language in languages}


def _rounded(lengths: Floats) -> Floats:
    """Lengths as Whoosh keeps them, in one byte, so that scores are those of its own BM25F."""
    return np.array([byte_to_length(length_to_byte(int(length))) for length in lengths], np.float64)
