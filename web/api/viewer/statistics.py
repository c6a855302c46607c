"""Stored statistics in the words of the Hub: https://huggingface.co/docs/dataset-viewer/statistics."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Column = Mapping[str, Any]


def statistics(profile: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what is known of each column; `nan_count` counts cells without a valid value."""
    for column in profile["columns"]:
        kind = _kind(column)
        absent = (column.get("missing") or 0) + (column.get("invalid") or 0)
        told = {"nan_count": absent, "nan_proportion": _proportion(absent, profile["rows"]), **_TOLD[kind](column)}
        yield {"column_name": column["name"], "column_type": kind, "column_statistics": told}


def _kind(column: Column) -> str:
    kind = _KINDS.get(column["type"], "string_text")
    if kind == "string_text" and column.get("distinct") and len(column.get("top") or ()) == column["distinct"]:
        return "string_label"  # all its values are known with their counts
    return kind


def _numbers(column: Column) -> dict[str, Any]:
    found, histogram = column.get("quantiles") or {}, column.get("histogram")
    bins = {"hist": histogram["counts"], "bin_edges": histogram["edges"]} if histogram else None
    named = {name: column.get(name) for name in ("min", "max", "mean")}
    return {**named, "median": found.get("0.5"), "std": column.get("std"), "histogram": bins}


def _lengths(column: Column) -> dict[str, Any]:
    found = column.get("lengths") or {}
    named = {name: found.get(name) for name in ("min", "max", "mean")}
    return {**named, "median": None, "std": None, "histogram": None}


def _labels(column: Column) -> dict[str, Any]:
    frequencies = {entry["value"]: entry["count"] for entry in column["top"]}
    return {"no_label_count": 0, "no_label_proportion": 0.0, "n_unique": column["distinct"], "frequencies": frequencies}


def _truths(column: Column) -> dict[str, Any]:
    return {"frequencies": {str(entry["value"]).capitalize(): entry["count"] for entry in column.get("top") or ()}}


def _proportion(part: int, rows: int) -> float:
    return round(part / rows, 5) if rows else 0.0


_KINDS = {
    "integer": "int", "year": "int", "number": "float", "boolean": "bool", "date": "datetime", "datetime": "datetime",
}  # fmt: skip
_TOLD: dict[str, Callable[[Column], dict[str, Any]]] = {
    "int": _numbers, "float": _numbers, "datetime": _numbers, "bool": _truths, "string_label": _labels, "string_text": _lengths,
}  # fmt: skip
