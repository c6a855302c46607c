"""The inbox of an agency: what waits for a decision, and the decisions of its publishers."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.clock import stamp
from catalog.errors import Invalid, NotFound
from catalog.granting.records import AccessRequest, Grant, standing
from schemas.problems import Problem
from web import sentences
from web.catalog import catalog
from web.identity import signed_in
from web.pages.requests import blueprint, title_of
from web.surfaces import Lets, surface


@blueprint.get("/organization/<agency>/requests")
@surface(Lets.STAFF)
def inbox(agency: str) -> str:
    """Show the requests to an agency, those that wait first."""
    actor = signed_in()
    found, outgoing = catalog().granting.inbox(actor, agency), catalog().confirming.waiting(actor, agency)
    if not found and agency not in actor.roles:
        raise NotFound("There is no such agency.")
    now, given = stamp(catalog().clock), catalog().granting.grants(found)
    return render_template(
        "requests/inbox.html", agency=agency, requests=found, states=sentences.REQUEST_STATES, today=now[:10],
        stands={one.id: standing(one, given.get(one.id), now) for one in found}, outgoing=outgoing,
        names=catalog().people.named(*{one.account for one in (*found, *outgoing)}),
    )  # fmt: skip


@blueprint.get("/organization/<agency>/requests/<id>")
@surface(Lets.STAFF)
def one(agency: str, id: str) -> str:
    """Show a request with its history and what can be decided."""
    return _shown(agency, id)


@blueprint.post("/organization/<agency>/requests/<id>/<any(approve, refuse, question, revoke):do>")
@surface(Lets.STAFF, changes="dataset:review")
def decide(agency: str, id: str, do: str) -> Response | tuple[str, int]:
    """Decide a request, ask back, or revoke what was granted."""
    actor, words, granting = signed_in(), request.form.get("because", "")[:4000], catalog().granting
    decisions: dict[str, Callable[[], object]] = {
        "approve": lambda: granting.approve(actor, id, request.form.get("until", "")[:20], words, request.form),
        "refuse": lambda: granting.refuse(actor, id, words),
        "question": lambda: granting.ask_back(actor, id, words),
        "revoke": lambda: granting.revoke(actor, id, words),
    }
    try:
        _found(agency, id)
        decisions[do]()
    except Invalid as error:
        return _shown(agency, id, error.problems, {**request.form, "do": do}), 400
    return redirect(url_for("requests.one", agency=agency, id=id), 303)


def _found(agency: str, id: str) -> tuple[AccessRequest, Grant | None]:
    found, grant = catalog().granting.get(signed_in(), id)
    if found.agency != agency:
        raise NotFound("There is no such request.")
    return found, grant


def _shown(agency: str, id: str, problems: tuple[Problem, ...] = (), given: Mapping[str, str] = MappingProxyType({})) -> str:
    (found, grant), now = _found(agency, id), stamp(catalog().clock)
    return render_template(
        "requests/show.html", request_=found, grant=grant, states=sentences.REQUEST_STATES, staff=True,
        present=catalog().granting.present(found), stands=standing(found, grant, now), now=now,
        wrong=problems, given=given, words=sentences.REQUEST_PROBLEMS, title=title_of(found.dataset),
    )  # fmt: skip
