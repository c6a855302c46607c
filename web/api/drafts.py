"""`/api/v1/drafts`: what waits to be published, for the staff of its agency; sent to review, approved, sent back."""

from dataclasses import asdict
from typing import Any

from flask import Response, jsonify, url_for
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from catalog.access import Action
from catalog.errors import Conflict
from catalog.records import Draft
from schemas.problems import Problem
from web import errors
from web.api.submissions import HEADERS, reading
from web.catalog import catalog
from web.identity import signed_in
from web.machines.exports import base_url
from web.pace import writer
from web.surfaces import Lets, declared, surface

blueprint = declared(
    Blueprint("api_drafts", __name__, url_prefix="/api/v1/drafts", description="Drafts and their review"), Lets.STAFF,
    changes=Action.EDIT.value,
)  # fmt: skip
MOST = 100
"""Drafts of an answer, last changed first."""
WHICH: Any = [HEADERS[0], HEADERS[2]]


class Shown(Schema):
    """A draft. `state` is editing, submitted (waits for a publisher) or scheduled."""

    id = fields.String(required=True)
    name = fields.String(metadata={"description": "Of the dataset"})
    agency = fields.String(required=True)
    state = fields.String(required=True)
    revision = fields.Integer(required=True)
    updated = fields.String(required=True)
    comment = fields.String(metadata={"description": "Why a publisher sent it back"})
    due = fields.String(metadata={"description": "When a scheduled draft is published"})
    url = fields.String(required=True)
    dataset = fields.Dict(metadata={"description": "Its document, of one draft only"})
    problems = fields.List(fields.Dict(), metadata={"description": "What stands in the way, or is worth a look"})


@blueprint.get("")
@blueprint.response(200, Schema.from_dict({"items": fields.List(fields.Nested(Shown))}, name="Drafts"))
def index() -> dict[str, Any]:
    """Drafts of your agencies, last changed first."""
    actor = signed_in()
    return {"items": [_told(draft) for draft in catalog().drafts.page(actor, list(actor.roles), limit=MOST)]}


@blueprint.get("/<id>")
@blueprint.response(200, Shown)
@blueprint.alt_response(404, description="There is no such draft; it may have been published")
def show(id: str) -> Response:
    """One draft, with its document and what stands in the way of publishing it."""
    return _shown(catalog().drafts.get(signed_in(), id))


@blueprint.post("/<id>/<any(submit, 'take-back'):do>")
@blueprint.doc(parameters=WHICH)
@blueprint.response(200, Shown)
def lead(id: str, do: str) -> Response:
    """Send a draft to the publishers of its agency, or take it back to go on."""
    actor, revision = writer(), _revision(id)
    if do == "submit":
        return _shown(catalog().reviewing.submit(actor, id, revision, reading.because()))
    return _shown(catalog().reviewing.take_back(actor, id, revision))


@blueprint.post("/<id>/send-back")
@blueprint.doc(parameters=WHICH)
@blueprint.response(200, Shown)
@surface(Lets.STAFF, changes=Action.REVIEW.value)
def send_back(id: str) -> Response:
    """Give a draft back to its authors; `because` says what is to be changed."""
    return _shown(catalog().reviewing.send_back(writer(), id, _revision(id), reading.because()))


@blueprint.post("/<id>/approve")
@blueprint.doc(parameters=WHICH)
@blueprint.response(200, Schema.from_dict({"name": fields.String(), "url": fields.String()}, name="Approved"))
@surface(Lets.STAFF, changes=Action.PUBLISH.value)
def approve(id: str) -> dict[str, str]:
    """Publish a draft; with warnings `because` must say why."""
    actor, because = writer(), reading.because()
    revision = _revision(id)
    catalog().reviewing.require_reason(actor, id, because)
    name = catalog().reviewing.approve(actor, id, revision, because)
    return {"name": name, "url": base_url() + url_for("api_datasets.show", name=name)}


def _revision(id: str) -> int:
    """Return the revision of If-Match, else the present one."""
    draft = catalog().drafts.get(signed_in(), id)
    return draft.revision if (base := reading.base()) is None else base


def _shown(draft: Draft) -> Response:
    problems = catalog().reviewing.standing(signed_in(), draft.id)
    made = jsonify({**_told(draft), "dataset": draft.document, "problems": [asdict(one) for one in problems]})
    made.headers["ETag"] = f'"{draft.revision}"'
    return made


def _told(draft: Draft) -> dict[str, Any]:
    facts = ("id", "name", "agency", "revision", "updated", "comment", "due")
    url = base_url() + url_for("api_drafts.show", id=draft.id)
    return {**{fact: getattr(draft, fact) for fact in facts}, "state": draft.state.value, "url": url}


@blueprint.errorhandler(Conflict)
def changed_meanwhile(error: Conflict) -> Response:
    """Tell of a draft, or of its dataset, that has changed meanwhile."""
    return errors.document(412, str(error), (Problem("conflict", "", str(error)),))
