"""Parquet of a table, with the types of its schema; cells that the schema refuses become null and are counted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import polars
from frictionless import Schema

from catalog.records import PARQUET
from catalog.tables.cells import blocks, no_rows
from catalog.tables.copying import Copy
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
    _check_columns(copy.labels, [str(field["name"]) for field in schema["fields"]])
    columns = [Column(field) for field in Schema.from_descriptor(dict(schema)).fields]
    rows = _written(copy, schema, columns, folder / PARQUET, look)
    if unfit := [index for index, column in enumerate(columns) if column.unfit]:
        for frame in blocks(copy, len(columns)):
            for index in unfit:
                columns[index].survey(frame.to_series(index))
        for column in columns:
            column.settle()
        rows = _written(copy, schema, columns, folder / PARQUET, lambda frame: None)
    invalid = tuple(column.invalid for column in columns)
    return Converted(path=folder / PARQUET, rows=rows, invalid=invalid, notes=tuple(_notes(columns)))


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


def _written(copy: Copy, schema: Mapping[str, Any], columns: Sequence[Column], path: Path, look: Look) -> int:
    """Write all rows and return their number; once a column is unfit the rest is only looked at."""
    with Writer(path, schema) as writer:
        for frame in chain(blocks(copy, len(columns)), [no_rows(len(columns))]):
            look(frame)
            typed = [column.typed(texts) for column, texts in zip(columns, frame, strict=True)]
            if not any(column.unfit for column in columns):
                writer.add(polars.DataFrame(typed))
    return writer.rows


def _notes(columns: Sequence[Column]) -> Iterator[str]:
    if nulled := sum(column.invalid for column in columns):
        where = _listed([column.field.name for column in columns if column.invalid])
        yield f"{nulled:,} invalid cells are null in Parquet, in {where}."
    if rounded := [column.field.name for column in columns if column.rounded]:
        yield f"Numbers of more digits than Parquet can hold are rounded, in {_listed(rounded)}."


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    return ("column " if len(names) == 1 else "columns ") + ", ".join(map(repr, names[:5])) + more
