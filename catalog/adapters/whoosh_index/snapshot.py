"""A generation of the index as one reader sees it: all segments in one row of document numbers, and who may see what."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.util.numeric import byte_to_length, length_to_byte

from catalog.adapters.whoosh_index.blocks import DOCUMENT_BITS, Floats, Ints, Places
from catalog.adapters.whoosh_index.column import Column, Mask
from catalog.adapters.whoosh_index.facts import LABELS, NONE
from catalog.adapters.whoosh_index.remembering import Remembering
from catalog.adapters.whoosh_index.schema import TEXT_LANGUAGES
from catalog.adapters.whoosh_index.segment import Codes, Segment
from catalog.search.limits import Box, parts
from catalog.search.request import Sort

Found = tuple[Ints, Floats]
_MANY_VIEWS = 64
_K1, _B = 1.2, 0.75
_FRESH, _HALF_LIFE = 0.1, 2 * 365 * 86400.0
_GOOD = 0.05
_WORDS_BYTES, _PAGES_BYTES = 8 * 2**20, 4 * 2**20


class Snapshot:
    """Immutable. A request keeps the snapshot that it began with; document numbers run over all segments."""

    def __init__(self, key: Any, generation: int, segments: tuple[Segment, ...], deleted: list[set[int]], codes: Codes) -> None:
        self.key, self.generation, self.segments, self.codes = key, generation, segments, codes
        self.bases = [int(base) for base in np.cumsum([0, *(segment.size for segment in segments)])]
        self.size = self.bases.pop()
        self.live: Mask = np.ones(self.size, np.bool_)
        for base, numbers in zip(self.bases, deleted, strict=True):
            self.live[[base + number for number in numbers]] = False
        self._columns: dict[str, Column] = {}
        self._ranks: dict[Sort, Ints] = {}
        self._views: dict[frozenset[str], View] = {}

    def name(self, number: int) -> str:
        """Return the name of a document."""
        place = bisect_right(self.bases, number) - 1
        return self.segments[place].facts.names[number - self.bases[place]].decode()

    def names(self) -> Iterator[str]:
        """Yield all names by document number."""
        return (name for segment in self.segments for name in segment.facts.names)

    def column(self, facet: str) -> Column:
        """Return a facet."""
        if facet not in self._columns:
            empty = (np.zeros(0, np.int32), np.zeros(0, np.int32))
            parts = [(base, *segment.facets.get(facet, empty)) for base, segment in self.based()]
            owners = _joined([_moved(owners, base) for base, owners, _ in parts], np.int32)
            codes = _joined([codes for _, _, codes in parts], np.int32)
            self._columns[facet] = Column(owners, codes, self.size, list(self.codes.table(facet)))
        return self._columns[facet]

    def within(self, name: str, first: int, last: int) -> Mask:
        """Mark the documents whose number is from first to last."""
        numbers = _joined([each.facts.numbers.get(name, np.full(each.size, NONE)) for each in self.segments], np.int64)
        found: Mask = (numbers >= first) & (numbers <= last)
        return found

    def touching(self, box: Box) -> Mask:
        """Mark the documents that have a place which touches the box."""
        mask = np.zeros(self.size, np.bool_)
        for base, segment in self.based():
            west, south, east, north = segment.facts.boxes.reshape(-1, 4).T
            for left, low, right, high in parts(box):
                touched = (west <= right) & (east >= left) & (south <= high) & (north >= low)
                mask[base + segment.facts.placed[touched]] = True
        return mask

    def rank(self, sort: Sort) -> Ints:
        """Return the place of each document in an order; documents alike are ordered by name, whatever else there is."""
        if sort not in self._ranks:
            facts = [segment.facts for segment in self.segments]
            if sort is Sort.TITLE:
                titles, names = [title or "\U0010ffff" for each in facts for title in each.titles], list(self.names())
                order: Any = sorted(range(self.size), key=lambda number: (titles[number], names[number]))
            else:
                modified = _joined([each.modified for each in facts], np.int64)
                order = np.lexsort((_joined([each.ties for each in facts], np.int64), -modified))
            rank = np.empty(self.size, np.int32)
            rank[order] = np.arange(self.size, dtype=np.int32)
            self._ranks[sort] = rank
        return self._ranks[sort]

    def postings(self, field: str, term: str) -> Found:
        """Return the documents that have a term and its weight in each."""
        parts = [(base, segment.terms.postings(field, term)) for base, segment in self.based()]
        parts = [(base, found) for base, found in parts if len(found.ids)]
        ids = _joined([_moved(found.ids, base) for base, found in parts], np.int32)
        return ids, _joined([found.weights for _, found in parts], np.float32)

    def places(self, field: str, term: str) -> Places:
        """Return document and position of each occurrence as one number."""
        parts = [(base << DOCUMENT_BITS) + segment.terms.postings(field, term).places() for base, segment in self.based()]
        found: Places = _joined(parts, np.int64)
        return found

    def lengths(self, language: str) -> Ints:
        """Return the length of each document in the field of a language."""
        parts = [segment.facts.lengths.get(language) for segment in self.segments]
        sized = zip(parts, self.segments, strict=True)
        found: Ints = _joined([np.zeros(each.size, np.int32) if part is None else part for part, each in sized], np.int32)
        return found

    def view(self, labels: frozenset[str]) -> "View":
        """Return what holders of `labels` may see."""
        if labels not in self._views:
            if len(self._views) >= _MANY_VIEWS:
                self._views.clear()
            self._views[labels] = View(self, labels)
        return self._views[labels]

    def based(self) -> "zip[tuple[int, Segment]]":
        """Return the segments, each with the number of its first document."""
        return zip(self.bases, self.segments, strict=True)


class View:
    """What some readers may see. Totals, counts and the statistics behind scores come from these documents only."""

    def __init__(self, snapshot: Snapshot, labels: frozenset[str]) -> None:
        self.snapshot = snapshot
        self.visible: Mask = snapshot.column(LABELS).carriers(tuple(labels)) & snapshot.live
        self.ids: Ints = np.flatnonzero(self.visible).astype(np.int32)
        self.words: Remembering[Any, Found] = Remembering(_WORDS_BYTES, lambda found: 300 + found[0].nbytes + found[1].nbytes)
        self.masks: Remembering[Any, Mask] = Remembering(_PAGES_BYTES, lambda mask: 300 + mask.nbytes)
        self.orders: Remembering[Any, Ints] = Remembering(_PAGES_BYTES, lambda ids: 300 + ids.nbytes)
        self.tables: Remembering[Any, dict[str, int]] = Remembering(_PAGES_BYTES, lambda table: 300 + 100 * len(table))

    @cached_property
    def norms(self) -> dict[str, Floats]:
        """What BM25F adds to the weight of a term for the length of a text, by language; the mean is of visible documents."""
        return {language: self._norm(language) for language in TEXT_LANGUAGES}

    @cached_property
    def liking(self) -> Floats:
        """What a score is multiplied by: a tenth more for the newest of what is visible, half as much more every two years, and
        up to a twentieth more for the quality of the metadata."""
        modified = _joined([segment.facts.modified for segment in self.snapshot.segments], np.int64)
        age = np.maximum((int(modified[self.ids].max()) if len(self.ids) else 0) - modified, 0)
        fresh = np.where(modified > 0, 1 + _FRESH * 0.5 ** (age / _HALF_LIFE), 1)
        quality = _joined([segment.facts.quality for segment in self.snapshot.segments], np.int32)
        liked: Floats = (fresh * (1 + _GOOD / 100 * quality)).astype(np.float32)
        return liked

    def _norm(self, language: str) -> Floats:
        lengths = self.snapshot.lengths(language)
        mean = float(lengths[self.ids].sum()) / max(len(self.ids), 1) or 1.0
        return (_K1 * ((1 - _B) + _B * rounded(lengths) / mean)).astype(np.float32)


def rounded(lengths: Ints) -> Floats:
    """Lengths as Whoosh keeps them, in one byte, so that scores are those of its own BM25F."""
    distinct, places = np.unique(lengths, return_inverse=True)
    found: Floats = np.array([byte_to_length(length_to_byte(int(length))) for length in distinct], np.float32)[places]
    return found


def _moved(ids: Ints, base: int) -> Ints:
    return ids + np.int32(base) if base else ids


def _joined(parts: list[Any], kind: Any) -> Any:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, kind)
