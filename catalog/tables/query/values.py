"""Cells as JSON can carry them, and pages that stay small whatever the cells hold."""

import math
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any

from catalog.tables.query.page import Column, Kind, Row

CELL = 10_000
"""Characters of a cell that a page shows at most."""
PAGE = 2 * 2**20
"""Characters of a page at most, about; texts are cut shorter until a page fits, then rows are left for the next one."""
SHORTER = (1_000, 100)
_ENDLESS = frozenset({Kind.TEXT, Kind.DECIMAL, Kind.OTHER})
"""Kinds of columns whose cells may be long texts."""
Values = Sequence[Any]


def plain(columns: Sequence[Column], rows: Iterable[Values]) -> Iterator[tuple[Any, ...]]:
    """Yield rows as JSON carries them without loss: ISO 8601 for times, text for decimals, None for NaN and infinities."""
    odd = [(place, _PLAIN[column.kind]) for place, column in enumerate(columns) if column.kind in _PLAIN]
    for row in rows:
        cells = list(row)
        for place, told in odd:
            if cells[place] is not None:
                cells[place] = told(cells[place])
        yield tuple(cells)


def fitted(
    columns: Sequence[Column], numbered: Iterable[tuple[int, Values]], page: int = PAGE, *, short: bool = True
) -> tuple[tuple[Row, ...], bool]:
    """Return rows that fit a page, with long cells cut and named, and whether rows had to be left out at the end.

    Without `short`, cells are not cut below CELL to fit more rows.
    """
    found = list(numbered)
    cells = plain(columns, (values for _, values in found))
    rows = whole = [Row(number, values) for (number, _), values in zip(found, cells, strict=True)]
    texts = {place: column.name for place, column in enumerate(columns) if column.kind in _ENDLESS}
    for limit in (CELL, *SHORTER) if short else (CELL,):
        rows = [_cut(texts, row, limit) for row in whole]
        sizes = [_size(texts, row) for row in rows]
        if sum(sizes) <= page:
            return tuple(rows), False
    kept = sum(1 for end in accumulate(sizes) if end <= page)
    return tuple(rows[: max(1, kept)]), True


def _cut(texts: Mapping[int, str], row: Row, limit: int) -> Row:
    long = {place: name for place, name in texts.items() if isinstance(row.values[place], str) and len(row.values[place]) > limit}
    if not long:
        return row
    short = tuple(value[:limit] if place in long else value for place, value in enumerate(row.values))
    return Row(row.number, short, tuple(long.values()))


def _size(texts: Iterable[int], row: Row) -> int:
    """Return how many characters a row takes, about: those of its texts, and sixteen for each cell."""
    return sum([len(value) for place in texts if isinstance(value := row.values[place], str)]) + 16 * len(row.values)


def _structure(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _structure(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_structure(item) for item in value]
    return value if value is None or isinstance(value, str | bool | int) else _single(value)


def _single(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


_PLAIN: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: lambda value: value if math.isfinite(value) else None, Kind.DECIMAL: lambda value: format(value, "f"),
    Kind.DATE: lambda value: value.isoformat(), Kind.DATETIME: lambda value: value.isoformat(),
    Kind.TIME: lambda value: value.isoformat(), Kind.OTHER: _structure,
}  # fmt: skip
