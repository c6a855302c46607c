"""The rows of a UTF-8 copy as columns of texts, block by block: cut by the same tokens as validation, so they are `csv`'s own."""

import csv
from collections.abc import Iterator
from itertools import islice

import polars

from catalog.tables.copying import Copy
from catalog.tables.screen.blocks import Blocks, HandOver
from catalog.tables.screen.tokens import Records, Tokens

BLOCK = 4 * 2**20
_LONGEST = 64 * 2**20
_ROWS_AT_ONCE = 5_000
_CELL = 128
"""Bytes of a block per column: wide tables are read in larger blocks, since each costs something for every column."""


def blocks(copy: Copy, width: int) -> Iterator[polars.DataFrame]:
    """Yield the rows below the header as texts in columns `0`, `1`, …; null where a row has no such cell.

    Rows without any text are left out, and cells beyond `width`. Raises csv.Error for a cell past the limit.
    """
    if not width:
        return
    pieces = Blocks(copy.path, _offset(copy), copy.delimiter, max(BLOCK, width * _CELL), _LONGEST, hashed=False)
    tokens = Tokens(width, copy.delimiter)
    done = 0
    try:
        for block in pieces:
            records = tokens.records(block, pieces)
            done += records.count
            if (frame := frame_of(records, width)).height:
                yield frame
    except HandOver:
        yield from _by_csv(copy, width, done)


def no_rows(width: int) -> polars.DataFrame:
    """Return a block without rows."""
    return polars.DataFrame(schema={str(index): polars.String for index in range(width)})


def sample(copy: Copy, most: int) -> list[list[str]]:
    """Return the first rows that hold any text, whole."""
    return list(islice((row for row in islice(copy.records(), 1, None) if any(row)), most))


def row_count(copy: Copy) -> int:
    """Return how many rows below the header hold any text."""
    return sum(frame.height for frame in blocks(copy, len(copy.labels)))


def _offset(copy: Copy) -> int:
    """Return where in the copy the row after the header begins."""
    taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        with copy.path.open(encoding="utf-8", newline="") as file:
            for line in file:
                taken += len(line.encode())
                yield line

    for _ in islice(csv.reader(lines(), delimiter=copy.delimiter), copy.header + 1):
        pass
    return taken


def frame_of(records: Records, width: int) -> polars.DataFrame:
    """Return the records of a block as `blocks` yields them."""
    frame = polars.DataFrame([column.alias(str(index)) for index, column in enumerate(records.columns)])
    frame = frame.filter(~_blank(frame)) if records.places is None else frame
    if not records.odd:
        return frame
    places = polars.Series("place", records.places, dtype=polars.Int64)
    full = frame.with_columns(places).filter(~_blank(frame))
    odd = [(*_cut(cells, width), place) for place, cells in records.odd if any(cells)]
    return polars.concat([full, polars.DataFrame(odd, schema=full.schema, orient="row")]).sort("place").drop("place")


def _blank(frame: polars.DataFrame) -> polars.Series:
    """Tell which rows hold no text at all."""
    blank = polars.repeat(value=True, n=frame.height, dtype=polars.Boolean, eager=True)
    for column in frame:
        if not blank.any():
            break
        blank &= column == ""
    return blank


def _cut(cells: list[str], width: int) -> list[str | None]:
    return [*cells[:width], *[None] * (width - len(cells))]


def _by_csv(copy: Copy, width: int, done: int) -> Iterator[polars.DataFrame]:
    rows = islice(copy.records(), 1 + done, None)
    while chunk := list(islice(rows, _ROWS_AT_ONCE)):
        yield polars.DataFrame([_cut(row, width) for row in chunk if any(row)], schema=no_rows(width).schema, orient="row")
