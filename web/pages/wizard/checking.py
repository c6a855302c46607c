"""Check: every answer in one list with links to change it, what stands in the way, and the buttons that lead to publication."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import Field

from catalog.errors import CatalogError
from catalog.quality.base import DATA, MQA
from catalog.quality.scoring import score
from catalog.records import Draft
from schemas.problems import Severity, has_errors
from web.catalog import catalog, current_actor
from web.forms import steps
from web.forms.fields import Lines, Numbers, Texts
from web.languages import current_language
from web.pages.quality import words
from web.pages.wizard import blueprint
from web.pages.wizard.remarks import remarks
from web.pages.wizard.shown import opened, page
from web.sentences import REMARKS


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
    problems, findings = catalog().reviewing.standing(current_actor(), draft.id), catalog().previews.of(current_actor(), draft.id)
    files = catalog().drafts.files(current_actor(), draft.id)
    known = {file.distribution: file for file in files}
    return page(
        "check", draft, status, remarks=remarks(draft, files, problems, findings), refused=str(error) if error else "",
        stops=has_errors(problems), warned=any(one.severity is Severity.WARNING for one in problems),
        scores=[(kind, score(kind, findings)) for kind in (MQA, DATA)] if findings else (), remark_kinds=REMARKS, **words(),
        held=[(entry, known.get(entry["id"])) for entry in draft.document.get("distribution", ())],
        lists=[(step, list(_answers(step.name, draft))) for step in steps().values()], because=request.form.get("because", ""),
        comment=request.form.get("comment", ""), due=request.form.get("due", ""),
        waits=any(one.code == "file-waiting" for one in problems),
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

