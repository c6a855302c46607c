"""The reasons why Frictionless reads a table whole; sentences for the file's page."""

from pathlib import Path

from frictionless import Field, Schema

_SAMPLE = 100
"""Records in which Frictionless looks for the header."""


def reason_by_size(path: Path, fewest: int) -> str:
    """Return a reason when the file has so few lines that Frictionless is as fast; else an empty text."""
    lines = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 16):
            lines += piece.count(b"\n")
            if lines >= fewest:
                return ""
    return "The table is small."


def reason_by_schema(schema: Schema, delimiter: str, header: int) -> str:
    """Return a reason that lies in the schema or the dialect, else an empty text."""
    if schema.primary_key:
        return "The schema has a primary key."
    if schema.foreign_keys:
        return "The schema has foreign keys."
    if len(delimiter) != 1 or not (delimiter == "\t" or " " <= delimiter <= "~") or delimiter == '"':
        return "The delimiter is uncommon."
    if header >= _SAMPLE:
        return "The header stands too far down."
    return ""


def reason_by_fields(fields: list[Field], labels: list[str]) -> str:
    """Return a reason that lies in the fields that Frictionless expects, else an empty text."""
    if not labels:
        return "The table has no header."
    if len({field.name for field in fields}) < len(fields):
        return "Several fields have the same name."
    if len(fields) != len(labels):
        return "Labels and fields differ in number."
    if odd := [field.name for field in fields if field.constraints.get("unique") and field.type != "integer"]:
        return f"The column {odd[0]!r} is unique but holds no integers."
    return ""
