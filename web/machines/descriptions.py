"""`/dataset/<name>/resource/<file>/openapi.json`: OpenAPI 3.1 of one table, its columns with their types, codes and units."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response

from catalog.tables.query.page import Column, Kind
from catalog.tables.query.service import LENGTH, MOST, OFFSET
from catalog.tables.query.table import Table
from catalog.tables.query.writing import FORMS, Form
from schemas.texts import pick
from web.catalog import catalog, current_actor
from web.machines.exports import base_url, conditional, write_context
from web.machines.selections import PARAMETERS
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("descriptions", __name__), Lets.BYTES)
_TYPES: Mapping[Kind, Mapping[str, Any]] = {
    Kind.INTEGER: {"type": ["integer", "null"], "format": "int64"}, Kind.NUMBER: {"type": ["number", "null"], "format": "double"},
    Kind.DECIMAL: {"type": ["string", "null"], "format": "decimal"}, Kind.BOOLEAN: {"type": ["boolean", "null"]},
    Kind.DATE: {"type": ["string", "null"], "format": "date"}, Kind.DATETIME: {"type": ["string", "null"]},
    Kind.TIME: {"type": ["string", "null"]}, Kind.TEXT: {"type": ["string", "null"]}, Kind.OTHER: {},
}  # fmt: skip
_LIMITS = {Kind.INTEGER: ("minimum", "maximum"), Kind.NUMBER: ("minimum", "maximum"), Kind.TEXT: ("minLength", "maxLength")}
"""Constraints of Table Schema that JSON Schema calls alike, where a value of the kind is."""


@blueprint.get("/dataset/<name>/resource/<distribution>/openapi.json")
def table(name: str, distribution: str) -> Response:
    """Describe the rows of a table."""
    found = catalog().rows.table(current_actor(), name, distribution)
    title = pick(catalog().reading.entry(current_actor(), name).dataset.title, write_context().language).words
    body = json.dumps(_document(found, title or name), ensure_ascii=False, default=str)
    return conditional(Response(body, mimetype="application/vnd.oai.openapi+json"))


def _document(table: Table, title: str) -> dict[str, Any]:
    page = f"/dataset/{table.dataset}/resource/{quote(table.file.distribution, safe='')}"
    files = {f"{page}/rows.{ending}": {"get": _file(ending, form)} for ending, form in FORMS.items()}
    parameters = {name: _parameter(name, about, table) for name, about in PARAMETERS.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": table.made.sha256[:12], "description": f"Rows of {base_url()}{page}"},
        "servers": [{"url": base_url()}],
        "paths": {**files, "/api/viewer/filter": {"get": _viewer(table)}},
        "components": {"schemas": {"Row": _row(table.columns)}, "parameters": parameters},
    }


def _file(ending: str, form: Form) -> dict[str, Any]:
    rows = {"type": "array", "items": {"$ref": "#/components/schemas/Row"}} if ending == "json" else {}
    refused = {"description": "A parameter cannot be used, or the selection is too large; the answer says which and what to do"}
    return {
        "operationId": f"rows_{ending}", "summary": f"At most {MOST:,} rows as {form.title}",
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in PARAMETERS],
        "responses": {
            "200": {"description": "Rows", "content": {form.media_type.partition(";")[0]: {"schema": rows}}}, "400": refused,
        },
    }  # fmt: skip


def _parameter(name: str, about: str, table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if name == "columns":
        schema = {"type": "array", "items": {"type": "string", "enum": list(table.named)}}
    if name == "split":
        schema["enum"] = list(table.parts)
    return {"name": name, "in": "query", "description": about, "schema": schema, "style": "form", "explode": False}


def _viewer(table: Table) -> dict[str, Any]:
    fixed = {"dataset": [table.dataset], "config": [table.file.distribution], "split": list(table.parts)}
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "query", "required": True, "schema": {"type": "string", "enum": values}}
        for name, values in fixed.items()
    ]
    parameters += [{"$ref": f"#/components/parameters/{name}"} for name in ("where", "orderby")]
    parameters += [
        {"name": name, "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": most, "default": default}}
        for name, default, most in (("offset", 0, OFFSET), ("length", LENGTH, LENGTH))
    ]
    row = {"type": "object", "properties": {"row_idx": {"type": "integer"}, "row": {"$ref": "#/components/schemas/Row"}}}
    page = {"type": "object", "properties": {"rows": {"type": "array", "items": row}, "num_rows_total": {"type": "integer"}}}
    return {
        "operationId": "filter", "parameters": parameters,
        "summary": "A page of rows as the Hugging Face dataset viewer gives it",
        "responses": {"200": {"description": "Rows", "content": {"application/json": {"schema": page}}},
                      "422": {"description": "A parameter cannot be used; the answer says where it goes wrong"}},
    }  # fmt: skip


def _row(columns: tuple[Column, ...]) -> dict[str, Any]:
    return {"type": "object", "properties": {column.name: _cell(column) for column in columns}, "additionalProperties": False}


def _cell(column: Column) -> dict[str, Any]:
    """Return the JSON Schema of a cell; `x-unit` is the unit, `x-codes` what codes mean."""
    field, language = column.field, write_context().language
    codes = {category.value: pick(category.label, language).words for category in field.categories}
    listed = list(field.constraints.get("enum") or ()) if column.kind is Kind.TEXT else []
    limits = {
        name: value for name in _LIMITS.get(column.kind, ()) if isinstance(value := field.constraints.get(name), int | float)
    }
    told = {
        "title": pick(field.title, language).words, "description": pick(field.description, language).words,
        "enum": [*listed, None] if listed else None, "x-unit": field.unit, "x-codes": codes,
    }  # fmt: skip
    return {**_TYPES[column.kind], **limits, **{name: value for name, value in told.items() if value}}
