"""Quality for people: the report of a dataset, and dashboards of an agency and of the catalogue, with everything as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from catalog.errors import NotFound
from catalog.quality.audit import Report
from catalog.quality.bands import label
from catalog.quality.base import DATA, MQA, RULES, Finding, Status, checks
from catalog.quality.messages import fix, message, title
from catalog.quality.records import Audit
from catalog.quality.summary import Summary
from catalog.quality.views import views
from catalog.reading import Entry
from catalog.records import FileRecord
from web import sentences
from web.catalog import catalog, current_actor
from web.charts import sparkline, stack
from web.languages import current_language
from web.pages import reports
from web.quality import fix_first
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("quality", __name__), Lets.METADATA, Lets.BYTES)
SHOWN, HISTORY = 20, 30
"""Rows of a table of a dashboard, and audits in the history of a report."""
_STANDING = ("dataset", "agency", "access", "band", "mqa", "mqa_maximum", "rules", "checked_at", "failed")


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in the reader's language."""

    check: str
    title: str
    status: str
    points: float
    message: str
    fix: str
    path: str
    blocker: bool = False


@blueprint.get("/dataset/<name>/quality")
def report(name: str) -> str:
    """Show what the audit says of a dataset, and what to fix first."""
    entry = catalog().reading.entry(current_actor(), name)
    history = catalog().audits.history(current_actor(), name, HISTORY)
    allowed = catalog().downloads.decide(current_actor(), entry).allowed
    found = catalog().audits.seen(history[0], whole=allowed) if history else None
    return render_template(
        "quality/report.html", dataset=entry.dataset, record=entry.record, report=found, rules=RULES, history=history,
        lines=_lines(found) if found else {}, first=[_line(one) for one in fix_first(found.findings)] if found else [],
        others=views(catalog().audits.stored(history[0]), current_language()) if history else (),
        files=[(file, reports.groups(file.report, current_language())) for file in _reported(entry)],
        spark=sparkline(_points(history), _("Points over time")), badge=f"/dataset/{name}/quality.svg",
        scores=((MQA, found.mqa), (DATA, found.data)) if found else (), **words(),
    )  # fmt: skip


@blueprint.get("/dataset/<name>/quality/<distribution>.csv")
def file_csv(name: str, distribution: str) -> Response:
    """Answer with every error that was found in a file."""
    entry = catalog().reading.entry(current_actor(), name)
    file = next((one for one in _reported(entry) if one.distribution == distribution), None)
    if file is None:
        raise NotFound("There is no validation report of this file.")
    rows = ((one.get("type"), one.get("rowNumber"), one.get("fieldName") or one.get("fieldNumber"),
             one.get("note") or one.get("message")) for one in reports.all_errors(file.report))  # fmt: skip
    return _csv(("type", "row", "column", "message"), rows, f"{name}-errors")


def _reported(entry: Entry) -> list[FileRecord]:
    """Return the files whose report is for the reader, as their bytes are."""
    allowed = catalog().downloads.decide(current_actor(), entry).allowed
    return [file for file in entry.files if file.report and allowed]


@blueprint.get("/quality")
def dashboard() -> str:
    """Show how all datasets stand."""
    return _dashboard("", catalog().quality.of(current_actor()), None)


@blueprint.get("/organization/<name>/quality")
def agency(name: str) -> str:
    """Show how the datasets of an agency stand."""
    found = catalog().reading.agency(name)
    return _dashboard(name, catalog().quality.of(current_actor(), name), found)


@blueprint.get("/quality.csv")
def dashboard_csv() -> Response:
    """Answer with the standing of every dataset."""
    return _csv(_STANDING, _rows(catalog().quality.of(current_actor())), "quality")


@blueprint.get("/organization/<name>/quality.csv")
def agency_csv(name: str) -> Response:
    """Answer with the standing of every dataset of an agency."""
    catalog().reading.agency(name)
    return _csv(_STANDING, _rows(catalog().quality.of(current_actor(), name)), f"quality-{name}")


def _dashboard(name: str, summary: Summary, agency: Any) -> str:
    order = request.args.get("sort", "mean")
    keys = {"mean": lambda p: -p.mean, "gain": lambda p: -(p.gain or -1000.0), "datasets": lambda p: -p.datasets}
    places = sorted(summary.places, key=keys.get(order, keys["mean"]))[:SHOWN]
    worst = sorted(summary.standings, key=lambda one: (one.mqa, one.dataset))[:SHOWN]
    entries = catalog().reading.entries(current_actor(), [one.dataset for one in worst])
    titles = {one.dataset.name: one.dataset.title for one in entries}
    agencies = catalog().reading.agencies_named([place.agency for place in places])
    return render_template(
        "quality/dashboard.html", summary=summary, agency=agency, name=name, places=places, worst=worst, titles=titles,
        agencies=agencies, order=order, trend=stack([(m.month, list(m.bands.values())) for m in summary.months]),
        failing=[(title(check, current_language()), count, checks()[check].dimension) for check, count in summary.failing
                 if check in checks()][:SHOWN], **words(),
    )  # fmt: skip


def words() -> dict[str, Any]:
    """Return the words of bands, scores, dimensions and results."""
    return {
        "band": lambda code: label(code, current_language()).words if code else "–", "dimensions": sentences.DIMENSIONS,
        "statuses": sentences.STATUSES, "score_titles": sentences.SCORES,
    }  # fmt: skip


def _lines(found: Report) -> dict[str, list[Line]]:
    """Return the findings by dimension, faults first."""
    order = [Status.FAIL, Status.UNKNOWN, Status.PASS, Status.NOT_APPLICABLE]
    made: dict[str, list[Line]] = {}
    for one in sorted(found.findings, key=lambda finding: order.index(finding.status)):
        if one.check in checks():
            made.setdefault(checks()[one.check].dimension, []).append(_line(one))
    return made


def _line(one: Finding) -> Line:
    language, check = current_language(), checks().get(one.check)
    return Line(
        one.check, title(one.check, language), one.status.value, round(one.points, 2), message(one, language),
        fix(one, language), one.path, bool(check and check.blocker),
    )  # fmt: skip


def _points(history: Sequence[Audit]) -> list[tuple[str, float, str]]:
    """Return the scores in the order of time, each with the version of the rules."""
    return [(one.as_of, one.mqa / 405, one.rules) for one in reversed(history)]


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> Response:
    body = io.StringIO()
    writer = csv.writer(body)
    writer.writerow(header)
    writer.writerows(rows)
    answer = Response(body.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _rows(summary: Summary) -> Iterable[tuple[Any, ...]]:
    for one in summary.standings:
        yield (one.dataset, one.agency, one.level, one.band, one.mqa, one.mqa_maximum, one.rules, one.checked_at,
               " ".join(one.failed))  # fmt: skip
