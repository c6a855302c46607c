"""Files of an agency that are held back for personal data: what was found, by column and count; one asks, another decides."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.access import Action
from catalog.errors import Conflict, Denied, Invalid
from schemas.problems import Problem
from web.catalog import catalog
from web.identity import signed_in
from web.pages.staff import blueprint
from web.pages.wizard.shown import told
from web.sentences import N_
from web.surfaces import Lets, surface

KINDS = {
    "kz-iin": N_("individual identification numbers (IIN)"), "kz-bin": N_("numbers of organisations (BIN)"),
    "sg-nric": N_("NRIC numbers of Singapore"), "dk-cpr": N_("CPR numbers of Denmark"), "kr-rrn": N_("RRN numbers of Korea"),
    "uk-nino": N_("national insurance numbers"), "payment-card": N_("payment cards"), "iban": N_("bank accounts (IBAN)"),
    "e-mail": N_("e-mail addresses"), "phone": N_("telephone numbers"), "passport": N_("passports and identity cards"),
    "birth-date": N_("birth dates beside names"), "person-coordinates": N_("precise places of people"),
    "small-cells": N_("counts of very few people"), "hidden-sheet": N_("a hidden sheet"),
    "hidden-columns": N_("hidden columns"),
}  # fmt: skip
LEVELS = {"certain": N_("certain"), "likely": N_("likely"), "review": N_("worth a look")}
STATES = {"asked": N_("waits for a second person"), "approved": N_("let pass"), "refused": N_("refused")}
SHOWN = 200


@blueprint.get("/organization/<name>/personal-data")
def personal(name: str) -> Response:
    """Show what is held back."""
    return _page(name)


@blueprint.post("/organization/<name>/personal-data")
@surface(Lets.STAFF, changes="dataset:publish")
def clear(name: str) -> Response:
    """Ask to let a file pass, or decide about what another asked."""
    catalog().workroom.datasets(signed_in(), name, limit=1)
    do = request.form.get("do", "")
    if do not in ("ask", "approve", "refuse"):
        abort(400)
    given = [request.form.get(field, "")[:2000] for field in ("dataset", "file", "because")]
    try:
        getattr(catalog().clearing, do)(signed_in(), *given)
    except (Invalid, Conflict, Denied) as error:
        if isinstance(error, Denied) and error.reason != "two-persons":
            raise
        found = getattr(error, "problems", ()) or (Problem(getattr(error, "reason", "conflict"), "/because", str(error)),)
        return _page(name, list(found))
    return redirect(url_for("staff.personal", name=name), 303)


@blueprint.post("/dataset/<name>/manage/takedown")
@surface(Lets.STAFF, changes="dataset:withdraw")
def take_down(name: str) -> Response:
    """Take a dataset, or one of its files, from every surface; show how often it was fetched."""
    record, _ = catalog().workroom.dataset(signed_in(), name)
    because, distribution = request.form.get("because", "")[:2000], request.form.get("file", "")[:200]
    try:
        done = catalog().takedowns.take_down(signed_in(), name, because, distribution=distribution)
    except Invalid as error:
        return Response(_down(record, None, error.problems), 400, mimetype="text/html")
    return Response(_down(record, done, ()), mimetype="text/html")


def _down(record: object, done: object, problems: object) -> str:
    return render_template("staff/taken.html", record=record, done=done, problems=problems, told=told)


def _page(name: str, problems: list[Problem] | None = None) -> Response:
    actor = signed_in()
    catalog().workroom.datasets(actor, name, limit=1)
    found = catalog().clearing.held(actor, name)
    with catalog().store.read() as work:
        agency = work.agencies.get(name)
    asked = {one.clearance.asked_by for one in found if one.clearance}
    words = render_template(
        "staff/personal.html", agency=agency, held=found[:SHOWN], total=len(found), kinds=KINDS, levels=LEVELS, states=STATES,
        problems=problems or [], told=told, names=catalog().people.named(*asked), me=actor.id,
        may_decide=catalog().drafts.may(actor, Action.PUBLISH, name), may_ask=catalog().drafts.may(actor, Action.EDIT, name),
    )  # fmt: skip
    return Response(words, 400 if problems else 200, mimetype="text/html")
