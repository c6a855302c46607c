"""Selections of rows as files: CSV, JSON, JSON Lines and Parquet, piece by piece."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any

from catalog.tables.query.page import Column
from catalog.tables.query.values import plain

Columns = tuple[Column, ...]
Batches = Iterable[list[tuple[Any, ...]]]
"""Rows as DuckDB gives them, many at a time."""
PIECE, MEMORY = 2**18, 16 * 2**20
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?%?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Form:
    """One form: `write(columns, batches, schema)` yields its bytes, given the Arrow schema of the columns."""

    title: str
    media_type: str
    write: Callable[[Columns, Batches, Any], Iterator[bytes]]


def harmless(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before `= + - @`, but not before numbers."""
    risky = isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if risky else cell


def _csv(columns: Columns, batches: Batches, schema: Any) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(column.name) for column in columns])
    for batch in batches:
        writer.writerows(map(_cells, plain(columns, batch)))
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


def _cells(row: tuple[Any, ...]) -> list[Any]:
    return [_dumped(value) if isinstance(value, bool | list | dict) else harmless(value) for value in row]


def _lines(columns: Columns, batches: Batches, schema: Any) -> Iterator[bytes]:
    for batch in batches:
        yield "".join(f"{row}\n" for row in _objects(columns, batch)).encode()


def _json(columns: Columns, batches: Batches, schema: Any) -> Iterator[bytes]:
    begin = b"["
    for batch in batches:
        yield begin + b"\n" + ",\n".join(_objects(columns, batch)).encode()
        begin = b","
    yield b"\n]\n" if begin == b"," else b"[]\n"


def _objects(columns: Columns, batch: list[tuple[Any, ...]]) -> Iterator[str]:
    names = [column.name for column in columns]
    for row in plain(columns, batch):
        yield _dumped(dict(zip(names, row, strict=True)))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _parquet(columns: Columns, batches: Batches, schema: Any) -> Iterator[bytes]:
    import pyarrow
    from pyarrow import parquet

    with SpooledTemporaryFile(MEMORY) as file:
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            for batch in batches:
                values = zip(*batch, strict=True)
                writer.write_batch(pyarrow.record_batch(list(map(pyarrow.array, values, schema.types)), schema=schema))
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


FORMS: Mapping[str, Form] = {
    "csv": Form("CSV", "text/csv; charset=utf-8", _csv),
    "json": Form("JSON", "application/json", _json),
    "jsonl": Form("JSON Lines", "application/jsonl", _lines),
    "parquet": Form("Parquet", "application/vnd.apache.parquet", _parquet),
}
"""Forms by the ending of their addresses."""
