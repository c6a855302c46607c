"""Which columns of a profile are quantities, and which are categories: what units and code lists are asked for."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

_NO_QUANTITY = re.compile(
    r"(^|[_\W])(id|ids|uuid|code|kod|nr|no|num|number|index|year|jyl|god|month|day|hour|lat|lon|lng|latitude|longitude|x|y|zip|postcode|"
    r"iin|bin|phone|ид|код|номер|год|месяц|день|жыл|ай|күн)($|[_\W])", re.IGNORECASE
)  # fmt: skip
_MOST_CLASSES, _LEAST_ROWS = 20, 5
"""A column of texts is one of categories when it has few values, each of which comes often enough."""
Columns = Iterable[Mapping[str, Any]]


def quantities(columns: Columns) -> list[str]:
    """Return the names of columns of numbers that count or measure something."""
    return [
        one["name"] for one in columns
        if one.get("type") in ("integer", "number") and not _NO_QUANTITY.search(_spaced(one["name"]))
    ]  # fmt: skip


def categories(columns: Columns) -> list[str]:
    """Return the names of columns of texts with few values that repeat."""
    return [
        one["name"] for one in columns
        if one.get("type") in ("string", "any") and 1 < (one.get("distinct") or 0) <= _MOST_CLASSES
        and (one.get("count") or 0) >= _LEAST_ROWS * one["distinct"]
    ]  # fmt: skip


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", "_", name)
