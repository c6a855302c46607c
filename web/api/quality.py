"""`/api/v1/datasets/<name>/quality`: what the audit says of a dataset."""

from typing import Any

from flask import jsonify
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate

from catalog.quality.base import Status
from web.catalog import catalog, current_actor
from web.machines.exports import conditional
from web.quality import as_json
from web.surfaces import Lets, declared

blueprint = declared(
    Blueprint("api_quality", __name__, url_prefix="/api/v1", description="Quality"), Lets.METADATA, Lets.BYTES
)


class QualityQuery(Schema):
    """In which language."""

    class Meta:
        unknown = RAISE

    lang = fields.String(
        load_default="en", validate=validate.OneOf(["kk", "ru", "en"]), metadata={"description": "Language of the sentences"}
    )


class QualityScore(Schema):
    """A score: `maximum` leaves out what does not apply."""

    points = fields.Float(required=True)
    maximum = fields.Float(required=True)
    band = fields.String(required=True, validate=validate.OneOf(["excellent", "good", "sufficient", "bad", ""]))
    dimensions = fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.Float()))


class QualityFinding(Schema):
    """What one check says of one place; `points` are earned where it passes, and what the fix brings where it fails."""

    check = fields.String(required=True)
    dimension = fields.String(required=True)
    status = fields.String(required=True, validate=validate.OneOf([one.value for one in Status]))
    points = fields.Float(required=True)
    path = fields.String(required=True)
    message = fields.String(required=True)
    fix = fields.String(required=True)


class QualityReport(Schema):
    """The newest audit of a dataset."""

    mqa = fields.Nested(QualityScore, required=True)
    data = fields.Nested(QualityScore, required=True)
    findings = fields.List(fields.Nested(QualityFinding), required=True)
    rules_version = fields.String(required=True)
    checked_at = fields.String(required=True)


@blueprint.get("/datasets/<name>/quality")
@blueprint.arguments(QualityQuery, location="query")
@blueprint.response(200, QualityReport)
@blueprint.alt_response(404, description="There is no such dataset, or it was not audited yet")
def show(query: dict[str, Any], name: str) -> Any:
    """The newest audit of a dataset: both scores, and every finding with what to do."""
    return conditional(jsonify(as_json(catalog().audits.report(current_actor(), name), query["lang"])))
