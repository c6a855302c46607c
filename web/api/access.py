"""`/api/v1` for those who need access: ask for files, see what became of it, and make links for a few minutes."""

from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate

from catalog.clock import stamp
from catalog.errors import NotFound
from catalog.granting.records import AccessRequest, Grant, Terms, standing
from catalog.granting.sharing import MEASURES
from catalog.granting.terms import terms
from catalog.granting.versions import MOST
from schemas.access import AccessLevel
from schemas.texts import INTERFACE_LANGUAGES
from web.catalog import catalog, current_actor
from web.identity import signed_in
from web.machines.exports import base_url
from web.surfaces import Lets, declared, surface

blueprint = declared(
    Blueprint("api_access", __name__, url_prefix="/api/v1", description="Access to files that are not open"),
    Lets.OWN, changes="own",
)  # fmt: skip


_NUMBER = validate.Range(0, MOST)


class SharingAsked(Schema):
    """The three safeguards of a request on behalf of an agency or a company."""

    class Meta:
        unknown = RAISE

    behalf = fields.String(required=True, metadata={"description": "`company`, or `agency:` and the name of one's agency"})
    legitimate = fields.String(required=True, metadata={"description": "Legitimate purpose: which task, law or contract"})
    officer = fields.String(load_default="", metadata={"description": "Who authorises it; an agency confirms it here"})
    measures = fields.List(fields.String(validate=validate.OneOf(MEASURES)), required=True, validate=validate.Length(max=10))
    protection = fields.String(required=True, metadata={"description": "Storage place, who has access, deletion"})


class AccessAsked(Schema):
    """A request for the files of a dataset."""

    class Meta:
        unknown = RAISE

    purpose = fields.String(required=True, metadata={"description": "What the files are for, in 30 to 4,000 characters"})
    kind = fields.String(load_default="", metadata={"description": "One of the purposes that the rule names"})
    organisation = fields.String(required=True, validate=validate.Length(max=300))
    until = fields.String(required=True, metadata={"description": "Last day of the project, such as 2027-06-30"})
    versions = fields.String(load_default="all", validate=validate.OneOf(("all", "present", "range")))
    from_version = fields.Integer(load_default=0, validate=_NUMBER, metadata={"description": "Of a range"})
    to_version = fields.Integer(load_default=0, validate=_NUMBER, metadata={"description": "Of a range; 0 is no bound"})
    sharing = fields.Nested(SharingAsked, metadata={"description": "Where it is not for oneself"})
    terms = fields.Boolean(required=True, metadata={"description": "Whether the terms are accepted"})
    terms_sha256 = fields.String(load_default="", metadata={"description": "Of the text that was read; another one is refused"})
    language = fields.String(load_default="en", validate=validate.OneOf(INTERFACE_LANGUAGES))


STATES = "unconfirmed, pending, asked-back, approved, refused, withdrawn; revoked, expired, used-up or left: the grant is over"


class TermsAsked(Schema):
    """In which language terms are told."""

    language = fields.String(load_default="en", validate=validate.OneOf(INTERFACE_LANGUAGES))


class TermsTold(Schema):
    """Terms as a text; `accepted` stands with a request."""

    text = fields.String(required=True)
    language = fields.String(required=True)
    sha256 = fields.String(required=True)
    accepted = fields.String()


class Versions(Schema):
    """The first and the last version; one that does not stand here is no bound."""

    first = fields.Integer()
    last = fields.Integer()


class AccessAnswer(Schema):
    """A request as it stands; `granted_until` and `granted_versions` stand where a grant holds."""

    id = fields.String(required=True)
    dataset = fields.String(required=True)
    state = fields.String(required=True, metadata={"description": STATES})
    due = fields.String(required=True)
    created = fields.String(required=True)
    url = fields.String(required=True)
    versions = fields.Nested(Versions, required=True)
    granted_until = fields.String()
    granted_versions = fields.Nested(Versions)
    terms = fields.Nested(TermsTold)
    sharing = fields.Nested(SharingAsked)
    history = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))


class SignedLink(Schema):
    """A link that works until it expires, as long as its maker may have the file."""

    url = fields.String(required=True)
    expires = fields.String(required=True)
    sha256 = fields.String(required=True)


@blueprint.get("/datasets/<name>/access-terms")
@surface(Lets.METADATA)
@blueprint.arguments(TermsAsked, location="query")
@blueprint.response(200, TermsTold)
@blueprint.alt_response(404, description="There is no such dataset, or its files are not given on request")
def access_terms(query: dict[str, Any], name: str) -> Terms:
    """Return the terms that somebody accepts who asks for the files of a dataset."""
    dataset = catalog().reading.entry(current_actor(), name).dataset
    if dataset.access.level is not AccessLevel.ON_REQUEST:
        raise NotFound("These files are not given on request.")
    return terms(name, dataset.access, query["language"])


@blueprint.post("/datasets/<name>/access-requests")
@blueprint.arguments(AccessAsked)
@blueprint.response(201, AccessAnswer)
def ask(given: dict[str, Any], name: str) -> dict[str, Any]:
    """Ask for the files of a dataset that are given on request."""
    form = {**given, "terms": "yes" if given["terms"] else ""}
    form |= {name: str(given[name] or "") for name in ("from_version", "to_version")}
    shared = form.pop("sharing", {})
    form |= shared | {f"measure_{one}": "yes" for one in shared.pop("measures", ())}
    return _told(catalog().requests.ask(signed_in(), name, form))


@blueprint.get("/access-requests")
@blueprint.response(200, AccessAnswer(many=True))
def mine() -> list[dict[str, Any]]:
    """Return one's requests, newest first."""
    return [_told(one) for one in catalog().requests.of(signed_in())]


@blueprint.get("/access-requests/<id>")
@blueprint.response(200, AccessAnswer)
def show(id: str) -> dict[str, Any]:
    """Return a request of one's own."""
    return _told(catalog().requests.get(signed_in(), id))


@blueprint.post("/datasets/<name>/files/<distribution>/link")
@blueprint.response(201, SignedLink)
def link(name: str, distribution: str) -> dict[str, str]:
    """Make a link that gives a file for five minutes without a token, such as to a program that can show none."""
    signed, found, expires = catalog().links.make(signed_in(), name, distribution)
    url = f"{base_url()}/link/{signed}/{quote(found.filename or 'file', safe='')}"
    return {"url": url, "expires": expires, "sha256": found.sha256}


def _told(request: AccessRequest) -> dict[str, Any]:
    grant, now = catalog().requests.granted(signed_in(), request.id), stamp(catalog().clock)
    held: dict[str, Any] = {}
    if grant and grant.holds(now) and grant.binds(signed_in().roles):
        held |= {"granted_until": grant.until, "granted_versions": bounds(grant)}
    url = f"{base_url()}/account/requests/{request.id}"
    return {**facts(request), **held, "state": standing(request, grant, now, signed_in().roles), "url": url}


def facts(request: AccessRequest) -> dict[str, Any]:
    """Return what both sides read of a request."""
    stated = {name: asdict(value) for name, value in (("terms", request.terms), ("sharing", request.sharing)) if value}
    return {
        **{name: getattr(request, name) for name in ("id", "dataset", "due", "created")}, **stated, "versions": bounds(request),
        "history": [{"at": step.at, "state": step.state, "words": step.words} for step in request.history],
    }  # fmt: skip


def bounds(one: AccessRequest | Grant) -> dict[str, int]:
    """Return the first and the last version, where they are bounds."""
    return {name: number for name, number in (("first", one.from_version), ("last", one.to_version)) if number}
