"""A segment is written a whole term at a time, in Whoosh's own format, and into its sidecar in the same pass."""

import pickle
import zlib
from array import array
from collections.abc import Iterable
from itertools import accumulate, pairwise
from pathlib import Path
from struct import Struct
from typing import Any

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3FieldWriter, W3TermInfo
from whoosh.writing import SegmentWriter

from catalog.adapters.whoosh_index.gathering import Gathering, Row
from catalog.adapters.whoosh_index.sidecar import Lines

BLOCK = 128
_SMALL = 200
"""Bytes of a block up to which compression gains nothing."""
_INFO, _EXTENT, _KEY, _LENGTH = W3TermInfo._struct, Struct("!qi"), Struct("!H"), Struct("!i")


class TermWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of one segment with these postings; `lines` are those of the sidecar where the segment is large enough."""

    def __init__(self, index: Any, *, memory: int, least: int, **options: Any) -> None:
        super().__init__(index, **options)
        self.pool = Gathering(self.storage.folder, memory)
        self.lines: Lines | None = None
        self._least = least

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        if self.docnum >= self._least:
            self.lines = Lines(Path(self.storage.folder), self.newsegment.segment_id())
        _lay(self.fieldwriter, self.schema, self.pool.iter_postings(), self.lines)
        self.fieldwriter.close()

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: Any) -> None:
        for field, term, number, weight, value in self._process_posts(reader.iter_postings(), startdoc, docmap):
            self.pool.add((field, term, number, weight, value or b""))


def _lay(writer: W3FieldWriter, schema: Any, rows: Iterable[Row], lines: Lines | None) -> None:
    field = ""
    for row in rows:
        if row.field != field:
            field = row.field
            writer.start_field(field, schema[field])
            key, plain = _KEY.pack(writer._fieldid), schema[field].format.fixed_value_size() == 0
        start = writer._postfile.tell()
        info = _blocks(writer._postfile, row, plain)
        extent = _EXTENT.pack(start, writer._postfile.tell() - start)
        writer._tindex.add(key + row.term, info + extent)
        if lines:
            lines.add(row)


def _blocks(file: Any, row: Row, plain: bool) -> bytes:
    """Write the blocks of a term and return Whoosh's summary of it; lengths of texts are not in it, we keep our own."""
    ids, weights = array("i", row.ids), array("f", row.weights)
    ends = [2 * end for end in accumulate(array("H", row.counts), initial=0)] if row.counts else []
    parts = [WHOOSH3_HEADER_MAGIC]
    for start in range(0, len(ids), BLOCK):
        end = min(start + BLOCK, len(ids))
        values = None if plain else tuple(row.positions[ends[at] : ends[at + 1]] for at in range(start, end))
        parts += _block(ids[start:end], weights[start:end], values, end == len(ids))
    file.write(b"".join(parts))
    summary: bytes = _INFO.pack(0, sum(weights), len(ids), 0, 0, max(weights), ids[0], ids[-1])
    return summary


def _block(ids: Any, weights: Any, values: tuple[bytes, ...] | None, last: bool) -> tuple[bytes, bytes, bytes]:
    deltas = (ids[0], *(two - one for one, two in pairwise(ids)))
    same = weights[0] if weights.count(weights[0]) == len(weights) else None
    data = pickle.dumps((deltas, None if same == 1.0 else same or tuple(weights), values), 2)
    compressed = len(data) > _SMALL
    data = zlib.compress(data, 1) if compressed else data
    info = pickle.dumps((len(ids), ids[-1], max(weights), int(compressed), 0, 0), 2)
    length = len(info) + len(data)
    return _LENGTH.pack(-length if last else length), info, data
