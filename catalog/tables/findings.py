"""What is worth telling about a table beside Frictionless' report: it accepts some things that mislead readers."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from frictionless import FrictionlessException, Schema

from catalog.tables.conventions import conventions
from catalog.tables.oddities import endings, oddities

_DATES = frozenset({"date", "datetime", "time"})


def schema_fault(schema: Mapping[str, Any]) -> str:
    """Return what keeps a schema from being used, as a sentence; empty when nothing does."""
    fields = schema.get("fields")
    for field in fields if isinstance(fields, list) else ():
        if isinstance(field, dict) and field.get("type") in _DATES and field.get("format") == "any":
            # Frictionless fills what such a cell does not say from today's date
            name = field.get("name")
            return f"Column {name!r} has the format `any`, which guesses dates; declare the pattern, such as %d.%m.%Y."
    try:
        Schema.from_descriptor(dict(schema))
    except FrictionlessException as error:
        notes = "; ".join(str(reason.note) for reason in error.reasons or [error.error])
        return f"The declared table schema is wrong ({notes[:300]}); correct it by the Table Schema standard."
    return ""


def findings(
    copy: Path, report: Mapping[str, Any], schema: Mapping[str, Any], labels: Sequence[str], delimiter: str
) -> Iterator[str]:
    """Yield notes about the UTF-8 copy of a table."""
    declared = {field["name"].casefold(): field["name"] for field in schema["fields"]}
    for label in labels:
        name = declared.get(label.casefold(), label)
        if name != label and any(error["type"] == "incorrect-label" for error in _errors(report)):
            yield f"Column {label!r} differs from {name!r} of the schema only in capital letters."
    yield from _loose_patterns(schema)
    quotes, notes = oddities(copy, delimiter)
    if quotes % 2 and (line := _open_quote(copy, delimiter)):
        yield f"A quote opened in line {line} is never closed and takes in the rest of the file; close it, or double it in texts."
    else:
        yield from endings(copy, delimiter, len(labels))
    yield from notes
    yield from conventions(copy, schema["fields"], labels, delimiter)


def _errors(report: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for task in report.get("tasks", ()):
        yield from task.get("errors", ())


def _loose_patterns(schema: Mapping[str, Any]) -> Iterator[str]:
    for field in schema["fields"]:
        pattern = (field.get("constraints") or {}).get("pattern")
        if isinstance(pattern, str) and _open_alternation(pattern):
            what = f"The pattern {pattern!r} of column {field['name']!r} ties its ends only to its first and last alternative"
            yield f"{what}; write ({pattern})."


def _open_alternation(pattern: str) -> bool:
    """Tell whether `|` stands outside every group and class."""
    depth, within, escaped = 0, False, False
    for sign in pattern:
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif within:
            within = sign != "]"
        elif sign == "|" and depth == 0:
            return True
        else:
            within = sign == "["
            depth += (sign == "(") - (sign == ")")
    return False


def _open_quote(copy: Path, delimiter: str) -> int:
    """Return the line where the last record begins if it spans lines up to the end of the file, else 0."""
    with copy.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        begins = before = 0
        for _ in reader:
            begins, before = before + 1, reader.line_num
        return begins if before > begins else 0
