"""The page of one file: facts, first rows, columns, validation report, code that fetches it."""

from flask import Blueprint, abort, render_template

from web.catalog import catalog, current_actor
from web.languages import current_language
from web.pages import facts, reports

blueprint = Blueprint("file", __name__)
COLUMNS = 200
"""Columns of a preview; more would not fit a page."""


@blueprint.get("/dataset/<name>/resource/<distribution>")
def show(name: str, distribution: str) -> str:
    """Show a file."""
    entry = catalog().reading.entry(current_actor(), name)
    decision = catalog().downloads.decide(current_actor(), entry)
    files = facts.files(entry, allowed=decision.allowed)
    file = next((file for file in files if file.distribution.id == distribution), None) or abort(404)
    return render_template(
        "file.html", dataset=entry.dataset, decision=decision, file=file, files=files, most_columns=COLUMNS,
        groups=reports.groups(file.report, current_language()), errors=reports.total(file.report),
    )  # fmt: skip
