"""Questions about rows as frozen values: what is read out of texts, before any engine sees it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from catalog.tables.query.page import Column

Value = str | int | float | bool | Decimal | date | datetime | time


ROW = ""
"""The column that stands for the number of a row, from 0."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A column against a value of its own kind; `operator` is one of = <> > >= < <=. No value: neither true nor false."""

    column: str
    operator: str
    value: Value


@dataclass(frozen=True, slots=True)
class Membership:
    """A column among values."""

    column: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A column without a value."""

    column: str


@dataclass(frozen=True, slots=True)
class Contains:
    """Columns of which one holds a word, in any case."""

    columns: tuple[str, ...]
    word: str


@dataclass(frozen=True, slots=True)
class Not:
    """What is not so; of what is neither true nor false it is neither."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """Conditions that all hold."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Conditions of which one holds."""

    parts: "tuple[Condition, ...]"


Condition = Comparison | Membership | Missing | Contains | Not | And | Or


def together(*conditions: "Condition | None") -> "Condition | None":
    """Return what holds where all of the conditions hold that are given."""
    parts = tuple(condition for condition in conditions if condition is not None)
    return parts[0] if len(parts) == 1 else And(parts) if parts else None


@dataclass(frozen=True, slots=True)
class Order:
    """A column to sort by; what is missing comes last either way."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which rows, in which order, and which of their columns.

    `distinct` keeps the first of the rows that are equal in `columns`.
    """

    columns: tuple[Column, ...]
    where: Condition | None = None
    order: tuple[Order, ...] = ()
    distinct: bool = False

    @property
    def everything(self) -> bool:
        """Tell whether all rows are meant, as they stand."""
        return not (self.where or self.order or self.distinct)
