"""Runs every check over evidence; one that fails itself says that it could not check, and the others go on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from catalog.quality.base import Check, Finding, Result, Status, checks
from catalog.quality.evidence import Evidence

Judged = tuple[Check, list[Result]]


def judge(evidence: Evidence, rules: Iterable[Check] | None = None) -> tuple[Finding, ...]:
    """Return the findings of all checks, in their order."""
    judged = [(check, _results(check, evidence)) for check in (checks().values() if rules is None else rules)]
    kept = _best(judged)
    return tuple(finding for check, results in judged for finding in _findings(check, results, kept))


def _results(check: Check, evidence: Evidence) -> list[Result]:
    try:
        return list(check.run(evidence)) or [Result(Status.NOT_APPLICABLE, "", "not-applicable")]
    except Exception as error:  # the border of one check: the others go on
        return [Result(Status.UNKNOWN, "", "could-not-check", {"why": type(error).__name__})]


def _best(judged: Sequence[Judged]) -> int | None:
    """Return the place of the distribution with the most points under the checks that look at the best one only."""
    points: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for check, results in judged:
        for one in results if check.best else ():
            if one.at is not None:
                points[one.at][0] += check.points * (one.status is Status.PASS)
                points[one.at][1] += check.points * (one.status is Status.UNKNOWN)
    return max(sorted(points), key=lambda at: tuple(points[at]), default=None)


def _findings(check: Check, results: Sequence[Result], best: int | None) -> Iterator[Finding]:
    if check.best:
        results = [one for one in results if one.at in (best, None)]
    share = check.points / (len(results) or 1)
    for one in results:
        yield Finding(
            check=check.name, status=one.status, points=round(share, 4), path=one.path, said=one.said, values=one.values
        )
