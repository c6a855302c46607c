"""Whoosh's posting blocks (codec W3) decoded into numpy arrays, a whole term at once."""

import pickle
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Places = NDArray[np.int64]

PAST_TEXT = 1024  # added to positions, so that shifting back the later words of a phrase stays in the document
DOCUMENT_BITS = 20
_HEADER = 4
_LENGTH = struct.Struct(">i")


@dataclass(frozen=True, slots=True)
class Postings:
    """A term: its documents in ascending order, its weight in each, how often it stands there and, in one row, where."""

    ids: Ints
    weights: Floats
    counts: NDArray[np.uint16]
    positions: NDArray[np.uint16]

    def places(self) -> Places:
        """Return document and position of each occurrence as one number each, ascending."""
        return (np.repeat(self.ids.astype(np.int64), self.counts) << DOCUMENT_BITS) + PAST_TEXT + self.positions


NONE = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32), np.zeros(0, np.uint16), np.zeros(0, np.uint16))


def fields(reader: SegmentReader) -> list[str]:
    """Return the fields that have terms."""
    return sorted(reader.indexed_field_names())


def all_terms(reader: SegmentReader, field: str) -> Iterator[tuple[bytes, Postings]]:
    """Yield every term of a field in order."""
    for (name, term), info in reader._terms.items_from(field, b""):
        if name != field:
            return
        yield term, _postings(reader, info)


def one_term(reader: SegmentReader, field: str, term: bytes) -> Postings:
    """Return a term, empty where there is none."""
    if (field, term) not in reader._terms:
        return NONE
    return _postings(reader, reader._terms.term_info(field, term))


def _postings(reader: SegmentReader, info: Any) -> Postings:
    if info.is_inlined():
        return _joined([info.inlined_postings()], deltas=False)
    offset, length = info.extent()
    length = length[0] if isinstance(length, tuple) else length  # a slip of Whoosh's: a row of one
    file = reader._terms._postfile
    file.seek(offset)
    return _joined(list(_blocks(bytes(file.read(length)))), deltas=True)


def _blocks(data: bytes) -> Iterator[tuple[Any, Any, Any]]:
    start, last = _HEADER, False
    while not last:
        length = _LENGTH.unpack_from(data, start)[0]
        last, start = length < 0, start + _LENGTH.size
        whole = BytesIO(data[start : start + abs(length)])
        compression = pickle.load(whole)[3]
        body = whole.read()
        yield pickle.loads(zlib.decompress(body) if compression else body)
        start += abs(length)


def _joined(blocks: list[tuple[Any, Any, Any]], deltas: bool) -> Postings:
    ids = [np.cumsum(block[0], dtype=np.int32) if deltas else np.array(block[0], np.int32) for block in blocks]
    weights = [_weights(block[1], len(block[0])) for block in blocks]
    values = [value for block in blocks for value in block[2] or ()]
    return Postings(
        ids[0] if len(ids) == 1 else np.concatenate(ids),
        weights[0] if len(weights) == 1 else np.concatenate(weights),
        np.array([len(value) // 2 for value in values], np.uint16),
        np.frombuffer(b"".join(values), "<u2"),
    )


def _weights(given: Any, count: int) -> Floats:
    if isinstance(given, tuple | list):
        return np.array(given, np.float32)
    return np.full(count, 1.0 if given is None else given, np.float32)
