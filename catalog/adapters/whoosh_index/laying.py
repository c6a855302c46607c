"""A segment is written a whole term at a time, in Whoosh's own format, and into its sidecar in the same pass."""

import pickle
import zlib
from itertools import pairwise
from pathlib import Path
from struct import Struct
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3FieldWriter, W3TermInfo
from whoosh.writing import SegmentWriter

from catalog.adapters.whoosh_index.blocks import all_terms, fields
from catalog.adapters.whoosh_index.facts import line_of
from catalog.adapters.whoosh_index.gathering import Gathering
from catalog.adapters.whoosh_index.rows import Rows, decoded
from catalog.adapters.whoosh_index.schema import FACTS, text_field
from catalog.adapters.whoosh_index.sidecar import Lines
from catalog.adapters.whoosh_index.term_index import TermIndex
from catalog.search.document import Document

BLOCK = 128
INLINED = 16
"""Postings up to which a term has no block but stands with its summary."""
_SMALL = 200
"""Bytes of a block up to which compression gains nothing."""
_INFO, _EXTENT, _KEY, _LENGTH = W3TermInfo._struct, Struct("!qi"), Struct("!H"), Struct("!i")


class TermWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of one segment with these postings; `lines` are those of the sidecar where the segment is large enough."""

    def __init__(self, index: Any, *, least: int, **options: Any) -> None:
        super().__init__(index, **options)
        self.docnum: int
        self.pool = Gathering(self.storage.folder)
        self.fieldwriter._tindex = TermIndex(self.fieldwriter._tindex)
        self.lines: Lines | None = None
        self._least = least

    def add(self, document: Document) -> None:
        """Take the next document."""
        self.perdocwriter.start_doc(self.docnum)
        lengths = self.pool.add(self.docnum, document)
        for language, length in lengths.items():
            self.perdocwriter.add_field(text_field(language), None, None, length)
        self.perdocwriter.add_column_value(FACTS, self.schema[FACTS].column_type, line_of(document, lengths))
        self.perdocwriter.finish_doc()
        self._added, self.docnum = True, self.docnum + 1

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: dict[int, int] | None) -> None:
        size = reader.doc_count_all()
        numbers = np.arange(startdoc, startdoc + size, dtype=np.int32)
        if docmap is not None:
            numbers[:] = [docmap.get(number, -1) for number in range(size)]
        for field in fields(reader):
            self.pool.take(field, decoded(all_terms(reader, field), numbers), self.docnum)

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        if self.docnum >= self._least:
            self.lines = Lines(Path(self.storage.folder), self.newsegment.segment_id())
        for field, rows in self.pool.fields():
            _lay(self.fieldwriter, field, self.schema[field], rows)
            if self.lines:
                self.lines.add(field, rows)
        self.fieldwriter.close()


def _lay(writer: W3FieldWriter, name: str, field: Any, rows: Rows) -> None:
    """Write each term with Whoosh's summary of it; lengths of texts are not in that, we keep our own."""
    writer.start_field(name, field)
    key, write, at, add = _KEY.pack(writer._fieldid), writer._postfile.write, writer._postfile.tell(), writer._tindex.add
    block = _Blocks(rows, field.format.fixed_value_size() == 0)
    starts = rows.starts[:-1]
    sums, most = np.add.reduceat(rows.weights, starts).tolist(), np.maximum.reduceat(rows.weights, starts).tolist()
    for term, (start, end), total, top in zip(rows.terms, pairwise(rows.starts.tolist()), sums, most, strict=True):
        inlined = end - start <= INLINED
        info = _INFO.pack(inlined, total, end - start, 0, 0, top, block.ids[start], block.ids[end - 1])
        if inlined:
            add(key + term, info + block.inlined(start, end))
        else:
            whole = block.whole(start, end)
            write(whole)
            add(key + term, info + _EXTENT.pack(at, len(whole)))
            at += len(whole)


class _Blocks:
    """The postings of a field as Whoosh packs them."""

    def __init__(self, rows: Rows, plain: bool) -> None:
        self.ids, self._weights, self._plain = rows.ids.tolist(), rows.weights.tolist(), plain
        self._ends = [0, *(2 * np.cumsum(rows.counts, dtype=np.int64)).tolist()]
        self._positions = rows.positions.tobytes()

    def inlined(self, start: int, end: int) -> bytes:
        """Return the postings of a term that has few."""
        weights = None if self._plain else tuple(self._weights[start:end])
        return pickle.dumps((tuple(self.ids[start:end]), weights, self._values(start, end)), 2)

    def whole(self, start: int, end: int) -> bytes:
        """Return all postings of a term in blocks."""
        parts = [WHOOSH3_HEADER_MAGIC]
        for first in range(start, end, BLOCK):
            parts += self._block(first, min(first + BLOCK, end), first + BLOCK >= end)
        return b"".join(parts)

    def _values(self, start: int, end: int) -> tuple[bytes, ...] | None:
        if self._plain:
            return None
        return tuple([self._positions[one:two] for one, two in pairwise(self._ends[start : end + 1])])

    def _block(self, start: int, end: int, last: bool) -> tuple[bytes, bytes, bytes]:
        ids, weights = self.ids[start:end], self._weights[start:end]
        deltas = (ids[0], *[two - one for one, two in pairwise(ids)])
        same = weights[0] if weights.count(weights[0]) == len(weights) else None
        data = pickle.dumps((deltas, None if same == 1.0 else same or tuple(weights), self._values(start, end)), 2)
        compressed = len(data) > _SMALL
        data = zlib.compress(data, 1) if compressed else data
        info = pickle.dumps((len(ids), ids[-1], max(weights), int(compressed), 0, 0), 2)
        length = len(info) + len(data)
        return _LENGTH.pack(-length if last else length), info, data
