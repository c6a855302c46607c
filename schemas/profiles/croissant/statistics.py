"""Statistics of tables and columns as Croissant annotations, typed by Wikidata and by DDI's list of summary statistics."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

MAX_COLUMNS = 200
"""Wider tables are described without the statistics of each column, so that the document stays readable for programs."""
_ROWS = "wd:Q4049983"
_KINDS = (
    ("count", "ddi-stats:c646dd8", ""),
    ("missing", "ddi-stats:6459c62", ""),
    ("min", "ddi-stats:a1d0ec6", "sc:minValue"),
    ("max", "ddi-stats:8321e79", "sc:maxValue"),
    ("mean", "ddi-stats:7975ed0", ""),
    ("median", "ddi-stats:66851a3", "sc:median"),
    ("std", "ddi-stats:690ab50", ""),
)
"""What a profile says of a column, its term (valid and invalid cases, minimum, maximum …), and schema.org's property."""


def row_count(place: str, rows: int) -> dict[str, Any]:
    """Return the number of records as an annotation of a RecordSet; `place` is its own id."""
    return _annotation(place, "rows", rows, _ROWS, "")


def by_column(statistics: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return what a profile says of each column, by its name; nothing of a table that is too wide."""
    columns = statistics.get("columns", [])
    return {column["name"]: column for column in columns} if len(columns) <= MAX_COLUMNS else {}


def of_column(place: str, column: Mapping[str, Any], data_type: str) -> Iterator[dict[str, Any]]:
    """Yield the annotations of a field; `place` is its id."""
    values = dict(column)
    values["median"] = (column.get("quantiles") or {}).get("0.5")
    values["missing"] = (column.get("missing") or 0) + (column.get("invalid") or 0)
    for name, kind, same in _KINDS:
        value = values.get(name)
        if value is not None and (not isinstance(value, float) or isfinite(value)):
            yield _annotation(f"{place}/{name}", name, value, kind, same, data_type)


def _annotation(place: str, name: str, value: Any, kind: str, same: str, data_type: str = "sc:Text") -> dict[str, Any]:
    atom = "sc:Integer" if isinstance(value, int) else "sc:Float" if isinstance(value, float) else data_type
    made = {"@type": "cr:Field", "@id": place, "name": name, "dataType": [atom, kind], "value": value}
    return made | ({"equivalentProperty": same} if same else {})
