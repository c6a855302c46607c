"""Which columns refer to columns of other tables: foreign keys that mlcroissant can follow, and code lists.

A reference stands only where one column refers to one unique column of the same type in another table of the dataset, and
where no table refers to itself by way of others: mlcroissant reads tables in the order of their references.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from schemas.identifiers import slug
from schemas.profiles.croissant.fields import data_type
from schemas.profiles.published import PublishedTable
from schemas.table import TableSchema

Target = tuple[str, str]
"""A table and a column of it."""


def foreign_references(tables: Mapping[str, PublishedTable]) -> dict[Target, Target]:
    """Return for each referring column the column it refers to."""
    found: dict[Target, Target] = {}
    edges: dict[str, set[str]] = {}
    for key, table in tables.items():
        for column, target in _stated(key, table, tables):
            if key not in _reached(target[0], edges):
                found.setdefault((key, column), target)
                edges.setdefault(key, set()).add(target[0])
    return found


def _stated(key: str, table: PublishedTable, tables: Mapping[str, PublishedTable]) -> Iterator[tuple[str, Target]]:
    for foreign in table.schema.foreign_keys:
        reference: Any = foreign.get("reference") or {}
        ours, theirs = _single(foreign.get("fields")), _single(reference.get("fields"))
        there = _named(reference.get("resource"), tables)
        if there and there != key and _fits(table, ours, tables[there], theirs):
            yield ours, (there, theirs)


def _named(resource: Any, tables: Mapping[str, PublishedTable]) -> str:
    return next((key for key in tables if resource and resource in (key, slug(key))), "")


def _single(columns: Any) -> str:
    """Return the column of a key of one, empty for any other."""
    return str(columns[0]) if isinstance(columns, list) and len(columns) == 1 else ""


def _fits(table: PublishedTable, column: str, other: PublishedTable, target: str) -> bool:
    own = next((one for one in table.schema.fields if one.name == column), None)
    theirs = next((one for one in other.schema.fields if one.name == target), None)
    return bool(own and theirs and data_type(own) == data_type(theirs) and _is_unique(other.schema, target))


def _is_unique(schema: TableSchema, column: str) -> bool:
    marked = any(one.name == column and one.constraints.get("unique") for one in schema.fields)
    return marked or schema.primary_key == (column,) or (column,) in schema.unique_keys


def _reached(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    """Return every table that is reached from one, itself included."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += edges.get(one, ())
    return found
