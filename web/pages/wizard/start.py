"""Where publishing begins: a new dataset with its first files, the drafts that wait, and the task list of one."""

import secrets

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.access import Action
from catalog.errors import CatalogError, Denied
from web.bodies import UPLOAD, takes
from web.catalog import catalog, current_actor
from web.identity import signed_in
from web.languages import current_language
from web.pages.wizard import blueprint, files
from web.pages.wizard.shown import opened, page, revision, told


@blueprint.get("/dataset/new")
def new() -> Response | str:
    """Ask for the first files of a new dataset."""
    return _new()


@blueprint.post("/dataset/new")
@takes(UPLOAD)
def begin() -> Response | str:
    """Begin a draft with the files that were sent; a form that is sent twice begins one."""
    actor, agency = current_actor(), request.form.get("agency", "")
    if agency not in _agencies():
        raise Denied("Only editors of this agency begin datasets for it.", "role")
    try:
        uploads = files.received()
        draft = catalog().drafts.start(actor, agency, id=request.form.get("key", "")[:40])
        draft = opened(draft.id)
        for upload in uploads:
            draft = catalog().arriving.add(actor, draft, upload, current_language())
    except files.REFUSED as error:
        return _new(error)
    return redirect(url_for("wizard.show_step", id=draft.id, name="describe"), 303)


def _new(error: CatalogError | None = None) -> Response | str:
    agencies = _agencies()
    if not agencies:
        raise Denied("Publishing is for editors of agencies; ask the administrator of your agency for that role.", "role")
    problems = files.problems(error) if error else []
    key = request.form.get("key", "")[:40] or secrets.token_hex(12)
    given = {"agencies": agencies, "key": key, "problems": problems, "told": told, "chosen": request.form.get("agency", "")}
    return Response(render_template("wizard/new.html", **given), files.status(error) if error else 200, mimetype="text/html")


def _agencies() -> dict[str, str]:
    """Return the agencies that the reader writes for, by name with their titles."""
    actor = signed_in()
    names = [name for name in actor.roles if catalog().drafts.may(actor, Action.EDIT, name)]
    with catalog().store.read() as work:
        found = work.agencies.get_many(names)
    return {name: next(iter(found[name].title.values()), name) for name in names if name in found}


@blueprint.get("/dataset/draft/<id>")
def tasks(id: str) -> Response:
    """Show the task list of a draft."""
    return page("tasks", opened(id))


@blueprint.post("/dataset/draft/<id>/discard")
def discard(id: str) -> Response:
    """Forget a draft."""
    catalog().drafts.discard(current_actor(), id, revision())
    return redirect(url_for("wizard.new"), 303)
