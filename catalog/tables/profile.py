"""The statistics profile of a table, read from its Parquet: what a page, the statistics API and Croissant say of each column."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import polars

from catalog.records import profile_name
from catalog.tables.limits import LIMITS
from catalog.tables.measures import measured
from catalog.tables.whole import Hashes, Whole

EXACT_ROWS = 1_000_000
"""Above this many rows quantiles, histograms and frequent values come from every n-th row, and the profile says so."""
DETAILED = 1_000
"""Columns beyond this many get counts only, so that the profile of a very wide table can still be read."""
_MOST_COMPARED = 20_000_000
"""Rows up to which those that repeat are counted in a table that is not held whole; they take 8 bytes each."""
_CELLS_AT_ONCE, _COLUMNS_AT_ONCE, _CHUNK = 2_000_000, 256, 250_000
_ODD = numpy.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class _Column:
    """`values` of a column, or a sample of them: then `whole` holds what was counted over all rows."""

    values: polars.Series
    count: int
    whole: Mapping[str, Any] | None = None


def make_profile(
    table: Path, fields: Sequence[Mapping[str, Any]], labels: Sequence[str], invalid: Sequence[int], byte_size: int,
    split: str = "",
) -> Iterator[dict[str, Any]]:
    """Write PROFILE, or that of a `split`, beside the Parquet `table`; yields the values of its Derivative.

    `fields` describe the columns of the Parquet in order, `invalid` counts the cells of each that became null,
    `byte_size` is that of the table as UTF-8 CSV. Numbers that JSON lacks (NaN, infinity) are left out of every measure.
    """
    rows = polars.scan_parquet(table).select(polars.len()).collect().item()
    step = -(-rows // EXACT_ROWS) or 1
    hashes = numpy.zeros(rows if step > 1 and rows <= _MOST_COMPARED else 0, numpy.uint64)
    columns = []
    for index, column in enumerate(_columns(table, rows) if step == 1 else _sampled(table, rows, step, hashes)):
        about, name = fields[index], column.values.name
        told: dict[str, Any] = {"name": name, "label": labels[index] if index < len(labels) else name}
        told |= {"type": about.get("type", "any"), "format": about.get("format", "default"), "count": column.count}
        told |= {"missing": rows - column.count - invalid[index], "invalid": invalid[index]}
        columns.append(told | measured(column.values, column.whole, detailed=index < DETAILED))
    profile = {
        "version": 1, "rows": rows, "byte_size": byte_size, "exact": step == 1, "columns": columns,
        "duplicates": _duplicates(table, rows, columns) if step == 1 else _repeats(hashes) if len(hashes) else None,
    }  # fmt: skip
    (table.parent / profile_name(split)).write_text(json.dumps(profile, ensure_ascii=False, allow_nan=False), "utf-8")
    yield {"name": profile_name(split), "media_type": "application/json", "rows": rows}


def _columns(table: Path, rows: int) -> Iterator[_Column]:
    scan = polars.scan_parquet(table)
    width = len(scan.collect_schema())
    at_once = max(1, min(_COLUMNS_AT_ONCE, _CELLS_AT_ONCE // (rows or 1)))
    for start in range(0, width, at_once):
        for values in scan.select(polars.nth(range(start, min(start + at_once, width)))).collect():
            yield _Column(values, len(values) - values.null_count())


def _sampled(table: Path, rows: int, step: int, hashes: Hashes) -> Iterator[_Column]:
    """Yield samples of the columns; folds the hash of every cell into that of its row where there is room for these."""
    scan = polars.scan_parquet(table)
    for index in range(len(scan.collect_schema())):
        whole = Whole(step)
        for start in range(0, rows, _CHUNK):
            chunk = scan.select(polars.nth(index)).slice(start, _CHUNK).collect().to_series()
            one = whole.add(chunk)
            if len(hashes):
                hashes[start : start + len(one)] = hashes[start : start + len(one)] * _ODD ^ one
        yield _Column(whole.sample, whole.count, whole.facts)


def _duplicates(table: Path, rows: int, columns: Sequence[Mapping[str, Any]]) -> int | None:
    """Return how many rows repeat an earlier one (told by 64-bit hashes); None where that costs too much."""
    if any(column["distinct"] == rows for column in columns):
        return 0
    if rows * len(columns) > LIMITS.cells:
        return None
    hashes = numpy.zeros(rows, numpy.uint64)
    for column in _columns(table, rows):
        hashes = hashes * _ODD ^ column.values.hash().to_numpy()
    return _repeats(hashes)


def _repeats(hashes: Hashes) -> int:
    hashes.sort()
    return int(numpy.count_nonzero(hashes[1:] == hashes[:-1]))
