"""A generation of the index as one reader sees it: all segments in one row of document numbers, and who may see what."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.adapters.whoosh_index.schema import TEXT_LANGUAGES
from catalog.adapters.whoosh_index.segment import DOCUMENT_BITS, LABELS, Codes, Floats, Ints, Pairs, Segment
from catalog.search.request import Sort

Mask = NDArray[np.bool_]
_MANY_VIEWS = 64


class Snapshot:
    """Immutable. A request keeps the snapshot that it began with; document numbers run over all segments."""

    def __init__(self, key: Any, generation: int, segments: tuple[Segment, ...], deleted: list[set[int]], codes: Codes) -> None:
        self.key, self.generation, self.segments, self.codes = key, generation, segments, codes
        self.bases = [int(base) for base in np.cumsum([0, *(segment.size for segment in segments)])]
        self.size = self.bases.pop()
        self.live: Mask = np.ones(self.size, np.bool_)
        for base, numbers in zip(self.bases, deleted, strict=True):
            self.live[[base + number for number in numbers]] = False
        self._pairs: dict[str, Pairs] = {}
        self._ranks: dict[Sort, Ints] = {}
        self._views: dict[frozenset[str], View] = {}

    @cached_property
    def names(self) -> list[str]:
        """Names by document number."""
        return [name for segment in self.segments for name in segment.names]

    def pairs(self, facet: str) -> Pairs:
        """Return document numbers and value codes of a facet, one pair for each value that a document carries."""
        if facet not in self._pairs:
            empty = (np.array([], np.int64), np.array([], np.int64))
            parts = [(base, *segment.facets.get(facet, empty)) for base, segment in self._based()]
            owners = _joined([base + owners for base, owners, _ in parts], np.int64)
            self._pairs[facet] = owners, _joined([codes for _, _, codes in parts], np.int64)
        return self._pairs[facet]

    def rank(self, sort: Sort) -> Ints:
        """Return the place of each document in an order; documents alike are ordered by name, whatever else there is."""
        if sort not in self._ranks:
            if sort is Sort.TITLE:
                titles = [title or "\U0010ffff" for segment in self.segments for title in segment.titles]
                order = np.array(sorted(range(self.size), key=lambda n: (titles[n], self.names[n])), np.int64)
            else:
                modified = _joined([segment.modified for segment in self.segments], np.int64)
                order = np.lexsort((_joined([segment.ties for segment in self.segments], np.int64), -modified))
            rank = np.empty(self.size, np.int64)
            rank[order] = np.arange(self.size)
            self._ranks[sort] = rank
        return self._ranks[sort]

    def postings(self, field: str, term: str) -> tuple[Ints, Floats]:
        """Return the documents that have a term and its weight in each."""
        parts = [(base, *segment.postings(field, term)) for base, segment in self._based()]
        return _joined([base + ids for base, ids, _ in parts], np.int64), _joined([w for *_, w in parts], np.float64)

    def places(self, field: str, term: str) -> Ints:
        """Return document and position of each occurrence as one number."""
        parts = [(base << DOCUMENT_BITS) + segment.places(field, term) for base, segment in self._based()]
        found: Ints = _joined(parts, np.int64)
        return found

    def lengths(self, language: str) -> tuple[Floats, Floats]:
        """Return the length of each document in the field of a language, as it is and as Whoosh rounds it."""
        exact = [segment.lengths.get(language, np.zeros(segment.size)) for segment in self.segments]
        rounded = [segment.rounded.get(language, np.zeros(segment.size)) for segment in self.segments]
        return _joined(exact, np.float64), _joined(rounded, np.float64)

    def view(self, labels: frozenset[str]) -> "View":
        """Return what holders of `labels` may see."""
        if labels not in self._views:
            if len(self._views) >= _MANY_VIEWS:
                self._views.clear()
            self._views[labels] = View(self, labels)
        return self._views[labels]

    def _based(self) -> "zip[tuple[int, Segment]]":
        return zip(self.bases, self.segments, strict=True)


class View:
    """What some readers may see. Totals, counts and the statistics behind scores come from these documents only."""

    def __init__(self, snapshot: Snapshot, labels: frozenset[str]) -> None:
        owners, codes = snapshot.pairs(LABELS)
        table = snapshot.codes.table(LABELS)
        wanted = [table[label] for label in labels if label in table]
        self.snapshot = snapshot
        self.visible: Mask = np.zeros(snapshot.size, np.bool_)
        self.visible[owners[np.isin(codes, wanted)]] = True
        self.visible &= snapshot.live
        self.count = int(self.visible.sum())

    @cached_property
    def field_lengths(self) -> dict[str, tuple[Floats, float]]:
        """Rounded lengths by language, with the true mean over the visible documents (1 where there is no text)."""
        found = {}
        for language in TEXT_LANGUAGES:
            exact, rounded = self.snapshot.lengths(language)
            found[language] = rounded, float(exact[self.visible].sum()) / max(self.count, 1) or 1.0
        return found


def _joined(parts: list[Any], kind: Any) -> Any:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.array([], kind)
