"""What all pages of the wizard show: the draft, its steps and how far each is, and Problems in the reader's language."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import RadioField

from catalog.access import Action
from catalog.records import Draft, DraftState, FileState
from schemas.problems import Problem
from schemas.texts import pick
from web import sentences
from web.catalog import catalog, current_actor
from web.forms import steps
from web.forms.base import Step
from web.forms.fields import Checks, Texts
from web.identity import signed_in
from web.languages import current_language
from web.sentences import N_
from web.whole import whole


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list; `state` is `done`, `todo`, `optional` or `waiting`."""

    name: str
    title: str
    state: str


FILES, COLUMNS, CHECK = N_("Files"), N_("Columns"), N_("Check and publish")
STATES = {"done": N_("Done"), "todo": N_("To do"), "optional": N_("Optional"), "waiting": N_("Add files first")}


def opened(id: str) -> Draft:
    """Return the draft of an address, for those who may see it; leads visitors to signing in."""
    signed_in()
    return catalog().drafts.get(current_actor(), id)


def tasks(draft: Draft) -> list[Task]:
    """Return the task list of a draft in order."""
    entries = draft.document.get("distribution", ())
    described = all(entry.get("table_schema") for entry in entries)
    files = Task("files", FILES, "done" if entries else "todo")
    columns = Task("columns", COLUMNS, ("done" if described else "optional") if entries else "waiting")
    forms = [_task(step, draft, bool(entries)) for step in steps().values()]
    return [files, forms[0], columns, *forms[1:], Task("check", CHECK, "todo" if entries else "waiting")]


def _task(step: Step, draft: Draft, files: bool) -> Task:
    if step.name == "licence" and not files:
        return Task(step.name, step.title, "waiting")
    return Task(step.name, step.title, "done" if step.done(draft.document) else "optional" if step.optional else "todo")


def page(template: str, draft: Draft, status: int = 200, **more: Any) -> Response:
    """Return a page of the wizard about a draft."""
    actor, title = current_actor(), pick(draft.document.get("title") or {}, current_language())
    may = {action: catalog().drafts.may(actor, action, draft.agency) for action in (Action.EDIT, Action.PUBLISH, Action.REVIEW)}
    given = {
        "draft": draft, "tasks": tasks(draft), "failed": status >= 400, "shown_title": title,
        "may_edit": may[Action.EDIT], "states": STATES,
        "may_publish": may[Action.PUBLISH], "may_review": may[Action.REVIEW], "told": told, "anchor": anchor,
        "editing": DraftState.EDITING,
        "four_eyes": catalog().settings.four_eyes and actor.id in (draft.author, *draft.editors),
    }  # fmt: skip
    return Response(render_template(f"wizard/{template}.html", **{**given, **more}), status, mimetype="text/html")


def told(problem: Problem) -> Markup:
    """Return what is wrong in the reader's language; in English, and marked so, where nobody foresaw it."""
    words = gettext(problem.message)
    if words == problem.message and current_language() != "en":
        if problem.code in sentences.PROBLEMS:
            return Markup("{}").format(gettext(sentences.PROBLEMS[problem.code]))
        return Markup('<span lang="en">{}</span>').format(words)
    return Markup("{}").format(words)


def revision() -> int:
    """Return the revision that a form was made from; 0, which is never present, where it says none."""
    return whole(request.form.get("revision"))


def waiting(id: str) -> bool:
    """Tell whether a file of a draft waits to be read."""
    return any(file.state is FileState.STORED and not file.checked for file in catalog().drafts.files(current_actor(), id))


def following(name: str) -> str:
    """Return the address part of the page after a step."""
    names = ["files", next(iter(steps())), "columns", *list(steps())[1:], "check"]
    return names[names.index(name) + 1]


def anchor(field: Any) -> str:
    """Return the id of what takes the focus of a question: the text in the reader's language, the first of choices."""
    if isinstance(field, Texts):
        return f"{field.id}-{current_language()}"
    return f"{field.id}-0" if isinstance(field, RadioField | Checks) else str(field.id)
