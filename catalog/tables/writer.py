"""Writes typed columns as Parquet in small row groups, with page index, statistics and what is known of the columns."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import polars
import pyarrow
from pyarrow import parquet

ROW_GROUP = 10_000
"""Rows of a group: small ones make `/rows` quick."""
_GROUP_BYTES = 64 * 2**20
_ABOUT = ("title", "description", "unit", "type", "format", "rdfType")
_TYPES = {pyarrow.large_string(): pyarrow.string(), pyarrow.time64("ns"): pyarrow.time64("us")}


class Writer:
    """A Parquet file at `path`, with a column for every field of `schema`; its types are those of the first frame.

    The metadata of a column holds what its field says (title, description, unit, …), that of the file the `tableSchema`.
    """

    def __init__(self, path: Path, schema: Mapping[str, Any]) -> None:
        self.rows = 0
        self._path, self._about = path, schema
        self._waiting: list[polars.DataFrame] = []
        self._file: parquet.ParquetWriter | None = None

    def add(self, frame: polars.DataFrame) -> None:
        """Take rows; whole groups are written at once."""
        self.rows += frame.height
        self._waiting.append(frame)
        while sum(one.height for one in self._waiting) >= ROW_GROUP:
            self._write(ROW_GROUP)
        if sum(one.estimated_size() for one in self._waiting) > _GROUP_BYTES:
            self._write(ROW_GROUP)

    def _write(self, most: int) -> None:
        frame = polars.concat(self._waiting)
        self._waiting = [frame.slice(most)] if frame.height > most else []
        group = frame.head(most)
        file = self._file = self._file or self._opened(group)
        columns = [column.to_arrow().cast(field.type) for column, field in zip(group, file.schema, strict=True)]
        file.write_table(pyarrow.Table.from_arrays(columns, schema=file.schema))

    def _opened(self, first: polars.DataFrame) -> parquet.ParquetWriter:
        fields = [_field(*one) for one in zip(first.dtypes, self._about["fields"], strict=True)]
        few = [field.name for field, column in zip(fields, first, strict=True) if column.n_unique() * 4 <= len(column)]
        about = {"tableSchema": json.dumps(self._about, ensure_ascii=False)}
        return parquet.ParquetWriter(
            self._path, pyarrow.schema(fields, about), compression="zstd", compression_level=3, write_page_index=True,
            use_dictionary=few,
        )  # fmt: skip

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Finish the file unless something failed."""
        if kind is None:
            self.close()
        elif self._file is not None:
            self._file.close()

    def close(self) -> None:
        """Write what waits, and the foot of the file."""
        if self._waiting and (self._file is None or any(one.height for one in self._waiting)):
            self._write(ROW_GROUP)
        if self._file is not None:
            self._file.close()


def _field(kind: polars.DataType, about: Mapping[str, Any]) -> pyarrow.Field:
    found = polars.Series([], dtype=kind).to_arrow().type
    told = {key: about[key] if isinstance(about[key], str) else json.dumps(about[key]) for key in _ABOUT if about.get(key)}
    return pyarrow.field(about["name"], _TYPES.get(found, found), metadata=told)
