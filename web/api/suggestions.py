"""`/api/v1/suggestions`: completions of what a reader has begun to type, from public titles only."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate

from web.catalog import catalog
from web.surfaces import Lets, declared

blueprint = declared(
    Blueprint("api_suggestions", __name__, url_prefix="/api/v1/suggestions", description="Search suggestions"), Lets.METADATA
)


class Typed(Schema):
    """What was typed so far."""

    class Meta:
        unknown = RAISE

    q = fields.String(load_default="", validate=validate.Length(max=256))
    lang = fields.String(load_default="en", validate=validate.OneOf(["kk", "ru", "en"]))


class Suggestions(Schema):
    """Up to ten texts to search for."""

    suggestions = fields.List(fields.String(), required=True)


@blueprint.get("")
@blueprint.arguments(Typed, location="query")
@blueprint.response(200, Suggestions)
def suggest(typed: dict[str, Any]) -> dict[str, list[str]]:
    """Complete the last word by words of titles of public datasets, the most frequent first."""
    return {"suggestions": catalog().searching.suggest(typed["q"], typed["lang"])}
