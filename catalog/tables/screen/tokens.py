"""Cuts blocks into cells, exactly as `csv.reader` does: by pyarrow where that is proven to agree, else by `csv.reader` itself."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy
import polars
import pyarrow
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from catalog.tables.screen.blocks import Block, Blocks

Places = NDArray[numpy.int64]


@dataclass(frozen=True, slots=True)
class Records:
    """`count` records: those of full width as columns of texts, the others as `odd` (place in the block, cells).

    `places` are those of the columns' rows in the block; None when the block holds no odd record.
    `unended`: what ends the last record is the end of the file.
    """

    columns: list[polars.Series]
    places: Places | None
    odd: list[tuple[int, list[str]]]
    count: int
    unended: bool = False

    def cells(self, row: int) -> list[str]:
        """Return a row of the columns."""
        return [column[row] for column in self.columns]


class Tokens:
    """Cuts blocks of a table of `width` columns."""

    def __init__(self, width: int, delimiter: str) -> None:
        self._width, self._delimiter = width, delimiter
        self._names = [str(index) for index in range(width)]
        self._strings = arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(self._names, pyarrow.string()), strings_can_be_null=False, null_values=[]
        )

    def records(self, block: Block, blocks: Blocks) -> Records:
        """Return the records of a block; what a torn one ends with goes back to the blocks."""
        if block.structural and (found := self._by_arrow(block)):
            return found
        rows, rest, unended = _by_csv(block, self._delimiter)
        blocks.give_back(rest)
        return self._sorted_out(rows, unended)

    def _by_arrow(self, block: Block) -> Records | None:
        bad: list[tuple[int, str]] = []

        def put_aside(row: arrow_csv.InvalidRow) -> str:
            bad.append((row.number - 1, row.text))
            return "skip"

        empty = _empty_lines(block.data)
        table = arrow_csv.read_csv(
            pyarrow.BufferReader(block.data),
            arrow_csv.ReadOptions(use_threads=False, block_size=len(block.data) + 1, column_names=self._names),
            arrow_csv.ParseOptions(
                delimiter=self._delimiter, quote_char=False if block.plain else '"', double_quote=True, escape_char=False,
                newlines_in_values=not block.plain, ignore_empty_lines=False, invalid_row_handler=put_aside,
            ),
            self._strings,
        )  # fmt: skip
        count = table.num_rows + len(bad)
        if empty is not None and block.data.count(b"\n") + (not block.data.endswith(b"\n")) != count:
            return None  # records and lines do not go together: only csv tells an empty record from an empty line in quotes
        odd = [(place, next(csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter))) for place, text in bad]
        places = _kept(count, [place for place, _ in bad])
        columns = polars.DataFrame(table).get_columns()
        if empty is not None:
            places = numpy.arange(count) if places is None else places
            full = ~numpy.isin(places, empty)
            odd += [(place, []) for place in empty.tolist()]
            columns, places = [column.filter(full) for column in columns], places[full]
        return Records(columns, places, sorted(odd), count, not block.data.endswith(b"\n"))

    def _sorted_out(self, rows: list[list[str]], unended: bool) -> Records:
        odd = [(place, row) for place, row in enumerate(rows) if len(row) != self._width]
        full = [row for row in rows if len(row) == self._width] if odd else rows
        texts: Iterator[tuple[str, ...]] = zip(*full, strict=True) if full else iter([()] * self._width)
        columns = [polars.Series(values=column, dtype=polars.String) for column in texts]
        return Records(columns, _kept(len(rows), [place for place, _ in odd]), odd, len(rows), unended)


def _kept(count: int, left_out: list[int]) -> Places | None:
    return numpy.delete(numpy.arange(count), left_out) if left_out else None


def _empty_lines(data: bytes) -> Places | None:
    """Return the numbers of the lines that are empty, None when there are none."""
    text = numpy.frombuffer(data, numpy.uint8)
    ends = numpy.flatnonzero(text == 10)
    lengths = numpy.diff(ends, prepend=-1) - 1
    empty = numpy.flatnonzero((lengths == 0) | ((lengths == 1) & (text[ends - 1] == 13)))
    return empty if len(empty) else None


def _by_csv(block: Block, delimiter: str) -> tuple[list[list[str]], bytes, bool]:
    """Return the records, of a torn block the bytes where a record begins that does not end, and whether the last is unended."""
    taken = begins = 0
    ended = False

    def lines() -> Iterator[str]:
        nonlocal taken, ended
        for line in io.StringIO(block.data.decode(), newline=""):
            taken += len(line.encode())
            yield line
        ended = True

    rows: list[list[str]] = []
    unended = not block.data.endswith(b"\n")
    for row in csv.reader(lines(), delimiter=delimiter):
        if ended and block.torn:  # the reader asked for more and got none: this record goes on in the next block
            return rows, block.data[begins:], False
        rows.append(row)
        begins, unended = taken, unended or ended
    return rows, b"", unended
