"""The asker's pages: the form, which anybody may read before signing in, and what became of one's requests."""

from flask import jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.clock import stamp
from catalog.errors import Invalid, NotFound
from catalog.granting.asking import DAYS
from catalog.granting.records import standing
from catalog.granting.sharing import MEASURES
from catalog.granting.terms import terms
from schemas.access import AccessLevel
from schemas.problems import Problem
from web import sentences
from web.catalog import catalog, current_actor
from web.identity import signed_in
from web.languages import current_language
from web.pages.requests import blueprint, title_of
from web.surfaces import Lets, surface

FIELDS = (
    "purpose", "kind", "organisation", "until", "versions", "from_version", "to_version", "terms", "terms_sha256", "behalf",
    "legitimate", "officer", "protection", *(f"measure_{one}" for one in MEASURES),
)  # fmt: skip
Answer = Response | str | tuple[str, int]


@blueprint.get("/dataset/<name>/access")
@surface(Lets.METADATA, Lets.OWN)
def form(name: str) -> str:
    """Show who may ask, what is released, the terms and the time to decide, with the form for those who signed in."""
    return _form(name, {}, ())


@blueprint.post("/dataset/<name>/access")
@surface(Lets.METADATA, Lets.OWN, changes="own")
def ask(name: str) -> Answer:
    """Take a request."""
    given = {field: request.form.get(field, "")[:5000] for field in FIELDS} | {"language": current_language()}
    try:
        made = catalog().requests.ask(signed_in(), name, given)
    except Invalid as error:
        return _form(name, given, error.problems), 400
    return redirect(url_for("requests.show", id=made.id), 303)


@blueprint.get("/account/requests")
def mine() -> str:
    """Show one's requests and grants."""
    actor, now = signed_in(), stamp(catalog().clock)
    found, grants = catalog().requests.of(actor), catalog().requests.grants(actor)
    given = {grant.request: grant for grant in grants}
    return render_template(
        "requests/mine.html", requests=found, grants=grants, states=sentences.REQUEST_STATES, now=now,
        stands={one.id: standing(one, given.get(one.id), now, actor.roles) for one in found},
    )  # fmt: skip


@blueprint.get("/account/requests/<id>")
def show(id: str) -> str:
    """Show what became of a request."""
    return _shown(id)


@blueprint.post("/account/requests/<id>/<any(answer, withdraw):do>")
def reply(id: str, do: str) -> Answer:
    """Answer the agency's question, or take the request back."""
    try:
        if do == "answer":
            catalog().requests.answer(signed_in(), id, request.form.get("words", "")[:4000])
        else:
            catalog().requests.withdraw(signed_in(), id)
    except Invalid as error:
        return _shown(id, error.problems), 400
    return redirect(url_for("requests.show", id=id), 303)


@blueprint.get("/account/requests/<id>/agreement.json")
def agreement(id: str) -> Response:
    """Give the signed agreement of a request that was granted, in ODRL."""
    grant = catalog().requests.granted(signed_in(), id)
    if grant is None:
        raise NotFound("There is no agreement of this request.")
    made = jsonify(grant.agreement)
    made.mimetype = "application/ld+json"
    made.headers["Content-Disposition"] = "attachment; filename=agreement.json"
    return made


def _form(name: str, given: dict[str, str], problems: tuple[Problem, ...]) -> str:
    entry = catalog().reading.entry(current_actor(), name)
    if entry.dataset.access.level is not AccessLevel.ON_REQUEST:
        raise NotFound("These files are not given on request.")
    return render_template(
        "requests/form.html", dataset=entry.dataset, given=given, wrong={one.path[1:]: one.message for one in problems},
        words=sentences.REQUEST_PROBLEMS, days=entry.dataset.access.decision_days or DAYS,
        unmet=catalog().requests.unmet(current_actor(), entry), present=catalog().requests.present(entry),
        access_words=sentences.ACCESS, terms=terms(name, entry.dataset.access, current_language()),
    )  # fmt: skip


def _shown(id: str, problems: tuple[Problem, ...] = ()) -> str:
    found = catalog().requests.get(signed_in(), id)
    grant, now = catalog().requests.granted(signed_in(), id), stamp(catalog().clock)
    return render_template(
        "requests/show.html", request_=found, grant=grant, states=sentences.REQUEST_STATES, staff=False,
        stands=standing(found, grant, now, signed_in().roles), now=now, wrong=problems, given={},
        words=sentences.REQUEST_PROBLEMS, title=title_of(found.dataset),
    )  # fmt: skip
