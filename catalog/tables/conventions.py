"""How numbers are written: group signs in odd places, point and comma mixed, options that Frictionless ignores."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

_POINT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)\.\d+", re.ASCII)
_COMMA = re.compile(r"[+-]?(\d{1,3}([. \u00a0]\d{3})+|\d+),\d+", re.ASCII)
_LOOKED_AT = 10_000
"""Rows that are looked at for mixed conventions."""


def conventions(copy: Path, fields: Sequence[Mapping[str, Any]], labels: Sequence[str], delimiter: str) -> Iterator[str]:
    """Yield notes about the numbers of a table."""
    for field in fields:
        if field.get("type") == "integer" and field.get("groupChar"):
            yield f"Column {field['name']!r} is an integer, for which `groupChar` is ignored; declare it as number."
    pairs = list(enumerate(fields[: len(labels)]))
    grouped = {index: _shape(field) for index, field in pairs if field.get("type") == "number" and field.get("groupChar")}
    texts = [index for index, field in pairs if field.get("type") == "string"]
    if grouped:
        yield from _odd_groups(copy, delimiter, fields, grouped)
    if texts:
        yield from _mixed(copy, delimiter, fields, texts)


def _rows(copy: Path, delimiter: str, most: int | None = None) -> Iterator[list[str]]:
    with copy.open(encoding="utf-8", newline="") as file:
        yield from islice(csv.reader(file, delimiter=delimiter), 1, most)


def _shape(field: Mapping[str, Any]) -> tuple[str, re.Pattern[str]]:
    group, decimal = str(field["groupChar"]), str(field.get("decimalChar") or ".")
    digits = rf"\d{{1,3}}({re.escape(group)}\d{{3}})*({re.escape(decimal)}\d+)?"
    return group, re.compile(rf"[^\d{re.escape(group)}]*{digits}\D*", re.ASCII)


def _odd_groups(
    copy: Path, delimiter: str, fields: Sequence[Mapping[str, Any]], grouped: Mapping[int, tuple[str, re.Pattern[str]]]
) -> Iterator[str]:
    """Yield columns whose group signs do not part thousands; Frictionless drops them wherever they stand."""
    counts, examples = dict.fromkeys(grouped, 0), dict.fromkeys(grouped, "")
    for row in _rows(copy, delimiter):
        for index, (group, shape) in grouped.items():
            cell = row[index].strip() if index < len(row) else ""
            if group in cell and any(map(str.isdigit, cell)) and not shape.fullmatch(cell):
                counts[index] += 1
                examples[index] = examples[index] or cell[:40]
    for index, count in counts.items():
        if count:
            name, group = fields[index]["name"], grouped[index][0]
            what = f"Column {name!r}: in {count:,} values {group!r} does not part thousands, such as {examples[index]!r}"
            yield f"{what}; correct them."


def _mixed(copy: Path, delimiter: str, fields: Sequence[Mapping[str, Any]], texts: Sequence[int]) -> Iterator[str]:
    rows = list(_rows(copy, delimiter, _LOOKED_AT))
    for index in texts:
        cells = [cell for row in rows if index < len(row) and (cell := row[index].strip())]
        points = [cell for cell in cells if _POINT.fullmatch(cell)]
        commas = [cell for cell in cells if _COMMA.fullmatch(cell)]
        if points and commas and (len(points) + len(commas)) * 2 >= len(cells):
            name = fields[index]["name"]
            yield f"Column {name!r} mixes decimal point and comma ({points[0][:40]!r}, {commas[0][:40]!r}); write one of them."
