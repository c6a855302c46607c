"""`filters`, `q` and `sort` of CKAN's datastore, read into conditions and orders."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from catalog.errors import Invalid
from catalog.tables.query.literals import expected, read_value
from catalog.tables.query.page import Kind
from catalog.tables.query.table import Table
from catalog.tables.query.tree import ROW, And, Comparison, Condition, Membership, Missing, Or, Order, Value
from catalog.tables.query.where import DEPTH, ORDERS, TERMS
from web.api.ckan.base import invalid
from web.api.ckan.resources import ID

LETTERS = 1_000
"""Letters of an order at most."""
_SIGNS = {"eq": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_JOINS: Mapping[str, type[And | Or]] = {"$and": And, "$or": Or}
_SORT = re.compile(
    r"""\s*(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^",]+?))(?:\s+(?P<way>asc|desc))?(?:\s+nulls\s+last)?\s*(?:,|\Z)""",
    re.IGNORECASE,
)


def conditions(filters: Mapping[str, Any], table: Table, depth: int = 0) -> Iterator[Condition]:
    """Yield the conditions of an object: a value, a list of values, or ranges such as `{"gt": 5}` for each column.

    `$and` and `$or` hold lists of such objects. Raises Refused.
    """
    if depth > DEPTH or len(filters) > TERMS:
        raise invalid(filters=f"At most {TERMS} values and {DEPTH} levels can be asked for")
    for name, value in filters.items():
        if name in _JOINS and isinstance(value, list) and all(isinstance(part, dict) for part in value):
            parts = tuple(And(tuple(conditions(part, table, depth + 1))) for part in value if part)
            if parts:
                yield _JOINS[name](parts)
        else:
            yield from _column(name.replace("$$", "$", 1) if name.startswith("$$") else name, value, table)


def _column(name: str, value: Any, table: Table) -> Iterator[Condition]:
    column, kind = _known(name, table, "filters")
    if isinstance(value, dict):
        for sign, limit in value.items():
            if sign not in _SIGNS:
                raise invalid(filters=f'"{sign[:40]}" is none of {", ".join(_SIGNS)}')
            yield Comparison(column, _SIGNS[sign], _value(column, kind, limit))
    elif isinstance(value, list):
        if not 1 <= len(value) <= TERMS:
            raise invalid(filters=f"A list of 1 to {TERMS} values can be asked for")
        given = tuple(_value(column, kind, one) for one in value if one is not None)
        among: list[Condition] = [Membership(column, given)] if given else []
        yield Or((*among, *([Missing(column)] if None in value else [])))
    else:
        yield Missing(column) if value is None else Comparison(column, "=", _value(column, kind, value))


def _value(column: str, kind: Kind, given: Any) -> Value:
    text = str(given).lower() if isinstance(given, bool) else str(given)
    value = read_value(kind, text) if isinstance(given, str | int | float) else None
    if value is None:
        raise invalid(filters=f'Expected {expected(kind)} for the column "{column or ID}", found {text[:40]!r}')
    return value - 1 if column == ROW and isinstance(value, int) else value


def _known(name: str, table: Table, parameter: str) -> tuple[str, Kind]:
    if name == ID and ID not in table.named:
        return ROW, Kind.INTEGER
    if name not in table.named:
        raise invalid(**{parameter: f'field "{name[:100]}" not in table'})
    return name, table.named[name].kind


def searches(given: Any, table: Table) -> list[Condition]:
    """Return the conditions of `q`: words anywhere in the texts, or an object of words by column; raises Refused."""
    words = given if isinstance(given, dict) else {"": "" if given is None else given}
    found: list[Condition] = []
    for name, text in list(words.items())[:TERMS]:
        if not isinstance(text, str | int | float):
            raise invalid(q="Must be a text, or an object of texts by field")
        columns = (_known(name, table, "q")[0],) if name else ()
        try:
            found += table.search(str(text).removesuffix(":*"), columns)
        except Invalid as error:
            raise invalid(q=str(error)) from None
    return found


def orders(text: str, table: Table) -> tuple[Order, ...]:
    """Return the orders of `a, "b c" desc nulls last`; raises Refused."""
    found, place = list[Order](), 0
    while place < len(text.rstrip()):
        match = _SORT.match(text, place)
        if not match or len(found) == ORDERS or len(text) > LETTERS:
            raise invalid(sort=f"Expected at most {ORDERS} fields as in `name, other desc nulls last`, at {text[place:][:40]!r}")
        name = match["bare"] if match["quoted"] is None else match["quoted"].replace('""', '"')
        found.append(Order(_known(name, table, "sort")[0], (match["way"] or "").lower() == "desc"))
        place = match.end()
    return tuple(found)
