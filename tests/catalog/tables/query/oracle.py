"""What filters mean, told once more in plain Python: three-valued logic over rows of values."""

from decimal import Decimal
from math import isnan
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from catalog.tables.query.tree import And, Comparison, Condition, Membership, Missing, Not, Order

Row = dict[str, Any]


def holds(condition: Condition, row: Row) -> bool | None:
    """Tell whether a row passes: None where nothing can be said."""
    if isinstance(condition, Comparison):
        return compared(row[condition.column], condition.operator, condition.value)
    if isinstance(condition, Membership):
        return _any([compared(row[condition.column], "=", value) for value in condition.values])
    if isinstance(condition, Missing):
        return row[condition.column] is None
    if isinstance(condition, Not):
        inner = holds(condition.part, row)
        return None if inner is None else not inner
    parts = [holds(part, row) for part in condition.parts]
    return _all(parts) if isinstance(condition, And) else _any(parts)


def ordered(rows: list[tuple[int, Row]], orders: tuple[Order, ...]) -> list[tuple[int, Row]]:
    """Return numbered rows in an order; what is missing comes last, equal ones as they stood."""
    found = sorted(rows, key=lambda row: row[0])
    for order in reversed(orders):
        given = [row for row in found if row[1][order.column] is not None]
        missing = [row for row in found if row[1][order.column] is None]
        found = [*sorted(given, key=lambda row: _key(row[1][order.column]), reverse=order.descending), *missing]
    return found


def compared(have: Any, operator: str, value: Any) -> bool | None:
    """Compare as the filter does; NaN is equal to itself and above all numbers."""
    if have is None:
        return None
    one, other = _key(have), _key(value)
    return bool({"=": eq, "<>": ne, ">": gt, ">=": ge, "<": lt, "<=": le}[operator](one, other))


def _key(value: Any) -> Any:
    if isinstance(value, float):
        return (1, 0.0) if isnan(value) else (0, value)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _any(parts: list[bool | None]) -> bool | None:
    return True if True in parts else None if None in parts else False


def _all(parts: list[bool | None]) -> bool | None:
    return False if False in parts else None if None in parts else True
