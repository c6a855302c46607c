"""Which columns of a profile are quantities, which are categories, and whether enough of them are described as such."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from catalog.quality.base import Result, Status
from catalog.quality.evidence import Evidence
from schemas.table import Field

_NO_QUANTITY = re.compile(
    r"(^|[_\W])(id|ids|uuid|code|kod|nr|no|num|number|index|year|jyl|god|month|day|hour|lat|lon|lng|latitude|longitude|x|y|zip|postcode|"
    r"iin|bin|phone|ид|код|номер|год|месяц|день|жыл|ай|күн)($|[_\W])", re.IGNORECASE
)  # fmt: skip
_MOST_CLASSES, _LEAST_ROWS = 20, 5
"""A column of texts is one of categories when it has few values, each of which comes often enough."""
ENOUGH = 0.8
"""Share of them that must be described."""
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


def described(
    evidence: Evidence, asked: Callable[[Columns], list[str]], holds: Callable[[Field], bool]
) -> Iterator[Result]:  # fmt: skip
    """Yield for each table whether `holds` is true of the fields of enough of the columns that are asked for."""
    for at, one, file in evidence.tables():
        fields = one.table_schema.fields if one.table_schema else ()
        good = {field.name for field in fields if holds(field)}
        named = asked((file.profile or {}).get("columns", ()))
        without = [name for name in named if name not in good]
        values = {"count": len(named) - len(without), "of": len(named), "columns": ", ".join(without)[:200]}
        enough = len(without) <= (1 - ENOUGH) * len(named)
        if named:
            yield Result(Status.PASS if enough else Status.FAIL, f"/distribution/{at}/table_schema", "share", values, at)


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", "_", name)
