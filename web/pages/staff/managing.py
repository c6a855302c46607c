"""One dataset for its agency: change, copy, take from view, withdraw, restore, and its whole history with old revisions."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.access import Action
from catalog.records import CatalogRecord, State
from schemas.problems import Problem
from web import sentences
from web.catalog import catalog
from web.identity import signed_in
from web.pages.staff import blueprint
from web.pages.wizard.shown import told
from web.surfaces import Lets, surface

MOST = 200
"""Differences that a page shows."""


@blueprint.get("/dataset/<name>/manage")
def manage(name: str) -> Response:
    """Show what can be done with a dataset, and its history."""
    return _page(name)


@blueprint.post("/dataset/<name>/manage/<any(edit, duplicate):do>")
def begin(name: str, do: str) -> Response:
    """Begin a draft of a dataset, or a new one with its description."""
    drafts = catalog().drafts
    draft = drafts.edit(signed_in(), name) if do == "edit" else drafts.duplicate(signed_in(), name)
    return redirect(url_for("wizard.tasks", id=draft.id), 303)


@blueprint.post("/dataset/<name>/manage/<any(unpublish, withdraw, restore):do>")
@surface(Lets.STAFF, changes="dataset:withdraw")
def move(name: str, do: str) -> Response:
    """Take a dataset from view, withdraw it with a tombstone, or show it again; each with a reason."""
    because = request.form.get("because", "").strip()[:2000]
    catalog().workroom.dataset(signed_in(), name)
    if not because:
        message = "Say why; the reason is kept in the history."
        return _page(name, [Problem("no-reason", "/because", message)])
    getattr(catalog().publishing, do)(signed_in(), name, because)
    return redirect(url_for("staff.manage", name=name), 303)


@blueprint.get("/dataset/<name>/manage/revision/<int(max=2147483647):number>")
def revision(name: str, number: int) -> str:
    """Show what a revision changed."""
    record, revisions = catalog().workroom.dataset(signed_in(), name)
    found = catalog().workroom.difference(signed_in(), name, number)
    one = next((one for one in revisions if one.number == number), None) or abort(404)
    return render_template(
        "staff/revision.html", record=record, revision=one, differences=found[:MOST], total=len(found), names=_names([one.actor]),
        may_edit=_may(record, Action.EDIT) and not record.source and record.state is not State.WITHDRAWN,
    )  # fmt: skip


@blueprint.post("/dataset/<name>/manage/revision/<int(max=2147483647):number>")
def recall(name: str, number: int) -> Response:
    """Begin a draft with an old revision."""
    draft = catalog().workroom.recall(signed_in(), name, number)
    return redirect(url_for("wizard.check", id=draft.id), 303)


def _page(name: str, problems: list[Problem] | None = None) -> Response:
    record, revisions = catalog().workroom.dataset(signed_in(), name)
    words = render_template(
        "staff/manage.html", record=record, revisions=revisions, states=sentences.STATES, problems=problems or [], told=told,
        names=_names([one.actor for one in revisions]), may_edit=_may(record, Action.EDIT),
        may_move=_may(record, Action.WITHDRAW),
    )  # fmt: skip
    return Response(words, 400 if problems else 200, mimetype="text/html")


def _may(record: CatalogRecord, action: Action) -> bool:
    publisher = record.dataset.publisher
    return catalog().drafts.may(signed_in(), action, publisher.name if publisher else "")


def _names(ids: list[str]) -> dict[str, str]:
    return catalog().people.named(*set(ids))
