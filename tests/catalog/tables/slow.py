"""A table converted cell by cell with Frictionless' readers: slow and plain, to compare with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from decimal import Decimal
from typing import Any

from frictionless import Schema

from catalog.tables.copying import Copy


@dataclass(slots=True)
class Slow:
    """One column: `values` as Parquet should give them back, None where there is none; `invalid` counts wrong cells."""

    values: list[Any] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)
    invalid: int = 0


def converted(copy: Copy, schema: Mapping[str, Any]) -> list[Slow]:
    """Return the columns of a table."""
    fields = Schema.from_descriptor(dict(schema)).fields
    readers = [one.create_cell_reader() for one in fields]
    columns = [Slow() for _ in fields]
    records = copy.records()
    next(records, None)
    for record in filter(any, records):
        for index, (column, reader) in enumerate(zip(columns, readers, strict=True)):
            text = record[index] if index < len(record) else None
            value, wrong = _read(reader, text)
            column.invalid += wrong
            column.values.append(None if wrong else value)
            column.texts.append(None if wrong or value is None else text)
    for one, column in zip(fields, columns, strict=True):
        column.values = _STORED.get(one.type, _texts)(column)
    return columns


def _read(reader: Any, text: str | None) -> tuple[Any, bool]:
    try:
        value, notes = reader(text)
    except Exception:
        return None, True
    return value, bool(notes)


def _texts(column: Slow) -> Sequence[Any]:
    return column.texts


def _integers(column: Slow) -> Sequence[Any]:
    known = [value for value in column.values if value is not None]
    if all(-(2**63) <= value < 2**63 for value in known):
        return column.values
    return _mapped(column, Decimal) if all(abs(value) < 10**38 for value in known) else column.texts


def _numbers(column: Slow) -> Sequence[Any]:
    known = [value for value in column.values if value is not None]
    if not any(isinstance(value, Decimal) and _loses(value) for value in known):
        return _mapped(column, _float)
    if not all(value.is_finite() for value in known):
        return _mapped(column, _float)
    scale = max(0, *(-value.as_tuple().exponent for value in known))
    return column.values if all(value.copy_abs() < Decimal(10) ** (38 - scale) for value in known) else _mapped(column, _float)


def _loses(value: Decimal) -> bool:
    digits = len(value.as_tuple().digits)
    return value.is_finite() and digits > 15 and Decimal(f"{float(value):.{digits - 1}e}") != value


def _float(value: Any) -> float:
    return float("nan") if isinstance(value, Decimal) and value.is_nan() else float(value)


def _datetimes(column: Slow) -> Sequence[Any]:
    zones = {value.tzinfo is not None for value in column.values if value is not None}
    if zones == {True}:
        try:
            return _mapped(column, lambda value: value.astimezone(UTC))
        except OverflowError:
            return column.texts
    return column.texts if len(zones) == 2 else column.values


def _times(column: Slow) -> Sequence[Any]:
    return column.texts if any(value is not None and value.tzinfo for value in column.values) else column.values


def _mapped(column: Slow, change: Any) -> list[Any]:
    return [None if value is None else change(value) for value in column.values]


def _as_they_are(column: Slow) -> Sequence[Any]:
    return column.values


_STORED = {
    "integer": _integers, "number": _numbers, "datetime": _datetimes, "time": _times, "date": _as_they_are,
    "boolean": _as_they_are, "year": _as_they_are,
}  # fmt: skip
