"""Parquet of a table, with the types of its schema; cells that the schema refuses become null and are counted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import polars
from frictionless import Schema

from catalog.records import PARQUET
from catalog.tables.cells import blocks, frame_of, no_rows
from catalog.tables.copying import Copy
from catalog.tables.screen.tokens import Records
from catalog.tables.values import Column
from catalog.tables.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A table as Parquet at `path`; `invalid` counts by column the cells that the schema refuses, which became null."""

    path: Path
    rows: int
    invalid: tuple[int, ...]
    notes: tuple[str, ...] = ()

    @property
    def made(self) -> dict[str, Any]:
        """Return the values of the Derivative."""
        return {"name": self.path.name, "rows": self.rows, "nulled": sum(self.invalid)}


class Misfit(Exception):
    """Why no Parquet can be made of a table, as a sentence."""


Look = Callable[[polars.DataFrame], object]


def make_parquet(copy: Copy, schema: Mapping[str, Any], folder: Path, look: Look = lambda frame: None) -> Converted:
    """Write PARQUET into `folder`, with the names and types of the schema's fields; `look` sees each block of texts once.

    Raises Misfit.
    """
    making = Making(copy, schema, folder)
    making.read(look)
    return making.made()


class Making:
    """The Parquet of a table that is handed over block by block; see `make_parquet`. Raises Misfit."""

    def __init__(self, copy: Copy, schema: Mapping[str, Any], folder: Path, look: Look = lambda frame: None) -> None:
        _check_columns(copy.labels, [str(field["name"]) for field in schema["fields"]])
        self._copy, self._schema, self._path = copy, schema, folder / PARQUET
        self._fields = Schema.from_descriptor(dict(schema)).fields
        self._begin(look, list(map(Column, self._fields)))

    def _begin(self, look: Look, columns: list[Column]) -> None:
        self._look, self._columns, self._writer = look, columns, Writer(self._path, self._schema)

    def read(self, look: Look) -> None:
        """Take all rows of the copy, and forget those that were taken before."""
        self._writer.close()
        self._begin(look, list(map(Column, self._fields)))
        for frame in blocks(self._copy, len(self._columns)):
            self.take(frame)

    def watch(self, records: Records, sure: Sequence[polars.Series | None]) -> None:
        """Take a block that a screen has read, with what it knows of the texts."""
        frame = frame_of(records, len(self._columns))
        self.take(frame, sure if frame.height == records.count and not records.odd else None)

    def take(self, frame: polars.DataFrame, sure: Sequence[polars.Series | None] | None = None) -> None:
        """Take the next rows; once a column is unfit they are only looked at."""
        self._look(frame)
        known = sure or [None] * len(self._columns)
        typed = [column.typed(texts, one) for column, texts, one in zip(self._columns, frame, known, strict=True)]
        if not any(column.unfit for column in self._columns):
            self._writer.add(polars.DataFrame(typed))

    def made(self) -> Converted:
        """Finish the file. Where a value did not fit the storage of its column, the table is read again."""
        self.take(no_rows(len(self._columns)))
        self._writer.close()
        if any(column.unfit for column in self._columns):
            self._again()
        invalid = tuple(column.invalid for column in self._columns)
        notes = tuple(_notes(self._columns))
        return Converted(path=self._path, rows=self._writer.rows, invalid=invalid, notes=notes)

    def _again(self) -> None:
        for frame in blocks(self._copy, len(self._columns)):
            for texts, column in zip(frame, self._columns, strict=True):
                if column.unfit:
                    column.survey(texts)
        for column in self._columns:
            column.settle()
        self._begin(lambda frame: None, self._columns)
        for frame in chain(blocks(self._copy, len(self._columns)), [no_rows(len(self._columns))]):
            self.take(frame)
        self._writer.close()


def _check_columns(labels: Sequence[str], names: Sequence[str]) -> None:
    if len(labels) != len(names):
        raise Misfit(
            f"No Parquet was made, since the table has {len(labels):,} columns and its schema {len(names):,} fields; "
            "declare one field for each column."
        )
    places = {name: place for place, name in enumerate(names)}
    for place, label in enumerate(labels):
        if label != names[place] and labels[places.get(label, place)] != label:
            raise Misfit(
                f"No Parquet was made, since column {label!r} stands elsewhere in the schema; "
                "declare the fields in the order of the columns."
            )


def _notes(columns: Sequence[Column]) -> Iterator[str]:
    if nulled := sum(column.invalid for column in columns):
        where = _listed([column.field.name for column in columns if column.invalid])
        yield f"{nulled:,} invalid cells are null in Parquet, in {where}."
    if rounded := [column.field.name for column in columns if column.rounded]:
        yield f"Numbers of more digits than Parquet can hold are rounded, in {_listed(rounded)}."


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    return ("column " if len(names) == 1 else "columns ") + ", ".join(map(repr, names[:5])) + more
