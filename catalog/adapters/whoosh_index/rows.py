"""Postings of a field in plain arrays, one term after another: sorted from words, decoded from a segment, joined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from catalog.adapters.whoosh_index.blocks import Floats, Ints, Postings

Longs = NDArray[np.int64]
Shorts = NDArray[np.uint16]

TERM, DOCUMENT, POSITION = 35, 19, 3
"""Bits of a key below term, document (16 bits) and position (16 bits); in the lowest stands which weight it has."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Terms, or numbers that stand for them, and where their postings and positions begin: term `n` has the documents
    `ids[starts[n] : starts[n + 1]]`, ascending. A field without positions has no `counts` (positions a document) either.
    """

    terms: Any
    starts: Longs
    places: Longs
    ids: Ints
    weights: Floats
    counts: Shorts
    positions: Shorts

    def save(self, file: IO[bytes]) -> None:
        """Put rows with numbers aside."""
        for each in fields(self):
            np.save(file, getattr(self, each.name), allow_pickle=False)

    @classmethod
    def load(cls, file: IO[bytes]) -> "Rows":
        """Take back what was saved."""
        return cls(*(np.load(file, allow_pickle=False) for _ in fields(cls)))


def of_keys(keys: Longs, first: int, weights: Floats, placed: bool) -> Rows:
    """Sort words into rows: a key is term, document counted from `first`, position and the place of its weight in `weights`."""
    keys.sort()
    at = _changes(keys >> DOCUMENT)
    owners = keys[at] >> DOCUMENT
    starts = _changes(owners >> 16)
    counts = np.diff(at, append=len(keys))
    return Rows(
        terms=(owners[starts] >> 16).astype(np.int32), starts=np.append(starts, len(at)),
        places=np.append(at[starts], len(keys)) if placed else np.zeros(len(starts) + 1, np.int64),
        ids=((owners & 0xFFFF) + first).astype(np.int32),
        weights=np.add.reduceat(weights[keys & 7], at) if placed else np.ones(len(at), np.float32),
        counts=(counts if placed else counts[:0]).astype(np.uint16),
        positions=((keys if placed else keys[:0]) >> POSITION).astype(np.uint16),
    )  # fmt: skip


def decoded(terms: Iterable[tuple[bytes, Postings]], numbers: Ints) -> Rows:
    """Put the postings of a segment together, its documents numbered anew; those with a number below zero are left out."""
    names, found = zip(*terms, strict=True)
    ids, weights, counts, positions = (
        np.concatenate([getattr(each, line) for each in found]) for line in ("ids", "weights", "counts", "positions")
    )
    ids = numbers[ids]
    kept = ids >= 0
    starts = np.append(0, np.cumsum(kept))[np.cumsum([0, *(len(each.ids) for each in found)])]
    if len(counts):
        positions, counts = positions[np.repeat(kept, counts)], counts[kept]
    places = np.append(0, np.cumsum(counts, dtype=np.int64))[starts] if len(counts) else np.zeros_like(starts)
    return Rows(names, starts, places, ids[kept], weights[kept], counts, positions)


def joined(runs: Sequence[Rows], names: Sequence[bytes]) -> Rows:
    """Join rows of numbers into rows of terms in order; documents of a run come after those of the runs before it."""
    used = np.unique(np.concatenate([run.terms[np.diff(run.starts) > 0] for run in runs])).tolist()
    order = sorted(used, key=names.__getitem__)
    rank = np.full(len(names), len(order), np.int64)
    rank[order] = np.arange(len(order))
    ranks = [rank[run.terms] for run in runs]
    starts, at = _aligned([run.starts for run in runs], ranks, len(order))
    places, place = _aligned([run.places for run in runs], ranks, len(order))
    lines = {"ids": at, "weights": at, "counts": at if places[-1] else [slice(0)] * len(runs), "positions": place}
    return Rows([names[number] for number in order], starts, places, **{
        name: _scattered([getattr(run, name) for run in runs], where) for name, where in lines.items()
    })  # fmt: skip


def _aligned(given: list[Longs], ranks: list[Any], size: int) -> tuple[Longs, list[Longs]]:
    """Return where the joined rows begin, and where each element of each run goes."""
    many = [np.diff(starts) for starts in given]
    total = np.zeros(size + 1, np.int64)  # one more for terms that nothing has
    for rank, each in zip(ranks, many, strict=True):
        total[rank] += each
    free, where = np.append(0, np.cumsum(total[:-1])), []
    starts = free.copy()
    for rank, each, begun in zip(ranks, many, given, strict=True):
        where.append(np.repeat(free[rank] - begun[:-1], each) + np.arange(begun[-1]))
        free[rank] += each
    return starts, where


def _scattered(parts: list[Any], where: list[Any]) -> Any:
    found = np.empty(sum(map(len, parts)), parts[0].dtype)
    for part, at in zip(parts, where, strict=True):
        found[at] = part
    return found


def _changes(values: Longs) -> Longs:
    """Return where another value begins."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])) if len(values) else np.zeros(0, np.int64)
