"""Table Schema of Data Package v2 in both directions; what its validator would refuse is left to the extension."""

from collections.abc import Mapping
from typing import Any

from schemas.profiles.base import Document
from schemas.profiles.reading import objects
from schemas.profiles.words import language_map
from schemas.texts import pick

_ORDERED = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum"})
_SIZED = frozenset({"minLength", "maxLength", "enum"})
_ANY = frozenset({"enum"})
_CONSTRAINTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("any", "boolean", "duration", "geojson", "geopoint"), _ANY), "string": _SIZED | {"pattern"},
    **dict.fromkeys(("array", "object"), _SIZED), "list": _SIZED - _ANY,
    **dict.fromkeys(("date", "datetime", "time", "integer", "number", "year", "yearmonth"), _ORDERED),
}  # fmt: skip
"""The types of columns, with what may be demanded of their values beside `required` and `unique`."""
_FORMATS = {
    "string": frozenset({"default", "email", "uri", "binary", "uuid"}), "geopoint": frozenset({"default", "array", "object"}),
    "geojson": frozenset({"default", "topojson"}),
}  # fmt: skip
_KINDS: dict[str, type | tuple[type, ...]] = {
    "required": bool, "unique": bool, "pattern": str, "enum": list, "minLength": int, "maxLength": int, "bareNumber": bool,
    "decimalChar": str, "groupChar": str, "trueValues": list, "falseValues": list, "delimiter": str,
}  # fmt: skip
_ITEM_TYPES = frozenset({"string", "integer", "boolean", "number", "datetime", "date", "time"})
_KEYS = frozenset(
    {"name", "type", "format", "title", "description", "constraints", "example", "rdfType", "unit", "categories", "missingValues"}
)
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def write_table(table: Mapping[str, Any], language: str) -> Document:
    """Return a table schema document as Table Schema; empty where its columns do not have names of their own."""
    fields = table.get("fields", [])
    names = {field["name"] for field in fields}
    if not fields or len(names) < len(fields):
        return {}
    made: Document = {"fields": [_write_field(field, language) for field in fields]}
    made |= {"primaryKey": _known(table.get("primary_key"), names), "missingValues": table.get("missing_values")}
    made["uniqueKeys"] = [key for key in table.get("unique_keys", []) if _known(key, names)]
    made["foreignKeys"] = [key for key in table.get("foreign_keys", []) if _is_foreign_key(key, names)]
    return _said(made)


def read_table(schema: Any, language: str) -> Document | None:
    """Return Table Schema, of version 1 or 2, as a table schema document; None where it names no columns."""
    if not isinstance(schema, Mapping):
        return None
    fields = [_read_field(item, language) for item in objects(schema.get("fields")) if item.get("name") not in _EMPTY]
    found = {
        "fields": fields, "primary_key": _texts(schema.get("primaryKey")),
        "missing_values": _missing(schema.get("missingValues")),
        "unique_keys": [_texts(key) for key in schema["uniqueKeys"]] if isinstance(schema.get("uniqueKeys"), list) else [],
        "foreign_keys": [_foreign_key(key) for key in objects(schema.get("foreignKeys"))],
    }  # fmt: skip
    return _said(found) if fields else None


def _write_field(field: Mapping[str, Any], language: str) -> Document:
    kind = str(field.get("type", "any"))
    kind = kind if kind in _CONSTRAINTS else "any"
    form = field.get("format", "default")
    made = {key: value for key, value in field.get("options", {}).items() if key not in _KEYS and _fits(key, value)}
    made |= {"name": field["name"], "type": kind, "format": form if form in _FORMATS.get(kind, (form,)) else "default"}
    made["title"] = pick(field.get("title", {}), language).words
    made["description"] = pick(field.get("description", {}), language).words
    made |= {"unit": field.get("unit"), "rdfType": field.get("rdf_type"), "missingValues": field.get("missing_values")}
    made["example"] = field.get("example") if kind in ("string", "any") and made["format"] == "default" else None
    allowed = _CONSTRAINTS[kind] | {"required", "unique"}
    made["constraints"] = {k: v for k, v in field.get("constraints", {}).items() if k in allowed and _fits(k, v)}
    codes = field.get("categories", [])
    made["categories"] = [{"value": c["value"], "label": pick(c.get("label", {}), language).words or c["value"]} for c in codes]
    return _said(made)


def _read_field(item: Mapping[str, Any], language: str) -> Document:
    categories = item.get("categories") if isinstance(item.get("categories"), list) else []
    return _said({
        "name": str(item["name"]), "type": str(item.get("type") or "any"), "format": str(item.get("format") or "default"),
        "title": language_map(item.get("title"), language), "description": language_map(item.get("description"), language),
        "unit": str(item.get("unit") or ""), "rdf_type": str(item.get("rdfType") or ""),
        "example": str(item.get("example") or ""),
        "constraints": dict(item["constraints"]) if isinstance(item.get("constraints"), Mapping) else None,
        "missing_values": _missing(item.get("missingValues")),
        "categories": [_category(c, language) for c in categories or []],
        "options": {str(key): value for key, value in item.items() if key not in _KEYS},
    })  # fmt: skip


def _category(value: Any, language: str) -> Document:
    if isinstance(value, Mapping):
        return {"value": str(value.get("value", "")), "label": language_map(value.get("label"), language)}
    return {"value": str(value)}


def _missing(values: Any) -> list[str]:
    """Return missing values; version 2 may give each with a label."""
    entries = values if isinstance(values, list) else []
    found = [entry.get("value") if isinstance(entry, Mapping) else entry for entry in entries]
    return list(dict.fromkeys(str(value) for value in found if value is not None))


def _foreign_key(key: Mapping[str, Any]) -> Document:
    """Return a foreign key with lists of columns; version 1 allows a single name, and leaves the own table unnamed."""
    reference = key.get("reference")
    if not isinstance(reference, Mapping):
        return dict(key)
    there = {"resource": "", **reference, "fields": _texts(reference.get("fields"))}
    return {**key, "fields": _texts(key.get("fields")), "reference": there}


def _is_foreign_key(key: Mapping[str, Any], names: set[str]) -> bool:
    reference = key.get("reference")
    whole = isinstance(reference, Mapping) and isinstance(reference.get("resource"), str)
    return bool(whole and isinstance(reference.get("fields"), list) and _known(key.get("fields"), names))  # type: ignore[union-attr]


def _known(columns: Any, names: set[str]) -> list[str]:
    """Return the columns when all of them exist."""
    return columns if isinstance(columns, list) and all(isinstance(one, str) and one in names for one in columns) else []


def _fits(key: str, value: Any) -> bool:
    kind = _KINDS.get(key)
    if key == "itemType":
        return isinstance(value, str) and value in _ITEM_TYPES
    return kind is None or (isinstance(value, kind) and (kind is not int or not isinstance(value, bool)))


def _texts(value: Any) -> list[str]:
    return [str(one) for one in (value if isinstance(value, list) else [value]) if one not in _EMPTY]


def _said(made: Mapping[str, Any]) -> Document:
    return {key: value for key, value in made.items() if value not in _EMPTY}
