"""From matching documents to a page: filters, exact total, facet tables, order."""

from typing import Any

import numpy as np

from catalog.adapters.whoosh_index.blocks import Floats, Ints
from catalog.adapters.whoosh_index.column import Mask
from catalog.adapters.whoosh_index.matching import BELOW, Matching
from catalog.adapters.whoosh_index.snapshot import Snapshot, View
from catalog.search.request import MAX_LIMIT, MAX_OFFSET, Hit, SearchPage, SearchRequest, Sort

_KEPT = 1000  # of each order without words
Filters = dict[tuple[str, str], tuple[Any, ...]]


def page(view: View, request: SearchRequest, deadline: float) -> SearchPage:
    """Answer a request from a view; offset and limit are cut to what is allowed."""
    matching = Matching(view, request.language, deadline)
    found = matching.run(request)
    filters: Filters = {("facet", name): values for name, values in request.filters.items() if values}
    filters |= {("range", name): bounds for name, bounds in request.ranges.items()}
    filters |= {("box", ""): request.box} if request.box else {}
    every = _Narrowed(view, found[0] if found else None, filters)
    ids = every.ids()
    return SearchPage(
        total=len(ids),
        hits=_hits(view, ids, found, request, tuple(sorted(filters.items()))),
        facets={facet: every.table(facet) for facet in request.facets},
        generation=view.snapshot.generation,
        partial=matching.partial,
    )


class _Narrowed:
    """Documents that matched (None: all) under filters, of which one may be left out. Without words answers are kept."""

    def __init__(self, view: View, matched: Ints | None, filters: Filters) -> None:
        self._view, self._matched, self._filters = view, matched, filters
        self._known: dict[str, Ints] = {}

    def ids(self, without: str = "") -> Ints:
        """Return the documents; `without` is a facet."""
        without = without if ("facet", without) in self._filters else ""
        if without not in self._known:
            self._known[without] = self._find(
                tuple(item for item in self._filters.items() if item[0] != ("facet", without))
            )
        return self._known[without]

    def table(self, facet: str) -> dict[str, int]:
        """Count the values of a facet; chosen ones stay, with 0 if need be. The most frequent come first."""
        if self._matched is not None:
            return self._count(facet)
        key = (facet, tuple(sorted(self._filters.items())), len(self._view.snapshot.codes.table(facet)))
        found = self._view.tables.get(key)
        if found is None:
            found = self._count(facet)
            self._view.tables.put(key, found)
        return found

    def _find(self, filters: tuple[tuple[tuple[str, str], tuple[Any, ...]], ...]) -> Ints:
        if self._matched is None:
            key = tuple(sorted(filters))
            found = self._view.orders.get(key)
            if found is None:
                masks = [_carriers(self._view, *one) for one in key]
                found = self._view.ids[_all(masks)[self._view.ids]] if masks else self._view.ids
                self._view.orders.put(key, found)
            return found
        ids = self._matched
        for one in filters:
            ids = ids[_carriers(self._view, *one)[ids]]
        return ids

    def _count(self, facet: str) -> dict[str, int]:
        found = self._view.snapshot.column(facet).table(self.ids(facet))
        chosen = [value for value in self._filters.get(("facet", facet), ()) if value not in found]
        return found | dict.fromkeys(sorted(chosen), 0) if chosen else found


def _carriers(view: View, one: tuple[str, str], values: tuple[Any, ...]) -> Mask:
    mask = view.masks.get((one, values))
    if mask is None:
        kind, name = one
        if kind == "facet":
            mask = view.snapshot.column(name).carriers(values)
        else:
            mask = view.snapshot.within(name, *values) if kind == "range" else view.snapshot.touching(values)
        view.masks.put((one, values), mask)
    return mask


def _all(masks: list[Mask]) -> Any:
    return np.logical_and.reduce(masks) if len(masks) > 1 else masks[0]


def _hits(view: View, ids: Ints, found: Any, request: SearchRequest, filters: Any) -> tuple[Hit, ...]:
    first = min(max(request.offset, 0), MAX_OFFSET)
    limit = min(max(request.limit, 0), MAX_LIMIT)
    if not limit or first >= len(ids):
        return ()
    snapshot, wanted = view.snapshot, first + limit
    if found is not None and request.sort is Sort.RELEVANCE and (request.words or request.phrases or request.prefix):
        scores = found[1] if len(ids) == len(found[0]) else found[1][np.searchsorted(found[0], ids)]
        chosen = _best(ids, scores, view, wanted)[first:wanted]
        return tuple(Hit(snapshot.name(number), score, score < 0) for number, score in chosen)
    if found is not None or wanted > _KEPT:
        return _plain(snapshot, _first(ids, snapshot.rank(request.sort), wanted)[first:wanted])
    key = (request.sort, filters)
    order = view.orders.get(key)
    if order is None:
        order = _first(ids, snapshot.rank(request.sort), _KEPT)[:_KEPT]
        view.orders.put(key, order)
    return _plain(snapshot, order[first:wanted])


def _plain(snapshot: Snapshot, ids: Ints) -> tuple[Hit, ...]:
    return tuple(Hit(snapshot.name(number)) for number in ids.tolist())


def _best(ids: Ints, scores: Floats, view: View, wanted: int) -> list[tuple[int, float]]:
    """Return the best ids in order, what is fresh a little before what is old; ties go by date and name, so that pages neither
    repeat nor lose a document."""
    liked = scores * view.liking[ids]
    if scores.min() < 0:
        steps = np.float32(BELOW) * np.ceil(np.maximum(-scores, 0) / np.float32(BELOW))
        liked = (scores + steps) * view.liking[ids] - steps
    if wanted < len(ids):
        kept = liked >= np.partition(liked, len(ids) - wanted)[len(ids) - wanted]
        ids, scores, liked = ids[kept], scores[kept], liked[kept]
    order = np.lexsort((view.snapshot.rank(Sort.MODIFIED)[ids], -liked))[:wanted]
    return list(zip(ids[order].tolist(), scores[order].tolist(), strict=True))


def _first(ids: Ints, rank: Ints, wanted: int) -> Ints:
    ranks = rank[ids]
    if wanted < len(ids):
        nearest = np.argpartition(ranks, wanted)[:wanted]
        ids, ranks = ids[nearest], ranks[nearest]
    return ids[np.argsort(ranks)]
