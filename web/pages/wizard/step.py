"""A step that is a form: shown, saved, and where somebody else saved meanwhile, shown with both versions."""

from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from catalog.errors import Conflict, Invalid
from catalog.records import Draft
from schemas.problems import Problem
from web.bodies import TEXTS, takes
from web.catalog import catalog, current_actor
from web.forms import steps
from web.forms.base import Step, StepForm
from web.languages import current_language
from web.pages.wizard import blueprint
from web.pages.wizard.shown import following, opened, page, revision


@blueprint.get("/dataset/draft/<id>/step/<name>")
def show_step(id: str, name: str) -> Response:
    """Show the questions of a step with the answers so far."""
    draft, step = opened(id), _step(name)
    return _page(draft, step, step.form(data=step.form.answers(draft.document)))


@blueprint.post("/dataset/draft/<id>/step/<name>")
@takes(TEXTS)
def save_step(id: str, name: str) -> Response:
    """Save the answers and go on; what is wrong is shown beside the answers; the others are saved."""
    draft, step = opened(id), _step(name)
    form = step.form(request.form, data=step.form.answers(draft.document))
    for field in form:
        field.errors = list(field.process_errors)
    try:
        saved = form.save(catalog(), current_actor(), draft, revision())
    except Conflict as conflict:
        return _conflict(draft, step, form, conflict)
    except Invalid as error:
        others = form.lay(error.problems)
        return _page(_rest(draft, form), step, form, 400, others)
    if any(field.errors for field in form):
        return _page(saved, step, form, 400)
    back = request.form.get("then") == "tasks"
    return redirect(url_for("wizard.tasks", id=id) if back else _next(id, name), 303)


def _rest(draft: Draft, form: StepForm) -> Draft:
    """Save the answers that nothing is wrong with; returns the draft as it stands after that."""
    try:
        return form.save(catalog(), current_actor(), draft, revision())
    except (Conflict, Invalid):  # what is wrong belongs to no answer
        return draft


def _next(id: str, name: str) -> str:
    after = following(name)
    other = {"columns": "wizard.show_columns", "check": "wizard.check"}.get(after)
    return url_for(other, id=id) if other else url_for("wizard.show_step", id=id, name=after)


def _conflict(draft: Draft, step: Step, form: StepForm, conflict: Conflict) -> Response:
    """Show what the other saved beside what was sent; the same answers sent twice are no conflict."""
    present = conflict.present if isinstance(conflict.present, Draft) else draft
    theirs = step.form(data=step.form.answers(present.document))
    differing = [(mine, other) for mine, other in zip(form, theirs, strict=True) if (mine.data or None) != (other.data or None)]
    if not differing:
        return redirect(_next(draft.id, step.name), 303)
    return _page(present, step, form, 409, differing=differing)


def _page(
    draft: Draft, step: Step, form: StepForm, status: int = 200, others: list[Problem] | None = None, differing: Any = (),
) -> Response:  # fmt: skip
    for field in form:
        if choices := getattr(field, "choices_in", None):
            field.choices_shown = list(choices(current_language()))
    return page(
        "step", draft, status, step=step, form=form, others=others or [], differing=differing,
        columns=_labels(draft),
    )  # fmt: skip


def _labels(draft: Draft) -> list[str]:
    """Return the names of columns of all files, which some questions ask for."""
    files = catalog().drafts.files(current_actor(), draft.id)
    return list(dict.fromkeys(str(label) for file in files for label in (file.table or {}).get("labels", ())))[:500]


def _step(name: str) -> Step:
    step = steps().get(name)
    if step is None:
        abort(404)
    return step
