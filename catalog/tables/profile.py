"""The statistics profile of a table, read from its Parquet: what a page, the statistics API and Croissant say of each column."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy
import polars

from catalog.records import PROFILE
from catalog.tables.limits import LIMITS
from catalog.tables.measures import measured

EXACT_ROWS = 1_000_000
"""Above this many rows measures come from every n-th row, and the profile says so."""
DETAILED = 1_000
"""Columns beyond this many get counts only, so that the profile of a very wide table can still be read."""
_ODD = numpy.uint64(0x9E3779B97F4A7C15)
_CELLS_AT_ONCE = 2_000_000
_COLUMNS_AT_ONCE = 256


def make_profile(
    table: Path, fields: Sequence[Mapping[str, Any]], labels: Sequence[str], invalid: Sequence[int], byte_size: int
) -> Iterator[dict[str, Any]]:
    """Write PROFILE beside the Parquet `table`; yields the values of its Derivative.

    `fields` describe the columns of the Parquet in order, `invalid` counts the cells of each that became null,
    `byte_size` is that of the table as UTF-8 CSV. Numbers that JSON lacks (NaN, infinity) are left out of every measure.
    """
    rows = polars.scan_parquet(table).select(polars.len()).collect().item()
    step = -(-rows // EXACT_ROWS) or 1
    columns = []
    for index, (column, facts) in enumerate(_columns(table, rows, step)):
        field = fields[index]
        about = {"name": column.name, "label": labels[index] if index < len(labels) else column.name}
        about |= {"type": field.get("type", "any"), "format": field.get("format", "default")}
        missing = rows - facts["count"] - invalid[index]
        counts = {"count": facts["count"], "missing": missing, "invalid": invalid[index]}
        measures = measured(column, facts if step > 1 else None, detailed=index < DETAILED)
        columns.append({**about, **counts, **measures})
    told = {
        "version": 1, "rows": rows, "duplicates": _duplicates(table, rows, columns), "byte_size": byte_size,
        "exact": step == 1, "columns": columns,
    }  # fmt: skip
    (table.parent / PROFILE).write_text(json.dumps(told, ensure_ascii=False, allow_nan=False), "utf-8")
    yield {"name": PROFILE, "media_type": "application/json", "rows": rows}


def _columns(table: Path, rows: int, step: int) -> Iterator[tuple[polars.Series, dict[str, Any]]]:
    """Yield each column (every `step`-th row of it) with what is counted over all rows."""
    scan = polars.scan_parquet(table)
    names = scan.collect_schema().names()
    at_once = max(1, min(_COLUMNS_AT_ONCE, _CELLS_AT_ONCE // (rows or 1)))
    for start in range(0, len(names), at_once):
        chosen = scan.select(polars.nth(range(start, min(start + at_once, len(names)))))
        if step == 1:
            for column in chosen.collect():
                yield column, {"count": len(column) - column.null_count()}
        else:
            for name in chosen.collect_schema().names():
                yield _sampled(scan.select(polars.col([name])), step)


def _sampled(scan: polars.LazyFrame, step: int) -> tuple[polars.Series, dict[str, Any]]:
    every = polars.all()
    column = scan.gather_every(step).collect(engine="streaming").to_series()
    asked = {"count": every.count(), "distinct": every.approx_n_unique()}
    if column.dtype.is_numeric() or column.dtype.is_temporal():
        finite = every.filter(every.is_finite()) if column.dtype.is_float() else every
        asked |= {"min": finite.min(), "max": finite.max()}
        if column.dtype.is_numeric():
            asked |= {"mean": finite.mean(), "std": finite.std()}
    facts = {name: scan.select(one).collect(engine="streaming").item() for name, one in asked.items()}
    return column, facts


def _duplicates(table: Path, rows: int, columns: Sequence[Mapping[str, Any]]) -> int | None:
    """Return how many rows repeat an earlier one (told by 64-bit hashes); None where that costs too much."""
    if any(column["distinct"] == rows and column["distinct_exact"] for column in columns):
        return 0
    if rows * len(columns) > LIMITS.cells:
        return None
    hashes = numpy.zeros(rows, numpy.uint64)
    for column, _ in _columns(table, rows, 1):
        hashes = hashes * _ODD ^ column.hash().to_numpy()
    return rows - polars.Series(hashes).n_unique()
