"""The page on which agencies answer, and stewards pass on or hide."""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalog.errors import Denied, Invalid
from schemas.problems import Problem
from schemas.vocabularies import vocabulary
from web import sentences
from web.catalog import catalog
from web.identity import signed_in
from web.pace import writer
from web.pages.wanted import agencies, blueprint, seen
from web.surfaces import Lets, surface

FIELDS = ("state", "due", "dataset", "ground", "answer")


@blueprint.get("/<wanted>/answer")
@surface(Lets.STAFF)
def answer(wanted: str) -> str:
    """Show what can be answered to those who may."""
    return _page(wanted)


@blueprint.post("/<wanted>/answer")
@surface(Lets.STAFF, changes="dataset:edit")
def give(wanted: str) -> Response | tuple[str, int]:
    """Give the answer of the agency."""
    given = {name: request.form.get(name, "")[:5000] for name in FIELDS}
    return _done(wanted, given, lambda: catalog().answering.answer(writer(), wanted, given))


@blueprint.post("/<wanted>/<any('pass-on', hide, show):do>")
@surface(Lets.STAFF, changes="dataset:review")
def oversee(wanted: str, do: str) -> Response | tuple[str, int]:
    """Pass a request on to an agency, take it from view, or show it again."""
    actor, answering = writer(), catalog().answering
    given = {"state": do, "agency": request.form.get("agency", "")[:100], "because": request.form.get("because", "")[:1000]}
    doing: dict[str, Callable[[], object]] = {
        "pass-on": lambda: answering.pass_on(actor, wanted, given["agency"]),
        "hide": lambda: answering.hide(actor, wanted, given["because"]),
        "show": lambda: answering.show(actor, wanted),
    }
    return _done(wanted, given, doing[do])


def _done(wanted: str, given: Mapping[str, str], doing: Callable[[], object]) -> Response | tuple[str, int]:
    try:
        doing()
    except Invalid as error:
        return _page(wanted, given, error.problems), 400
    return redirect(url_for("wanted.show", wanted=wanted), 303)


def _page(wanted: str, given: Mapping[str, str] | None = None, problems: tuple[Problem, ...] = ()) -> str:
    signed_in()
    found = seen(wanted)
    if not (found.answerable or found.overseen):
        raise Denied("Only those who are asked may answer.", "role")
    return render_template(
        "wanted/answer.html", seen=found, given=given or asdict(found.wanted), states=sentences.WANTED_STATES,
        wrong={one.path[1:] for one in problems}, words=sentences.WANTED_PROBLEMS, grounds=vocabulary("refusal_grounds"),
        agencies=agencies(),
    )  # fmt: skip
