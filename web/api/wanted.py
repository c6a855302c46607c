"""`/api/v1/wanted`: the board of missing data, to read, to ask, to vote and to answer."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from catalog.wanted.records import SHOWN, Order
from catalog.wanted.seeing import Seen
from schemas.forms.wanted import WantedAnswer, WantedForm
from web.api.paging import cursor, place
from web.catalog import catalog, current_actor
from web.machines.exports import base_url
from web.pace import writer
from web.surfaces import Lets, declared, surface

blueprint = declared(
    Blueprint("api_wanted", __name__, url_prefix="/api/v1/wanted", description="Requests for data that are missing"),
    Lets.METADATA,
)  # fmt: skip
FURTHEST = 10_000
"""How far a listing is read."""


class Board(Schema):
    """Which part of the board, in which order."""

    q = fields.String(load_default="", validate=validate.Length(max=150), metadata={"description": "Words of the title"})
    state = fields.String(load_default="", validate=validate.OneOf(["", *SHOWN]))
    agency = fields.String(load_default="", metadata={"description": "Name of an agency; `-` for requests to none"})
    sort = fields.String(load_default=Order.VOTES.value, validate=validate.OneOf(list(Order)))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="")


class WantedDocument(Schema):
    """A request for data; it never tells who asked. `due` is the day of an answer, then that of the promise."""

    id = fields.String(required=True)
    title = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    purpose = fields.String(required=True)
    description = fields.String(required=True)
    language = fields.String(required=True)
    state = fields.String(required=True)
    votes = fields.Integer(required=True)
    created = fields.String(required=True)
    url = fields.String(required=True)
    due = fields.String()
    late = fields.Boolean()
    agency = fields.String()
    dataset = fields.String()
    ground = fields.String()
    answer = fields.String()


class WantedPage(Schema):
    """A part of the board."""

    total = fields.Integer()
    items = fields.List(fields.Nested(WantedDocument))
    next = fields.String(allow_none=True)


@blueprint.get("")
@blueprint.arguments(Board, location="query")
@blueprint.response(200, WantedPage)
def board(query: dict[str, Any]) -> dict[str, Any]:
    """Requests for data, those with most votes or the newest first."""
    skip, limit = place(query["cursor"], 0), query["limit"]
    sought = {"text": query["q"], "state": query["state"], "agency": query["agency"], "order": query["sort"]}
    found, total = catalog().wanted.page(current_actor(), **sought, skip=skip, limit=limit)
    after = skip + len(found)
    return {
        "total": total, "items": [_told(one) for one in found],
        "next": cursor(after) if found and after < min(total, FURTHEST) else None,
    }  # fmt: skip


@blueprint.post("")
@surface(Lets.METADATA, Lets.OWN, changes="own")
@blueprint.arguments(WantedForm)
@blueprint.response(201, WantedDocument)
def ask(given: dict[str, Any]) -> dict[str, Any]:
    """Ask for data that nobody has published yet."""
    new = catalog().wanted.ask(writer(), given)
    return _told(catalog().wanted.get(current_actor(), new.id))


@blueprint.get("/<wanted>")
@blueprint.response(200, WantedDocument)
@blueprint.alt_response(404, description="There is no such request")
def show(wanted: str) -> dict[str, Any]:
    """One request for data."""
    return _told(catalog().wanted.get(current_actor(), wanted))


@blueprint.delete("/<wanted>")
@surface(Lets.OWN, changes="own")
@blueprint.response(204)
def withdraw(wanted: str) -> None:
    """Take back a request of one's own that is not answered."""
    catalog().wanted.withdraw(writer(), wanted)


@blueprint.put("/<wanted>/vote")
@surface(Lets.METADATA, Lets.OWN, changes="own")
@blueprint.response(200, WantedDocument)
def vote(wanted: str) -> dict[str, Any]:
    """Vote for a request; voting again changes nothing."""
    catalog().wanted.vote(writer(), wanted)
    return _told(catalog().wanted.get(current_actor(), wanted))


@blueprint.delete("/<wanted>/vote")
@surface(Lets.METADATA, Lets.OWN, changes="own")
@blueprint.response(200, WantedDocument)
def unvote(wanted: str) -> dict[str, Any]:
    """Take one's vote back."""
    catalog().wanted.unvote(writer(), wanted)
    return _told(catalog().wanted.get(current_actor(), wanted))


@blueprint.post("/<wanted>/answer")
@surface(Lets.METADATA, Lets.STAFF, changes="dataset:edit")
@blueprint.arguments(WantedAnswer)
@blueprint.response(200, WantedDocument)
def answer(given: dict[str, Any], wanted: str) -> dict[str, Any]:
    """Answer for the agency that is asked: a day, a dataset, or a ground with a sentence."""
    catalog().answering.answer(writer(), wanted, given)
    return _told(catalog().wanted.get(current_actor(), wanted))


def _told(seen: Seen) -> dict[str, Any]:
    one = seen.wanted
    facts = {name: getattr(one, name) for name in ("id", "purpose", "description", "language", "votes", "created")}
    waits = {"due": one.due, "late": seen.late} if seen.votable else {}
    answered = {
        "agency": seen.agency.name if seen.agency else "", "dataset": seen.dataset.name if seen.dataset else "",
        "ground": one.ground, "answer": one.answer,
    }  # fmt: skip
    whole = {"title": {one.language: one.title}, "state": one.state.value, "url": f"{base_url()}/wanted/{one.id}"}
    return {**facts, **whole, **waits, **{name: value for name, value in answered.items() if value}}
