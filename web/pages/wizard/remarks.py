"""What is to be put right in a draft, in one list: what stops it, what is worth a look, what brings points; each with a link."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from catalog.quality.base import Finding
from catalog.quality.messages import fix, message
from catalog.records import Draft, FileRecord
from schemas.problems import Problem, Severity
from web import quantities
from web.forms import steps
from web.languages import current_language
from web.pages import reports
from web.pages.staff.personal import KINDS
from web.pages.wizard.shown import anchor, told
from web.quality import fix_first

SAME = {"table-errors": "data.validity.tables", "personal-data": "data.privacy.personal", "not-scanned": "data.privacy.personal"}
"""Checks that find again what a Problem of this code says."""
MOST = 20
"""Columns or types of errors that are named under a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One line: `kind` is `stop`, `warn` or `gain`; `href` leads to the question, named where the words do not.

    `points` are what the fix brings to the quality score; `details` say where: columns with counts, rows with errors.
    """

    kind: str
    words: Markup
    href: str = ""
    question: str = ""
    points: float = 0
    details: tuple[str, ...] = ()


def remarks(
    draft: Draft, files: Iterable[FileRecord], problems: Iterable[Problem], findings: Iterable[Finding]
) -> list[Remark]:
    """Return the list of a draft; a finding that says what a Problem says gives that its points."""
    held, failed, made = {file.distribution: file for file in files}, fix_first(findings), list[Remark]()
    for problem in problems:
        path, at = _counted(draft, problem.path)
        same = [one for one in failed if one.path == path or (SAME.get(problem.code) == one.check and _below(one.path, path))]
        failed = [one for one in failed if one not in same]
        href, question = place(draft, path, problem.code)
        made.append(Remark(
            kind="stop" if problem.severity is Severity.ERROR else "warn", words=told(problem), href=href,
            question="" if problem.code == "no-responsibility" else question, points=sum(one.points for one in same),
            details=_details(problem.code, held.get(at)),
        ))  # fmt: skip
    held_back = {_counted(draft, one.path)[1] for one in problems if one.code in ("personal-data", "not-scanned")}
    made += [_hint(draft, file) for file in held.values() if file.distribution not in held_back and _personal(file)]
    gains: dict[tuple[str, str], Remark] = {}
    for one in failed:  # one answer, such as the licence, may put several files right
        gain = _gain(draft, one)
        known = gains.setdefault((one.check, gain.href), gain)
        gains[one.check, gain.href] = known if known is gain else replace(known, points=known.points + gain.points)
    made += sorted(gains.values(), key=lambda gain: -gain.points)
    return sorted(made, key=lambda one: ("stop", "warn", "gain").index(one.kind))


def place(draft: Draft, path: str, code: str = "") -> tuple[str, str]:
    """Return the address at which a property is changed and the question there; both empty where nothing is asked."""
    head, _, rest = path.lstrip("/").partition("/")
    if head == "distribution" and not path.endswith("/license"):
        at, entries = rest.partition("/")[0], draft.document.get("distribution", ())
        if at.isdigit() and int(at) < len(entries) and (code == "table-errors" or "table_schema" in rest):
            columns = url_for("wizard.show_file", id=draft.id, distribution=entries[int(at)]["id"])
            return columns + "#errors" * (code == "table-errors"), ""
        return url_for("wizard.show_files", id=draft.id) + (f"#file-{int(at) + 1}" if at.isdigit() else ""), ""
    asked = [(step.name, field) for step in steps().values() for field in step.form()]
    if head == "distribution":
        found = [one for one in asked if one[1].name == "licence"]
    else:
        found = [one for one in asked if one[1].pointer and one[1].pointer.partition("/")[0] == head]
        found.sort(key=lambda one: f"/{one[1].pointer}" != path)
    if not found:
        return "", ""
    name, field = found[0]
    return url_for("wizard.show_step", id=draft.id, name=name) + f"#{anchor(field)}", str(field.label.text)


def _below(path: str, other: str) -> bool:
    return f"{path}/".startswith(f"{other}/")


def _counted(draft: Draft, path: str) -> tuple[str, str]:
    """Return a path with the place of a file instead of its id, and the id."""
    ids = [str(entry["id"]) for entry in draft.document.get("distribution", ())]
    parts = path.split("/")
    if parts[1:2] == ["distribution"] and len(parts) > 2:
        if parts[2] in ids:
            return "/".join([*parts[:2], str(ids.index(parts[2])), *parts[3:]]), parts[2]
        if parts[2].isdigit() and int(parts[2]) < len(ids):
            return path, ids[int(parts[2])]
    return path, ""


def _details(code: str, file: FileRecord | None) -> tuple[str, ...]:
    if file is None:
        return ()
    if code == "table-errors":
        return tuple(_rows(reports.groups(file.report, current_language())[:MOST]))
    return tuple(_personal(file)) if code in ("personal-data", "not-scanned") else ()


def _rows(groups: Sequence[reports.Group]) -> Iterator[str]:
    for group in groups:
        rows = ", ".join(
            gettext("row %(row)s", row=one.row) + (f" ({one.column})" if one.column else "") for one in group.places if one.row
        )
        yield f"{group.title}: {_number(group.count)}" + (f" – {rows}" if rows else "") + f". {group.advice}"


def _personal(file: FileRecord) -> list[str]:
    """Return what the scan found in a file, by column and count, never a value."""
    return [_found(one) for one in (file.scan or {}).get("findings", ())[:MOST]]


def _found(one: Any) -> str:
    cells = ngettext("%(count)s cell", "%(count)s cells", one["hits"], count=_number(one["hits"]))
    return f"{one['column']}: {gettext(KINDS.get(one['kind'], one['kind']))}, {cells}"


def _hint(draft: Draft, file: FileRecord) -> Remark:
    words = gettext("Look at these columns of %(file)s before they are public.", file=file.filename)
    href = place(draft, _counted(draft, f"/distribution/{file.distribution}")[0])[0]
    return Remark(kind="warn", words=escape(words), href=href, details=tuple(_personal(file)))


def _gain(draft: Draft, one: Finding) -> Remark:
    language, (href, question) = current_language(), place(draft, one.path)
    words = Markup("{} <span class='quiet'>{}</span>").format(fix(one, language), message(one, language))
    return Remark(kind="gain", words=words, href=href, question=question, points=one.points)


def _number(count: int) -> str:
    return quantities.number(count, current_language())
