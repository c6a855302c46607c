"""Cells as JSON can carry them, and pages that stay small whatever the cells hold."""

import math
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from catalog.tables.query.page import Row

CELL = 10_000
"""Characters of a cell that a page shows at most."""
PAGE = 2 * 2**20
"""Characters of a page at most, about; texts are cut shorter until a page fits, then rows are left for the next one."""
SHORTER = (1_000, 100)


def plain(value: Any) -> Any:
    """Return a cell as JSON carries it without loss: ISO 8601 for times, text for decimals, None for NaN and infinities."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return _structure(value)


def _structure(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.total_seconds() if isinstance(value, timedelta) else str(value)


def fitted(names: Sequence[str], numbered: Iterable[tuple[int, Sequence[Any]]]) -> tuple[tuple[Row, ...], bool]:
    """Return rows that fit a page, with long cells cut and named, and whether rows had to be left out at the end."""
    cells = [(number, tuple(map(plain, values))) for number, values in numbered]
    rows: list[Row] = []
    for limit in (CELL, *SHORTER):
        rows = [_cut(names, number, values, limit) for number, values in cells]
        if sum(map(_size, rows)) <= PAGE:
            return tuple(rows), False
    return _first(rows), True


def _cut(names: Sequence[str], number: int, values: tuple[Any, ...], limit: int) -> Row:
    long = [index for index, value in enumerate(values) if isinstance(value, str) and len(value) > limit]
    if not long:
        return Row(number, values)
    short = tuple(value[:limit] if index in long else value for index, value in enumerate(values))
    return Row(number, short, tuple(names[index] for index in long))


def _first(rows: list[Row]) -> tuple[Row, ...]:
    left, kept = PAGE, 0
    while kept < len(rows) and left > 0:
        left -= _size(rows[kept])
        kept += 1
    return tuple(rows[: max(1, kept - (left < 0))])


def _size(row: Row) -> int:
    return sum(len(value) + 16 if isinstance(value, str) else 16 for value in row.values)
