"""Check: every answer in one list with links to change it, what stands in the way, and the buttons that lead to publication."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import Field

from catalog.errors import CatalogError
from catalog.records import Draft
from schemas.problems import Severity
from web.catalog import catalog, current_actor
from web.forms import steps
from web.forms.fields import Lines, Numbers, Texts
from web.languages import current_language
from web.pages.wizard import blueprint
from web.pages.wizard.shown import opened, page, where


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with its answer: words by language, `""` where they have none."""

    question: str
    words: tuple[tuple[str, str], ...]


@blueprint.get("/dataset/draft/<id>/check")
def check(id: str) -> Response:
    """Show the whole draft before it is published."""
    return checked(opened(id))


def checked(draft: Draft, status: int = 200, error: CatalogError | None = None) -> Response:
    """Return the check page, with what was refused."""
    problems = where(catalog().reviewing.standing(current_actor(), draft.id))
    errors = [one for one in problems if one[0].severity is Severity.ERROR]
    warnings = [one for one in problems if one[0].severity is not Severity.ERROR]
    known = {file.distribution: file for file in catalog().drafts.files(current_actor(), draft.id)}
    rows = [(entry, known.get(entry["id"])) for entry in draft.document.get("distribution", ())]
    return page(
        "check", draft, status, errors=errors, warnings=warnings, held=rows, refused=str(error) if error else "",
        lists=[(step, list(_answers(step.name, draft))) for step in steps().values()], because=request.form.get("because", ""),
        comment=request.form.get("comment", ""), due=request.form.get("due", ""),
        waits=any(one[0].code == "file-waiting" for one in problems),
    )  # fmt: skip


def _answers(name: str, draft: Draft) -> Iterator[Answer]:
    form = steps()[name].form
    for field in form(data=form.answers(draft.document)):
        if words := tuple(_words(field)):
            yield Answer(field.label.text, words)


def _words(field: Any) -> Iterator[tuple[str, str]]:
    told = field.data
    if told in (None, "", [], {}):
        return
    if isinstance(field, Texts):
        yield from ((code, field.shown(code)) for code in told)
    elif choices := getattr(field, "choices_in", None):
        labels = {one[0]: gettext(one[1]) for one in choices(current_language())}
        chosen = told if isinstance(told, list | tuple) else [told]
        yield from (("", labels.get(str(one), str(one))) for one in chosen)
    elif isinstance(field, Lines | Numbers):
        yield "", field.shown()
    elif isinstance(field, Field):
        yield "", str(told)

