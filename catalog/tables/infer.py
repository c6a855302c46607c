"""Types of columns from their texts: a type is given only when every value has it; doubt keeps text."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

_INTEGER = re.compile(r"[+-]?(0|[1-9]\d{0,17})", re.ASCII)
_NUMBER = re.compile(r"[+-]?((0|[1-9]\d*)(\.\d+)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_COMMA = re.compile(r"[+-]?(0|[1-9]\d*),\d+|[+-]?(0|[1-9]\d*)", re.ASCII)
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_DATETIME = re.compile(_DATE.pattern + r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ?", re.ASCII)
_BOOLEAN = re.compile(r"true|false|True|False|TRUE|FALSE", re.ASCII)

_TYPES: tuple[tuple[re.Pattern[str], dict[str, Any]], ...] = (
    (_INTEGER, {"type": "integer"}),
    (_NUMBER, {"type": "number"}),
    (_COMMA, {"type": "number", "decimalChar": ","}),
    (_DATE, {"type": "date"}),
    (_DATETIME, {"type": "datetime"}),
    (_BOOLEAN, {"type": "boolean"}),
)


def infer_schema(labels: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, Any]:
    """Return a Table Schema descriptor for the labels, from all the rows. A column may have rare exceptions (under 2 %,
    in at least 50 values): these are errors of the file, not another type."""
    fits = [[0] * len(_TYPES) for _ in labels]
    filled = [0] * len(labels)
    for row in rows:
        for column, cell in enumerate(row[: len(labels)]):
            if cell:
                filled[column] += 1
                for index, (pattern, _) in enumerate(_TYPES):
                    if pattern.fullmatch(cell):
                        fits[column][index] += 1
    names = _distinct(labels)
    fields = [{"name": name, **_best(fits[i], filled[i])} for i, name in enumerate(names)]
    return {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": fields, "missingValues": [""]}


def _best(fits: list[int], filled: int) -> dict[str, Any]:
    if filled:
        for count, (_, field) in zip(fits, _TYPES, strict=True):
            if count == filled or (filled >= 50 and count >= filled * 0.98):
                return field
    return {"type": "string"}


def _distinct(labels: Sequence[str]) -> list[str]:
    names: list[str] = []
    for index, label in enumerate(labels, 1):
        name = label.strip() or f"field{index}"
        names.append(name if name not in names else f"{name}{index}")
    return names
