"""Columns: what each holds, over the whole file; saved, read again at once, and errors shown in the rows where they stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from catalog.errors import Conflict, Invalid, NotFound
from catalog.publication import found_schema
from catalog.records import Draft, FileRecord
from schemas.forms.derive import form_for
from schemas.problems import Problem
from schemas.table import TableSchema
from web.bodies import TEXTS, takes
from web.catalog import catalog, current_actor
from web.forms.columns import TYPES, ColumnForm, answers, described, kind_of
from web.languages import current_language
from web.pages import reports
from web.pages.wizard import blueprint
from web.pages.wizard.shown import following, opened, page, revision
from web.whole import whole

SHOWN = 50
"""Columns of a page."""
ROWS = 10
ENCODINGS = ("utf-8", "cp1251", "utf-16", "cp866", "koi8-r", "cp1252", "kz1048", "cp949")
DELIMITERS = {",": ",", ";": ";", "\t": "Tab", "|": "|"}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row with errors: its number in the file, its cells with whether each is wrong, and what is wrong."""

    number: int
    cells: tuple[tuple[str, bool], ...]
    said: tuple[str, ...]


@blueprint.get("/dataset/draft/<id>/columns")
def show_columns(id: str) -> Response:
    """Show the files whose columns can be described; with one file, that one."""
    draft = opened(id)
    entries = draft.document.get("distribution", ())
    if len(entries) == 1:
        return redirect(url_for("wizard.show_file", id=id, distribution=entries[0]["id"]))
    known = {file.distribution: file for file in catalog().drafts.files(current_actor(), id)}
    return page("tables", draft, held=[(entry, known.get(entry["id"])) for entry in entries])


@blueprint.get("/dataset/draft/<id>/columns/<distribution>")
def show_file(id: str, distribution: str) -> Response:
    """Show the columns of a file with its errors; one that waits to be read is read by a worker."""
    draft = opened(id)
    return _page(draft, distribution, _fields(draft, distribution))


@blueprint.post("/dataset/draft/<id>/columns/<distribution>")
@takes(TEXTS)
def save_file(id: str, distribution: str) -> Response:
    """Save the columns, or how the file is cut into cells, and read it again."""
    draft = opened(id)
    before = _fields(draft, distribution)
    first = whole(request.values.get("first"))
    forms = {at: _form(at, before[at]) for at in range(first, min(first + SHOWN, len(before)))}
    fields = list(before)
    for at, form in forms.items():
        fields[at] = described(form, before[at], current_language())
    facts = _dialect() if request.form.get("do") == "dialect" else {"table_schema": _schema(draft, distribution, fields)}
    try:
        saved = catalog().draft_files.describe(current_actor(), id, revision(), distribution, facts)
        _read(saved, distribution)
    except Conflict as conflict:
        present = conflict.present if isinstance(conflict.present, Draft) else draft
        return _page(present, distribution, fields, 409, (Problem("conflict", "", str(conflict)),), theirs=before)
    except Invalid as error:
        return _page(_rest(draft, distribution, fields, before, error), distribution, fields, 400, error.problems)
    if request.form.get("do") == "continue":
        after = following("columns")
        return redirect(url_for("wizard.show_step", id=id, name=after), 303)
    return redirect(url_for("wizard.show_file", id=id, distribution=distribution, first=first or None) + "#errors", 303)


def _rest(draft: Draft, distribution: str, fields: list[Any], before: list[Any], error: Invalid) -> Draft:
    """Save the columns that nothing is wrong with, and read the file by them; returns the draft as it stands after that."""
    wrong = {int(found[1]) for problem in error.problems if (found := re.search(r"/fields/(\d+)/", f"{problem.path}/"))}
    right = [before[at] if at in wrong else field for at, field in enumerate(fields)]
    try:
        schema = _schema(draft, distribution, right)
        saved = catalog().draft_files.describe(current_actor(), draft.id, revision(), distribution, {"table_schema": schema})
    except (Conflict, Invalid):
        return draft
    _read(saved, distribution)
    return saved


def _read(draft: Draft, distribution: str) -> None:
    file = _file(draft, distribution)
    if file is not None and not file.checked:
        catalog().arriving.read(current_actor(), draft, distribution, file.byte_size or 0, current_language())


def _page(
    draft: Draft, distribution: str, fields: list[Mapping[str, Any]], status: int = 200, problems: tuple[Problem, ...] = (),
    theirs: Any = (),
) -> Response:  # fmt: skip
    file, first, language = _file(draft, distribution), whole(request.values.get("first")), current_language()
    forms = [(at, _form(at, fields[at], sent=False)) for at in range(first, min(first + SHOWN, len(fields)))]
    table: Mapping[str, Any] = (file.table if file else None) or {}
    return page(
        "columns", draft, status, entry=_entry(draft, distribution), file=file, column_forms=forms, table=table, first=first,
        total=len(fields), shown=SHOWN, types=_types(fields), groups=reports.groups(file.report if file else None, language),
        errors=reports.total(file.report if file else None), wrong=wrong_rows(file), problems=problems,
        encodings=ENCODINGS, delimiters=DELIMITERS, correction=_entry(draft, distribution).get("correction") or {},
        samples=_samples(table), theirs={at: answers(field, language) for at, field in enumerate(theirs)}, rows_shown=ROWS,
    )  # fmt: skip


def _form(at: int, field: Mapping[str, Any], *, sent: bool = True) -> ColumnForm:
    given = answers(field, current_language())
    return ColumnForm(request.form if sent else None, data=given, prefix=f"c{at}-")


def _types(fields: list[Mapping[str, Any]]) -> dict[str, str]:
    others = {kind_of(field): kind_of(field) for field in fields}
    return TYPES | {code: words for code, words in others.items() if code not in TYPES}


def _fields(draft: Draft, distribution: str) -> list[Mapping[str, Any]]:
    """Return the columns as they are described, else as they were found in the whole file."""
    described_so = _entry(draft, distribution).get("table_schema")
    if described_so and described_so.get("fields"):
        return list(described_so["fields"])
    file = _file(draft, distribution)
    found = found_schema(file) if file else None
    return list(form_for(TableSchema).dump(found)["fields"]) if found else []


def _schema(draft: Draft, distribution: str, fields: list[Mapping[str, Any]]) -> dict[str, Any]:
    before = _entry(draft, distribution).get("table_schema") or {}
    return {**before, "fields": fields}


def _entry(draft: Draft, distribution: str) -> Mapping[str, Any]:
    for entry in draft.document.get("distribution", ()):
        if entry["id"] == distribution:
            return dict(entry)
    raise NotFound(f"The draft has no file {distribution!r}.")


def _file(draft: Draft, distribution: str) -> FileRecord | None:
    files = catalog().drafts.files(current_actor(), draft.id)
    return next((file for file in files if file.distribution == distribution), None)


def _dialect() -> dict[str, Any]:
    """Return how the file is to be read; the columns are found anew, since they may be others."""
    given = {name: request.form.get(name, "") for name in ("encoding", "delimiter", "sheet")}
    correction: dict[str, Any] = {name: told for name, told in given.items() if told}
    if header := request.form.get("header", "").strip():
        correction["header"] = int(header) if header.isascii() and header.isdigit() and len(header) < 6 else header
    return {"correction": correction or None, "table_schema": None}


def _samples(table: Mapping[str, Any]) -> list[list[str]]:
    """Return three values of each column."""
    rows = table.get("sample") or []
    return [[str(row[at]) for row in rows[:3] if at < len(row)] for at in range(len(table.get("labels", ())))]


def wrong_rows(file: FileRecord | None) -> list[Wrong]:
    """Return the first rows with errors, with their cells."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    for error in reports.all_errors(file.report if file else None):
        if error.get("rowNumber") and (error["rowNumber"] in found or len(found) < ROWS):
            found.setdefault(error["rowNumber"], []).append(error)
    return [_wrong(number, errors) for number, errors in sorted(found.items())]


def _wrong(number: int, errors: list[Mapping[str, Any]]) -> Wrong:
    bad = {error.get("fieldNumber") for error in errors}
    cells = tuple((str(cell or ""), at in bad) for at, cell in enumerate(errors[0].get("cells") or (), 1))
    return Wrong(number, cells, tuple(str(error.get("note") or "") for error in errors))
