"""A report as programs get it, and its findings in the order in which an owner should take them."""

from collections.abc import Iterable
from typing import Any

from catalog.quality.audit import Report
from catalog.quality.base import Finding, Status, checks
from catalog.quality.messages import fix, message, title
from catalog.quality.scoring import Score
from schemas.profiles.rdf.quality import Measurement


def as_json(report: Report, language: str) -> dict[str, Any]:
    """Return a report as JSON values, its sentences in a language."""
    return {
        "mqa": _score(report.mqa),
        "data": _score(report.data),
        "findings": [_finding(one, language) for one in report.findings],
        "rules_version": report.audit.rules,
        "checked_at": report.audit.checked_at,
    }


def fix_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return what failed: blockers, then what brings most points."""
    failed = [one for one in findings if one.status is Status.FAIL]
    return sorted(failed, key=lambda one: (not (one.check in checks() and checks()[one.check].blocker), -one.points, one.check))


def measured(report: Report) -> tuple[Measurement, ...]:
    """Return a report as measurements of DQV: whether each rule holds everywhere, and the points of both scores."""
    at, rules = report.audit.checked_at, report.audit.rules
    found = [
        Measurement(
            metric=name, dimension=checks()[name].dimension, title=title(name, "en"), value=_holds(statuses),
            datatype="xsd:boolean", at=at, rules=rules,
        )
        for name, statuses in _by_check(report).items() if statuses != {Status.NOT_APPLICABLE}
    ]  # fmt: skip
    for kind, score in (("mqa", report.mqa), ("data", report.data)):
        found.append(Measurement(
            metric=f"{kind}.points", dimension=kind, title=f"Points ({kind})", value=str(score.points), datatype="xsd:decimal",
            at=at, rules=rules,
        ))  # fmt: skip
    return tuple(found)


def _by_check(report: Report) -> dict[str, set[Status]]:
    found: dict[str, set[Status]] = {}
    for one in report.findings:
        if one.check in checks():
            found.setdefault(one.check, set()).add(one.status)
    return found


def _holds(statuses: set[Status]) -> str:
    if Status.FAIL in statuses:
        return "false"
    return "" if Status.UNKNOWN in statuses else "true"


def _score(score: Score) -> dict[str, Any]:
    parts = {
        name: {"points": part.points, "maximum": part.maximum, "possible": part.possible}
        for name, part in score.dimensions.items()
    }
    return {"points": score.points, "maximum": score.maximum, "band": score.band, "dimensions": parts}


def _finding(one: Finding, language: str) -> dict[str, Any]:
    check = checks().get(one.check)
    return {
        "check": one.check, "dimension": check.dimension if check else "", "status": one.status.value,
        "points": round(one.points, 2), "path": one.path, "message": message(one, language),
        "fix": fix(one, language) if one.status is Status.FAIL else "",
    }  # fmt: skip
