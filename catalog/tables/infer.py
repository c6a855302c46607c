"""Types of columns from their texts: a type is given only when every value has it; doubt keeps text."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

import polars

_INTEGER = r"[+-]?(0|[1-9][0-9]{0,17})"
_NUMBER = r"[+-]?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
_COMMA = r"[+-]?(0|[1-9][0-9]*),[0-9]+|[+-]?(0|[1-9][0-9]*)"
_DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_DATETIME = _DATE + r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z?"
_BOOLEAN = r"true|false|True|False|TRUE|FALSE"

_TYPES: tuple[tuple[str, dict[str, Any]], ...] = (
    (_INTEGER, {"type": "integer"}),
    (_NUMBER, {"type": "number"}),
    (_COMMA, {"type": "number", "decimalChar": ","}),
    (_DATE, {"type": "date"}),
    (_DATETIME, {"type": "datetime"}),
    (_BOOLEAN, {"type": "boolean"}),
)
_APART = ((0,), (1, 2), (3,), (4,), (5,))
"""Types that may share texts stand together. What an earlier group took no later one has, but integers are numbers too."""


def infer_schema(labels: Sequence[str], blocks: Iterable[polars.DataFrame]) -> dict[str, Any]:
    """Return a Table Schema descriptor for the labels, from all the rows (columns of texts, as `cells.blocks` gives them).

    A column may have rare exceptions (under 2 %, in at least 50 values): these are errors of the file, not another type.
    """
    fits = [[0] * len(_TYPES) for _ in labels]
    filled = [0] * len(labels)
    for block in blocks:
        for column, texts in enumerate(block):
            values = texts.filter(texts.str.len_bytes() > 0)
            filled[column] += len(values)
            _count(values, fits[column])
    names = _distinct(labels)
    fields = [{"name": name, **_best(fits[i], filled[i])} for i, name in enumerate(names)]
    return {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": fields, "missingValues": [""]}


def _count(values: polars.Series, fits: list[int]) -> None:
    """Add to each type how many values have it; each is only looked for among those that no earlier one took."""
    for types in _APART:
        if values.is_empty():
            return
        masks = [values.str.contains(f"^(?:{_TYPES[index][0]})$") for index in types]
        for index, mask in zip(types, masks, strict=True):
            fits[index] += int(mask.sum())
        values = values.filter(~reduce(or_, masks))


def _best(fits: list[int], filled: int) -> dict[str, Any]:
    if filled:
        integers, number, comma, *others = fits
        fits = [integers, integers + number, integers + comma, *others]
        for count, (_, field) in zip(fits, _TYPES, strict=True):
            if count == filled or (filled >= 50 and count >= filled * 0.98):
                return field
    return {"type": "string"}


def _distinct(labels: Sequence[str]) -> list[str]:
    """Return names of columns in which each stands once; those that come again get their number."""
    names: dict[str, None] = {}
    for index, label in enumerate(labels, 1):
        name = label.strip() or f"field{index}"
        while name in names:
            name += str(index)
        names[name] = None
    return list(names)
