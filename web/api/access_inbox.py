"""`/api/v1` for agencies: what waits for their decision or confirmation, and to decide it."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate

from catalog.clock import stamp
from catalog.errors import NotFound
from catalog.granting.records import AccessRequest, standing
from catalog.granting.sharing import AGENCY, SAFEGUARDS
from catalog.granting.versions import MOST
from web.api.access import AccessAnswer, facts
from web.catalog import catalog
from web.identity import signed_in
from web.surfaces import Lets, declared

blueprint = declared(
    Blueprint("api_access_inbox", __name__, url_prefix="/api/v1/agencies", description="Requests for access to agencies' files"),
    Lets.STAFF, changes="dataset:review",
)  # fmt: skip
_PATH = "/<agency>/access-requests"
DECISIONS = ("approve", "refuse", "ask-back", "revoke", "confirm", "reject")


class AccessReceived(AccessAnswer):
    """A request as those see it who decide or confirm it."""

    class Meta:
        exclude = ("url", "granted_until", "granted_versions")

    asker = fields.String(required=True, metadata={"description": "Name of the person"})
    purpose = fields.String(required=True)
    kind = fields.String(required=True)
    organisation = fields.String(required=True)
    until = fields.String(required=True)


class AccessDecision(Schema):
    """What is decided; `confirm` and `reject` are of the agency on whose behalf a request is, all others of the one asked."""

    class Meta:
        unknown = RAISE

    do = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    because = fields.String(load_default="", validate=validate.Length(max=4000))
    until = fields.String(load_default="", metadata={"description": "Last day of access; that of the request without it"})
    versions = fields.String(load_default="", validate=validate.OneOf(("", "all", "present", "range")))
    from_version = fields.Integer(load_default=0, validate=validate.Range(0, MOST))
    to_version = fields.Integer(load_default=0, validate=validate.Range(0, MOST))
    satisfied = fields.List(fields.String(validate=validate.OneOf(SAFEGUARDS)), load_default=list)


@blueprint.get(_PATH)
@blueprint.response(200, AccessReceived(many=True))
@blueprint.alt_response(404, description="There is no such agency")
def received(agency: str) -> list[dict[str, Any]]:
    """Return the requests that the agency decides, those that wait first, after those of its members that it confirms."""
    actor = signed_in()
    found = [*catalog().confirming.waiting(actor, agency), *catalog().granting.inbox(actor, agency)]
    if not found and agency not in actor.roles:
        raise NotFound("There is no such agency.")
    return _told(found)


@blueprint.post(f"{_PATH}/<id>/decision")
@blueprint.arguments(AccessDecision)
@blueprint.response(200, AccessReceived)
@blueprint.alt_response(404, description="There is no such request")
@blueprint.alt_response(409, description="It was decided meanwhile")
def decide(given: dict[str, Any], agency: str, id: str) -> dict[str, Any]:
    """Decide a request, ask back, revoke what was granted, or confirm or reject what a member asks of another agency."""
    actor, because, granting, confirming = signed_in(), given["because"], catalog().granting, catalog().confirming
    form = {"versions": given["versions"], **{f"satisfied_{one}": "yes" for one in given["satisfied"]}}
    form |= {name: str(given[name] or "") for name in ("from_version", "to_version")}
    decisions: dict[str, Callable[[], object]] = {
        "approve": lambda: granting.approve(actor, id, given["until"], because, form),
        "refuse": lambda: granting.refuse(actor, id, because),
        "ask-back": lambda: granting.ask_back(actor, id, because),
        "revoke": lambda: granting.revoke(actor, id, because),
        "confirm": lambda: confirming.confirm(actor, id),
        "reject": lambda: confirming.reject(actor, id, because),
    }
    _found(agency, id, given["do"])
    decisions[given["do"]]()
    return _told([_found(agency, id, given["do"])])[0]


def _found(agency: str, id: str, do: str) -> AccessRequest:
    confirms = do in ("confirm", "reject")
    found = catalog().confirming.get(signed_in(), id) if confirms else catalog().granting.get(signed_in(), id)[0]
    if agency != (found.behalf.removeprefix(AGENCY) if confirms else found.agency):
        raise NotFound("There is no such request.")
    return found


def _told(requests: Sequence[AccessRequest]) -> list[dict[str, Any]]:
    grants, now = catalog().granting.grants(requests), stamp(catalog().clock)
    people = catalog().people.named(*{one.account for one in requests})
    return [
        {
            **facts(one), **{name: getattr(one, name) for name in ("purpose", "kind", "organisation", "until")},
            "asker": people.get(one.account, ""), "state": standing(one, grants.get(one.id), now),
        }
        for one in requests
    ]  # fmt: skip
