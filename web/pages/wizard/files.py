"""Files: added, replaced, put in order, removed; each is refused at once or told with its format, encoding and columns."""

from functools import partial

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from catalog.errors import CatalogError, Conflict, Invalid, NoRoom, TooLarge
from catalog.records import Draft
from catalog.uploads import Upload
from harvesters.copying import fetch_copy
from schemas.problems import Problem
from web.bodies import UPLOAD, takes
from web.catalog import catalog, current_actor
from web.languages import current_language
from web.pages.wizard import blueprint
from web.pages.wizard.shown import opened, page, revision

REFUSED = (Invalid, TooLarge, NoRoom)
MOST = 100
"""Files that one form may bring."""


@blueprint.get("/dataset/draft/<id>/files")
def show_files(id: str) -> Response:
    """Show the files of a draft."""
    return _page(opened(id))


@blueprint.post("/dataset/draft/<id>/files")
@takes(UPLOAD)
def change_files(id: str) -> Response:
    """Do what a button says: add, link, replace, remove, move a file, or read one again."""
    draft = opened(id)
    what, _, distribution = request.form.get("do", "add").partition(":")
    try:
        _do(draft, what, distribution)
    except (*REFUSED, Conflict) as error:
        return _page(opened(id), error)
    return redirect(url_for("wizard.show_files", id=id), 303)


def _do(draft: Draft, what: str, distribution: str) -> None:
    actor, files, arriving = current_actor(), catalog().draft_files, catalog().arriving
    if what == "add":
        for upload in received():
            draft = arriving.add(actor, draft, upload, current_language())
    elif what == "replace":
        for upload in received()[:1]:
            arriving.replace(actor, draft, distribution, upload, current_language())
    elif what == "remove":
        files.remove(actor, draft.id, revision(), distribution)
    elif what in ("up", "down"):
        files.reorder(actor, draft.id, revision(), _moved(draft, distribution, -1 if what == "up" else 1))
    elif what == "read":
        files.check(actor, draft.id, distribution)
    elif what == "fetch":
        upload = arriving.accepted(fetch_copy(catalog(), request.form.get("url", "").strip()[:2000]))
        arriving.add(actor, draft, upload, current_language())
    elif what == "link":
        files.link(actor, draft.id, revision(), request.form.get("url", "").strip())


def received() -> list[Upload]:
    """Store the files that were sent; raises Invalid where there is none, or where one is refused."""
    sent = [one for one in request.files.getlist("upload")[:MOST] if one.filename]
    whole = [id for id in request.form.getlist("resumed")[:MOST] if id]
    if not sent and not whole:
        message = "Choose a file first."
        raise Invalid(message, [Problem("no-file", "/upload", message)])
    uploads, wrong = [], list[Problem]()
    arriving, resuming = catalog().arriving, catalog().resuming
    takes = [partial(resuming.take, current_actor(), id) for id in whole]
    takes += [partial(catalog().uploads.receive, one.stream, one.filename or "") for one in sent]
    for take in takes:
        try:
            uploads.append(arriving.accepted(take()))
        except Invalid as error:
            wrong += [Problem(p.code, p.path, p.message) for p in error.problems]
    if wrong:
        raise Invalid("These files cannot be taken.", wrong)
    return uploads


def problems(error: CatalogError) -> list[Problem]:
    """Return what is wrong with files as problems of the form."""
    codes = {TooLarge: "too-large", NoRoom: "no-room", Conflict: "conflict"}
    return list(getattr(error, "problems", ())) or [Problem(codes.get(type(error), "refused"), "/upload", str(error))]


def status(error: CatalogError) -> int:
    """Return the status of a form that was refused."""
    return {TooLarge: 413, NoRoom: 507, Conflict: 409}.get(type(error), 400)


def _page(draft: Draft, error: CatalogError | None = None) -> Response:
    known = {file.distribution: file for file in catalog().drafts.files(current_actor(), draft.id)}
    rows = [(entry, known.get(entry["id"])) for entry in draft.document.get("distribution", ())]
    wrong = problems(error) if error else []
    waits = any(file.sha256 and not file.checked for file in known.values())
    given = {"held": rows, "problems": wrong, "waits": waits, "url": request.form.get("url", "")}
    return page("files", draft, status(error) if error else 200, **given)


def _moved(draft: Draft, distribution: str, by: int) -> list[str]:
    order = [entry["id"] for entry in draft.document.get("distribution", ())]
    if distribution in order:
        at = order.index(distribution)
        order.insert(max(0, at + by), order.pop(at))
    return order
