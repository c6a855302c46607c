"""Harvest sources that an agency keeps: added, looked at before they run, run, paused, and held runs released."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.errors import Invalid
from catalog.harvests.records import HarvestSource
from harvesters import owned
from harvesters.base import source_kinds
from harvesters.preview import preview
from schemas.problems import Problem
from web.catalog import catalog
from web.identity import signed_in
from web.pages.staff import blueprint
from web.pages.wizard.shown import told
from web.surfaces import Lets, surface

ASKED = ("name", "kind", "url", "title", "language", "license", "files", "schedule")
LOOK = 20
"""Records of a source that a look takes in."""


@blueprint.get("/organization/<agency>/sources/new")
def new_source(agency: str) -> Response:
    """Ask for a new source."""
    return _form(agency)


@blueprint.post("/organization/<agency>/sources/new")
@surface(Lets.STAFF, changes="dataset:publish")
def add_source(agency: str) -> Response:
    """Add a source."""
    given = {name: told for name in ASKED if (told := request.form.get(name, "").strip()[:2000])}
    try:
        source = owned.add(catalog(), signed_in(), agency, {"name": "", "kind": "", "url": "", **given})
    except Invalid as error:
        return _form(agency, list(error.problems))
    return redirect(url_for("staff.source", agency=agency, name=source.name), 303)


@blueprint.get("/organization/<agency>/sources/<name>")
def source(agency: str, name: str) -> Response:
    """Show a source with what can be done."""
    return _page(agency, owned.owned(catalog(), signed_in(), agency, name))


@blueprint.post("/organization/<agency>/sources/<name>")
@surface(Lets.STAFF, changes="dataset:publish")
def decide(agency: str, name: str) -> Response:
    """Do what a button says: look, run, pause, go on, or release a held run."""
    one, do = owned.owned(catalog(), signed_in(), agency, name), request.form.get("do", "")
    try:
        if do == "look":
            return _page(agency, one, looked=list(preview(catalog(), one, LOOK)))
        if do == "run":
            catalog().jobs.wake(f"harvest:{one.name}")
        elif do in ("pause", "resume"):
            owned.pause(catalog(), signed_in(), one, paused=do == "pause")
        elif do == "release":
            given, because = request.form.get("run", ""), request.form.get("because", "")[:2000]
            number = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
            owned.release_held(catalog(), signed_in(), one, number, because)
    except Invalid as error:
        return _page(agency, one, problems=list(error.problems))
    return redirect(url_for("staff.source", agency=agency, name=name, done=do if do == "run" else None), 303)


def _page(agency: str, one: HarvestSource, problems: list[Problem] | None = None, looked: list[object] | None = None) -> Response:
    runs = catalog().harvests.runs(one.name, limit=10)
    words = render_template(
        "staff/source.html", agency=agency, source=one, runs=runs, problems=problems or [], looked=looked, told=told,
        done=request.args.get("done") == "run", kinds=source_kinds(),
    )  # fmt: skip
    return Response(words, 400 if problems else 200, mimetype="text/html")


def _form(agency: str, problems: list[Problem] | None = None) -> Response:
    catalog().workroom.datasets(signed_in(), agency, limit=1)
    given = {name: request.form.get(name, "") for name in ASKED}
    words = render_template(
        "staff/new_source.html", agency=agency, kinds=source_kinds(), problems=problems or [], told=told, given=given
    )
    return Response(words, 400 if problems else 200, mimetype="text/html")
