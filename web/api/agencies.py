"""`/api/v1/agencies`: publishing bodies."""

from typing import Any

from flask import jsonify
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from schemas.forms import dump_agency
from web.api.paging import cursor, place
from web.catalog import catalog
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("api_agencies", __name__, url_prefix="/api/v1/agencies", description="Agencies"), Lets.METADATA)


class Paging(Schema):
    """Limits of a page."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="")


class AgencyDocument(Schema):
    """An agency (foaf:Agent)."""

    name = fields.String(required=True)
    title = fields.Dict(keys=fields.String(), values=fields.String())


class Page(Schema):
    """A page of a listing."""

    total = fields.Integer()
    items = fields.List(fields.Dict())
    next = fields.String(allow_none=True)


@blueprint.get("")
@blueprint.arguments(Paging, location="query")
@blueprint.response(200, Page)
def agencies(query: dict[str, Any]) -> dict[str, Any]:
    """Agencies by name, each with its number of datasets."""
    found = catalog().reading.agencies(place(query["cursor"], ""), query["limit"] + 1)
    shown = found[: query["limit"]]
    return {
        "total": catalog().reading.counts().agencies,
        "items": [{**dump_agency(agency), "datasets": count} for agency, count in shown],
        "next": cursor(shown[-1][0].name) if len(found) > len(shown) else None,
    }


@blueprint.get("/<name>")
@blueprint.response(200, AgencyDocument)
@blueprint.alt_response(404, description="There is no such agency")
def agency(name: str) -> Any:
    """One agency."""
    return jsonify(dump_agency(catalog().reading.agency(name)))
