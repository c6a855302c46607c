"""`/api/v1/datasets/<name>/quality`: what the audit says of a dataset."""

from typing import Any

from flask import jsonify
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate

from catalog.quality.base import RULES, Status, checks
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


class QualityStep(Schema):
    """An audit in the history of a dataset; steps under different versions of the rules are not comparable."""

    as_of = fields.String(required=True)
    rules_version = fields.String(required=True)
    band = fields.String(required=True)
    points = fields.Float(required=True)
    maximum = fields.Float(required=True)


class QualityRule(Schema):
    """A rule, with its texts in the languages of the interface."""

    check = fields.String(required=True)
    score = fields.String(required=True)
    dimension = fields.String(required=True)
    points = fields.Float(required=True)
    title = fields.Dict(keys=fields.String(), values=fields.String())
    fix = fields.Dict(keys=fields.String(), values=fields.String())


class QualityRules(Schema):
    """The rules in force."""

    version = fields.String(required=True)
    rules = fields.List(fields.Nested(QualityRule), required=True)


@blueprint.get("/datasets/<name>/quality/history")
@blueprint.response(200, QualityStep(many=True))
def history(name: str) -> Any:
    """The scores of a dataset over time, newest first."""
    steps = catalog().audits.history(current_actor(), name)
    return conditional(jsonify([
        {"as_of": one.as_of, "rules_version": one.rules, "band": one.band, "points": one.mqa, "maximum": one.mqa_maximum}
        for one in steps
    ]))  # fmt: skip


@blueprint.get("/quality/rules")
@blueprint.response(200, QualityRules)
def rules() -> Any:
    """The rules of the audit, with their texts."""
    told = [
        {"check": one.name, **{key: getattr(one, key) for key in ("score", "dimension", "points", "title", "fix")}}
        for one in checks().values()
    ]
    return conditional(jsonify({"version": RULES, "rules": told}))


@blueprint.get("/datasets/<name>/quality")
@blueprint.arguments(QualityQuery, location="query")
@blueprint.response(200, QualityReport)
@blueprint.alt_response(404, description="There is no such dataset, or it was not audited yet")
def show(query: dict[str, Any], name: str) -> Any:
    """The newest audit of a dataset: both scores, and every finding with what to do."""
    return conditional(jsonify(as_json(catalog().audits.report(current_actor(), name), query["lang"])))
