"""Columns as Croissant Fields, typed by what the Parquet really holds; code lists as RecordSets with their rows inside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.profiles.croissant.context import Ids, filled, language_map
from schemas.profiles.croissant.statistics import of_column
from schemas.table import Category, Field
from schemas.texts import pick

MAX_CODES = 1000
_TYPES = {
    "integer": "sc:Integer", "year": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date",
    "datetime": "sc:DateTime",
}  # fmt: skip
"""Types of Table Schema that the Parquet holds as such; every other column is text there."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of one RecordSet, by column name: their ids, their statistics, the fields that they refer to.

    `file` is the id of the FileObject that they are read from.
    """

    places: Mapping[str, str]
    file: str
    statistics: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)

    def write(self, column: Field) -> dict[str, Any]:
        """Return a column as a Field; its own name, in whatever script, stands under `extract`."""
        place = self.places[column.name]
        kind = data_type(column)
        made: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": place,
            "name": language_map(column.title) or column.name,
            "description": _description(column),
            "dataType": [kind, column.rdf_type] if ":" in column.rdf_type and " " not in column.rdf_type else kind,
            "source": {"fileObject": {"@id": self.file}, "extract": {"column": column.name}},
        }
        if column.name in self.references:
            made["references"] = {"field": {"@id": self.references[column.name]}}
        if column.name in self.statistics:
            made["annotation"] = list(of_column(place, self.statistics[column.name], kind))
        return filled(made)


def data_type(column: Field) -> str:
    """Return the atomic type of a column."""
    if column.type == "string" and column.format == "uri":
        return "sc:URL"
    return _TYPES.get(column.type, "sc:Text")


def enumeration(column: Field, record_set: str, ids: Ids, language: str) -> dict[str, Any] | None:
    """Return the code list of a text column as a RecordSet (sc:Enumeration); None where it has none."""
    codes = list({code.value: code for code in _codes(column)}.values())
    if not codes or len(codes) > MAX_CODES or data_type(column) != "sc:Text":
        return None
    place = ids.take(column.name, under=f"{record_set}.", otherwise="codes")
    value, name = ids.take("value", under=f"{place}/"), ids.take("name", under=f"{place}/")
    return {
        "@type": "cr:RecordSet",
        "@id": place,
        "name": language_map(column.title) or column.name,
        "dataType": "sc:Enumeration",
        "key": {"@id": value},
        "field": [{"@type": "cr:Field", "@id": one, "name": words, "dataType": "sc:Text"} for one, words in (
            (value, "value"), (name, "name"),
        )],
        "data": [{value: code.value, name: pick(code.label, language).words or code.value} for code in codes],
    }  # fmt: skip


def _codes(column: Field) -> list[Category]:
    allowed = column.constraints.get("enum")
    listed = [Category(value=one) for one in allowed if isinstance(one, str)] if isinstance(allowed, list) else []
    return list(column.categories) or listed


def _description(column: Field) -> dict[str, str]:
    """Return what is said of a column, with its unit."""
    said = language_map(column.description)
    if not column.unit:
        return said
    return {code: f"{words} ({column.unit})" for code, words in said.items()} or {"und": column.unit}
