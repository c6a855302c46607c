"""What a question about rows is answered with."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from schemas.table import Field


class Kind(StrEnum):
    """What the values of a stored column are, whatever its declared type."""

    INTEGER = "integer"
    NUMBER = "number"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is stored: `field` describes it, `kind` is what its values are. Names are those of Parquet."""

    field: Field
    kind: Kind

    @property
    def name(self) -> str:
        """Return the name that questions use."""
        return self.field.name


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `number` counts from 0 in the whole table, `values` stand in the order of the columns, ready for JSON.

    Dates and times are ISO 8601 texts, decimals texts with all digits, NaN and infinities None. `cut` names shortened texts.
    """

    number: int
    values: tuple[Any, ...]
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some rows of a table. `total` counts all that match; `truncated` tells that less rows than asked for fit a page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int
    offset: int
    truncated: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the columns' descriptions."""
        return tuple(column.field for column in self.columns)
