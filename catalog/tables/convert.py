"""Parquet of a table, with the types of its schema; cells that the schema refuses become null and are counted."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow
from frictionless import Schema
from pyarrow import parquet

from catalog.records import PARQUET
from catalog.tables.copying import Copy

ROW_GROUP = 10_000
"""Rows of a group: small ones make `/rows` quick."""
_TYPES = {
    "integer": pyarrow.int64(), "number": pyarrow.float64(), "boolean": pyarrow.bool_(), "date": pyarrow.date32(),
    "datetime": pyarrow.timestamp("us"), "year": pyarrow.int64(),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A table as Parquet at `path`; `invalid` counts by column the cells that the schema refuses, which became null."""

    path: Path
    rows: int
    invalid: tuple[int, ...]

    @property
    def made(self) -> dict[str, Any]:
        """Return the values of the Derivative."""
        return {"name": self.path.name, "rows": self.rows, "nulled": sum(self.invalid)}


def make_parquet(copy: Copy, schema: dict[str, Any], folder: Path) -> Converted:
    """Write PARQUET into `folder`."""
    fields = Schema.from_descriptor(schema).fields
    readers = [field.create_cell_reader() for field in fields]
    kinds = [_TYPES.get(field.type, pyarrow.string()) for field in fields]
    columns: list[list[Any]] = [[] for _ in fields]
    invalid = [0] * len(fields)
    records = copy.records()
    next(records, None)
    for record in records:
        if not any(record):
            continue
        for index, reader in enumerate(readers):
            value, notes = reader(record[index] if index < len(record) else None)
            invalid[index] += bool(notes)
            columns[index].append(None if notes or value is None else _plain(value, kinds[index]))
    arrays = [pyarrow.array(values, kind) for values, kind in zip(columns, kinds, strict=True)]
    table = pyarrow.table(arrays, names=[field.name for field in fields])
    parquet.write_table(table, folder / PARQUET, compression="zstd", row_group_size=ROW_GROUP, write_page_index=True)
    return Converted(path=folder / PARQUET, rows=table.num_rows, invalid=tuple(invalid))


def _plain(value: Any, kind: pyarrow.DataType) -> Any:
    if pyarrow.types.is_string(kind):
        return str(value)
    return float(value) if pyarrow.types.is_floating(kind) else value
