"""What is known of every dataset of a segment besides its words: names, sort keys, facet values, labels, lengths of texts."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader

from catalog.adapters.whoosh_index.blocks import Ints
from catalog.adapters.whoosh_index.schema import FACTS
from catalog.search.document import Document

Longs = NDArray[np.int64]
LABELS = "\0labels"  # no facet can have this name
NONE = -(2**63)
"""Stands for no number."""


class Texts:
    """Texts in one row of bytes with the offset of each, as they stand in a file."""

    def __init__(self, blob: Any, offsets: Longs) -> None:
        self._blob, self._offsets = blob, offsets

    @classmethod
    def of(cls, texts: Iterable[bytes]) -> "Texts":
        """Pack texts."""
        packed = list(texts)
        return cls(b"".join(packed), np.cumsum([0, *map(len, packed)], dtype=np.int64))

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._blob[self._offsets[number] : self._offsets[number + 1]])

    def __iter__(self) -> Iterator[str]:
        whole, ends = bytes(self._blob), self._offsets.tolist()
        return (whole[start:end].decode() for start, end in pairwise(ends))

    def arrays(self) -> tuple[bytes, Longs]:
        """Return what is written to files."""
        return bytes(self._blob), self._offsets

    def find(self, text: bytes) -> int | None:
        """Return the place of a text in sorted texts."""
        place = bisect_left(self, text)
        return place if place < len(self) and self[place] == text else None

    def starting(self, start: bytes) -> tuple[int, int]:
        """Return where those that begin so begin and end in sorted texts."""
        return bisect_left(self, start), bisect_left(self, start + b"\xff")


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet: numbers of documents, ascending, with the number of a name in `names`, a pair for each value."""

    owners: Ints
    values: Ints
    names: Texts


@dataclass(frozen=True, slots=True)
class Facts:
    """One row for each document number of a segment."""

    names: Texts
    hashes: Texts
    titles: Texts
    modified: Longs
    ties: Longs
    quality: Ints
    facets: dict[str, Facet]
    lengths: dict[str, Ints]
    numbers: dict[str, Longs]
    placed: Ints  # owners of boxes
    boxes: NDArray[np.float64]  # four for each: west, south, east, north


def facts_of(reader: SegmentReader, size: int) -> Facts:
    """Read the facts of a segment from Whoosh."""
    column = reader.column_reader(FACTS)
    rows = [json.loads(column[number]) for number in range(size)]
    return Facts(
        names=Texts.of(row[0].encode() for row in rows),
        hashes=Texts.of(row[1].encode() for row in rows),
        titles=Texts.of(row[3].encode() for row in rows),
        modified=np.array([row[2] for row in rows], np.int64),
        ties=np.array([tie(row[0]) for row in rows], np.int64),
        quality=np.array([row[7] for row in rows], np.int32),
        facets=_facets(rows),
        lengths={name: column.astype(np.int32) for name, column in _named([row[6] for row in rows], 0).items()},
        numbers=_named([row[8] for row in rows], NONE),
        placed=np.array([number for number, row in enumerate(rows) for _ in row[9]], np.int32),
        boxes=np.array([box for row in rows for box in row[9]], np.float64).reshape(-1),
    )


def _named(rows: list[dict[str, int]], otherwise: int) -> dict[str, Longs]:
    names = sorted({name for row in rows for name in row})
    return {name: np.array([row.get(name, otherwise) for row in rows], np.int64) for name in names}


def _facets(rows: list[Any]) -> dict[str, Facet]:
    found: dict[str, tuple[list[int], list[int], dict[str, int]]] = {}
    for number, row in enumerate(rows):
        for facet, values in ((LABELS, row[4]), *row[5].items()):
            owners, coded, names = found.setdefault(facet, ([], [], {}))
            for value in values:
                owners.append(number)
                coded.append(names.setdefault(value, len(names)))
    return {
        facet: Facet(np.array(owners, np.int32), np.array(coded, np.int32), Texts.of(name.encode() for name in names))
        for facet, (owners, coded, names) in found.items()
    }


def line_of(document: Document, lengths: Mapping[str, int]) -> bytes:
    """Return what is kept of a document besides its words."""
    facets = {name: list(dict.fromkeys(values)) for name, values in document.facets.items() if values}
    row = [document.name, document.content_hash, document.modified, document.title_key, sorted(document.labels), facets, lengths,
           document.quality, document.numbers, document.boxes]  # fmt: skip
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def tie(name: str) -> int:
    """Return a number that orders documents alike in every index, whatever else is in it."""
    return int.from_bytes(blake2b(name.encode(), digest_size=7).digest())
