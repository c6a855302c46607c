"""One Whoosh segment as numpy arrays: mapped from its sidecar, or decoded term by term where it has none."""

import shutil
import threading
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import Schema
from whoosh.reading import SegmentReader

from catalog.adapters.whoosh_index.blocks import NONE, Ints, Postings, one_term
from catalog.adapters.whoosh_index.facts import Facts, facts_of
from catalog.adapters.whoosh_index.remembering import Remembering
from catalog.adapters.whoosh_index.sidecar import PREFIX, Arrays, Damaged, Field, read_facts

CACHE_BYTES = 4 * 2**20
MAX_EXPANSIONS = 2000


class Terms(Protocol):
    """Where the postings of a segment come from."""

    def postings(self, field: str, term: str) -> Postings: ...

    def starting(self, field: str, prefix: str, most: int = MAX_EXPANSIONS) -> list[str]:
        """Return the first terms of a field that begin with `prefix`, one more than `most` at most."""
        ...

    def owners(self, field: str, prefix: str) -> tuple[Ints, bool]:
        """Return the documents that have one of these terms, some more than once, and whether that is all of them."""
        ...


class Codes:
    """Numbers for the values of every facet, the same in all segments; they only ever grow."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[str, int]] = {}
        self._lock = threading.Lock()

    def table(self, facet: str) -> dict[str, int]:
        """Return value → code of a facet, in order of code."""
        return self._codes.get(facet, {})

    def of(self, facet: str, values: list[str]) -> Ints:
        """Return the codes of values, new ones where they are unknown."""
        with self._lock:
            table = self._codes.setdefault(facet, {})
            return np.array([table.setdefault(value, len(table)) for value in values], np.int32)


class Segment:
    """An immutable segment; document numbers are those within it."""

    def __init__(self, storage: Any, schema: Schema, segment: Any, codes: Codes, mapped: bool) -> None:
        self.id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self.terms: Terms
        self.facts: Facts
        arrays = _arrays(Path(storage.folder) / f"{PREFIX}{self.id}", self.size) if mapped else None
        self.mapped = arrays is not None
        if arrays:
            self.terms, self.facts = _Mapped(arrays), read_facts(arrays)
        else:
            reader = SegmentReader(storage, schema, segment)
            self.terms, self.facts = _Decoded(reader), facts_of(reader, self.size)
        self.facets = {
            name: (facet.owners, codes.of(name, list(facet.names))[facet.values])
            for name, facet in self.facts.facets.items()
        }  # fmt: skip
        self._order: NDArray[np.int64] | None = None

    def number(self, name: str, tie: int) -> int | None:
        """Return the highest document number of a dataset, deleted or not; `tie` is the number of its name."""
        ties = self.facts.ties
        if self._order is None:
            self._order = np.argsort(ties, kind="stable")
        last = int(np.searchsorted(ties, tie, side="right", sorter=self._order)) - 1
        while last >= 0 and ties[number := int(self._order[last])] == tie:
            if self.facts.names[number] == name.encode():
                return number
            last -= 1
        return None


class _Mapped:
    def __init__(self, arrays: Arrays) -> None:
        self._fields = {name: Field(arrays, name) for name in arrays.meta["fields"]}

    def postings(self, field: str, term: str) -> Postings:
        known = self._fields.get(field)
        place = known.terms.find(term.encode()) if known else None
        return NONE if known is None or place is None else known.postings(place)

    def starting(self, field: str, prefix: str, most: int = MAX_EXPANSIONS) -> list[str]:
        known = self._fields.get(field)
        if known is None:
            return []
        first, last = known.terms.starting(prefix.encode())
        return [known.terms[place].decode() for place in range(first, min(last, first + most + 1))]

    def owners(self, field: str, prefix: str) -> tuple[Ints, bool]:
        known = self._fields.get(field)
        if known is None:
            return NONE.ids, True
        first, last = known.terms.starting(prefix.encode())
        return known.owners(first, min(last, first + MAX_EXPANSIONS)), last - first <= MAX_EXPANSIONS


class _Decoded:
    """Whoosh's reader is used under a lock; what it gave is kept for a while."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._kept: Remembering[tuple[str, str], Postings] = Remembering(CACHE_BYTES, _weight)

    def postings(self, field: str, term: str) -> Postings:
        found = self._kept.get((field, term))
        if found is None:
            with self._lock:
                found = one_term(self._reader, field, term.encode())
            self._kept.put((field, term), found)
        return found

    def starting(self, field: str, prefix: str, most: int = MAX_EXPANSIONS) -> list[str]:
        with self._lock:
            if field not in self._reader.indexed_field_names():
                return []
            return [term.decode() for term in islice(self._reader.expand_prefix(field, prefix), most + 1)]

    def owners(self, field: str, prefix: str) -> tuple[Ints, bool]:
        terms = self.starting(field, prefix)
        parts = [self.postings(field, term).ids for term in terms[:MAX_EXPANSIONS]]
        return np.concatenate(parts) if parts else NONE.ids, len(terms) <= MAX_EXPANSIONS


def _weight(found: Postings) -> int:
    return 400 + found.ids.nbytes + found.weights.nbytes + found.counts.nbytes + found.positions.nbytes


def _arrays(folder: Path, size: int) -> Arrays | None:
    try:
        return Arrays(folder, size)
    except Damaged:
        shutil.rmtree(folder, ignore_errors=True)  # the next commit makes it anew
    except OSError:
        pass
    return None
