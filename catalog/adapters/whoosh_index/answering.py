"""From matching documents to a page: filters, exact total, facet tables, order."""

import numpy as np

from catalog.adapters.whoosh_index.matching import Matching
from catalog.adapters.whoosh_index.segment import Floats, Ints
from catalog.adapters.whoosh_index.snapshot import Mask, Snapshot, View
from catalog.search.request import MAX_LIMIT, MAX_OFFSET, Hit, SearchPage, SearchRequest, Sort


def page(view: View, request: SearchRequest, deadline: float) -> SearchPage:
    """Answer a request from a view; offset and limit are cut to what is allowed."""
    matching = Matching(view, request.language, deadline)
    matched, scores = matching.run(request)
    masks = {name: _carriers(view.snapshot, name, values) for name, values in request.filters.items() if values}
    mask = _all([matched, *masks.values()])
    return SearchPage(
        total=int(mask.sum()),
        hits=_hits(view.snapshot, mask, scores, request),
        facets={name: _table(view.snapshot, name, _without(matched, masks, name), request) for name in request.facets},
        generation=view.snapshot.generation,
        partial=matching.partial,
    )


def _carriers(snapshot: Snapshot, facet: str, values: tuple[str, ...]) -> Mask:
    """Mark the documents that carry any of the values."""
    owners, codes = snapshot.pairs(facet)
    table = snapshot.codes.table(facet)
    mask = np.zeros(snapshot.size, np.bool_)
    mask[owners[np.isin(codes, [table[value] for value in values if value in table])]] = True
    return mask


def _without(matched: Mask, masks: dict[str, Mask], facet: str) -> Mask:
    return _all([matched, *(mask for name, mask in masks.items() if name != facet)])


def _all(masks: list[Mask]) -> Mask:
    return np.logical_and.reduce(masks) if len(masks) > 1 else masks[0]


def _table(snapshot: Snapshot, facet: str, mask: Mask, request: SearchRequest) -> dict[str, int]:
    """Count the values of a facet; chosen ones stay, with 0 if need be. The most frequent come first."""
    owners, codes = snapshot.pairs(facet)
    counts = np.bincount(codes[mask[owners]]).tolist()
    table = snapshot.codes.table(facet)
    found = dict.fromkeys(request.filters.get(facet, ()), 0)
    found |= {value: counts[code] for value, code in list(table.items())[: len(counts)] if counts[code]}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _hits(snapshot: Snapshot, mask: Mask, scores: Floats, request: SearchRequest) -> tuple[Hit, ...]:
    first = min(max(request.offset, 0), MAX_OFFSET)
    limit = min(max(request.limit, 0), MAX_LIMIT)
    ids = np.flatnonzero(mask)
    if not limit or first >= len(ids):
        return ()
    ranked = request.sort is Sort.RELEVANCE and bool(request.words or request.phrases or request.prefix)
    if ranked:
        ids = _best(ids, scores, snapshot.rank(Sort.MODIFIED), first + limit)
    else:
        ids = _first(ids, snapshot.rank(request.sort), first + limit)
    chosen = ids[first : first + limit].tolist()
    return tuple(Hit(snapshot.names[number], float(scores[number]) if ranked else 0.0) for number in chosen)


def _best(ids: Ints, scores: Floats, rank: Ints, wanted: int) -> Ints:
    """Return the best ids in order; ties go by rank, so that pages neither repeat nor lose a document."""
    rounded = np.round(scores[ids], 9)
    if wanted < len(ids):
        least = np.partition(rounded, len(ids) - wanted)[len(ids) - wanted]
        ids, rounded = ids[rounded >= least], rounded[rounded >= least]
    return ids[np.lexsort((rank[ids], -rounded))]


def _first(ids: Ints, rank: Ints, wanted: int) -> Ints:
    ranks = rank[ids]
    if wanted < len(ids):
        nearest = np.argpartition(ranks, wanted)[:wanted]
        ids, ranks = ids[nearest], ranks[nearest]
    return ids[np.argsort(ranks)]
