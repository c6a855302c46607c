"""The tables that we made, as resources of a Data Package: Parquet with the types that it really holds."""

from typing import Any

from schemas.forms.derive import form_for
from schemas.profiles.base import WriteContext
from schemas.profiles.datapackage_tables import write_table
from schemas.profiles.published import PublishedTable

MEDIA_TYPE = "application/vnd.apache.parquet"
_TYPES = {name: name for name in ("integer", "number", "boolean", "date", "datetime")} | {"year": "integer"}
"""Types of columns in Parquet; every other column is text there."""
_TOLD = ("name", "title", "description", "unit", "rdf_type")


def parquet_resource(table: PublishedTable, name: str, context: WriteContext) -> dict[str, Any]:
    """Return the resource; without `bytes`, since Frictionless counts none in Parquet and would find them wrong."""
    document = form_for(type(table.schema)).dump(table.schema)
    gaps = {one["name"] for one in table.statistics.get("columns", []) if one.get("missing") or one.get("invalid")}
    fields = [{**{key: one[key] for key in _TOLD if one.get(key)}, "type": _type(one, gaps)} for one in document["fields"]]
    made = {
        "name": name, "path": table.parquet.url, "format": "parquet", "mediatype": MEDIA_TYPE,
        "hash": f"sha256:{table.parquet.sha256}",
    }  # fmt: skip
    schema = write_table({"fields": fields}, context.language)
    return made | ({"type": "table", "schema": schema} if schema else {})


def _type(field: dict[str, Any], gaps: set[str]) -> str:
    """Return the type of a column; whole numbers with gaps are numbers, since Frictionless reads every gap as NaN."""
    found = _TYPES.get(field.get("type", ""), "string")
    return "number" if found == "integer" and field["name"] in gaps else found
