"""To ask for data that are missing, after a look at what may answer already; to vote, and to take back."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.errors import Invalid, Throttled
from schemas.problems import Problem
from web import sentences
from web.catalog import catalog, current_actor
from web.languages import current_language
from web.pace import writer
from web.pages.wanted import agencies, blueprint
from web.surfaces import Lets, surface

FIELDS = ("title", "purpose", "description", "agency", "language")


@blueprint.get("/new")
def form() -> str:
    """Show the form, with what may answer a title that the address gives."""
    given = {name: request.args.get(name, "")[:200] for name in ("title", "agency")}
    return _form({"language": current_language(), **given})


@blueprint.post("/new")
@surface(Lets.METADATA, Lets.OWN, changes="own")
def ask() -> Response | str | tuple[str, int]:
    """Take a request; the first time, where something may answer it already, that is shown instead."""
    actor = writer()
    given = {name: request.form.get(name, "")[:5000] for name in FIELDS}
    problems = catalog().wanted.read(given)[1]
    if not problems and request.form.get("looked") != given["title"] and any(_alike(given).values()):
        return _form(given, unsure=True)
    try:
        made = catalog().wanted.ask(actor, given)
    except Invalid as error:
        return _form(given, error.problems), 400
    except Throttled as error:
        return _form(given, (Problem("too-many", "/many", str(error)),)), 429
    return redirect(url_for("wanted.show", wanted=made.id), 303)


@blueprint.post("/<wanted>/<any(vote, unvote, withdraw):do>")
@surface(Lets.OWN, changes="own")
def change(wanted: str, do: str) -> Response:
    """Vote, take one's vote back, or take the request back."""
    board = catalog().wanted
    {"vote": board.vote, "unvote": board.unvote, "withdraw": board.withdraw}[do](writer(), wanted)
    return redirect(url_for("wanted.show", wanted=wanted), 303)


def _form(given: Mapping[str, str], problems: tuple[Problem, ...] = (), *, unsure: bool = False) -> str:
    return render_template(
        "wanted/form.html", given=given, wrong={one.path[1:] for one in problems}, words=sentences.WANTED_PROBLEMS,
        agencies=agencies(), unsure=unsure, **_alike(given),
    )  # fmt: skip


def _alike(given: Mapping[str, str]) -> dict[str, list[Any]]:
    title, language = given["title"][:150], given["language"]
    alike = catalog().alike
    return {
        "datasets": alike.datasets(current_actor(), title, current_language()) if title else [],
        "requests": alike.requests(title, language) if title else [],
    }
