"""The filters that links ask for, in the grammar of the rows API (`catalog.tables.query`): `"year" >= 2020 AND "year" < 2025`."""

import json
from typing import Any

from schemas.table import Field

_BARE = frozenset({"integer", "number", "year", "boolean"})


def between(field: Field, low: Any, high: Any, *, last: bool) -> str:
    """Return the filter for the values of one bar; only the last bar holds its upper edge."""
    name = quoted(field.name)
    return f"{name} >= {_literal(low)} AND {name} {'<=' if last else '<'} {_literal(high)}"


def equals(field: Field, value: Any) -> str:
    """Return the filter for one value, given as text."""
    return f"{quoted(field.name)} = {str(value).lower() if field.type in _BARE else _literal(str(value))}"


def absent(field: Field) -> str:
    """Return the filter for rows without a value."""
    return f"{quoted(field.name)} IS NULL"


def quoted(name: str) -> str:
    """Return a column's name as filters and orders write it."""
    return '"' + name.replace('"', '""') + '"'


def _literal(value: Any) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else json.dumps(value)
