"""Columns and rows in the words of the library `datasets`."""

from collections.abc import Iterable
from typing import Any

from catalog.tables.query.page import Column, Kind, Row, RowPage

_DTYPES = {
    Kind.INTEGER: "int64", Kind.NUMBER: "float64", Kind.DECIMAL: "string", Kind.BOOLEAN: "bool", Kind.DATE: "date32",
    Kind.DATETIME: "timestamp[us]", Kind.TIME: "time64[us]", Kind.TEXT: "string", Kind.OTHER: "string",
}  # fmt: skip


def feature(column: Column) -> dict[str, Any]:
    """Return the feature type of a column; decimals are texts, since a float would lose digits."""
    return {"dtype": _DTYPES[column.kind], "_type": "Value"}


def features(columns: Iterable[Column]) -> list[dict[str, Any]]:
    """Return columns as a list of features."""
    return [{"feature_idx": place, "name": one.name, "type": feature(one)} for place, one in enumerate(columns)]


def rows(page: RowPage) -> list[dict[str, Any]]:
    """Return the rows of a page."""
    names = [column.name for column in page.columns]
    return [_row(names, row) for row in page.rows]


def _row(names: list[str], row: Row) -> dict[str, Any]:
    return {"row_idx": row.number, "row": dict(zip(names, row.values, strict=True)), "truncated_cells": list(row.cut)}
