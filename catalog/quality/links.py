"""What a link check means: verdicts with patience, and when to look again (the delays of datagouv/hydra)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from catalog.quality.freshness import moment
from schemas.dates import utc

DELAYS = tuple(timedelta(hours=hours) for hours in (12, 24, 168, 720))
CERTAIN = timedelta(hours=12)
"""A link is broken when it fails twice, so long apart."""
NO_VERDICT = frozenset({"throttled", "refused"})
"""Answers that say nothing of the link: the host asked for patience, or we may not go there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that is looked after. `failing` is when its first failure in a row was, `since` when the verdict changed."""

    key: str
    url: str
    host: str
    verdict: str = "unknown"
    kind: str = ""
    status: int = 0
    since: str = ""
    checked: str = ""
    checks: int = 0
    failing: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCheck:
    """One look. `kind` is ok, broken (404, 410, no such host), forbidden, throttled, timeout, tls, error (5xx and others),
    wrong-content (a web page where data were promised) or refused (an address that checks must not reach).
    """

    at: str
    kind: str
    status: int = 0
    method: str = "HEAD"
    milliseconds: int = 0


def after(link: Link, check: LinkCheck) -> Link:
    """Return the link as it stands after a check."""
    failing = "" if check.kind == "ok" else link.failing if check.kind in NO_VERDICT else link.failing or check.at
    verdict = _verdict(link, check, failing)
    changed = verdict != link.verdict or (check.kind != link.kind and check.kind not in NO_VERDICT) or not link.since
    since = check.at if changed else link.since
    return replace(
        link, verdict=verdict, kind=check.kind, status=check.status, since=since, checked=check.at, checks=link.checks + 1,
        failing=failing, due=_next(since, check.at),
    )  # fmt: skip


def _verdict(link: Link, check: LinkCheck, failing: str) -> str:
    if check.kind in NO_VERDICT:
        return link.verdict
    if check.kind == "ok":
        return "ok"
    return "broken" if _apart(failing, check.at) >= CERTAIN else "unknown"


def _next(since: str, now: str) -> str:
    """Return when to look again: the smallest delay not below the time since the last change."""
    waited = _apart(since, now)
    delay = next((one for one in DELAYS if one >= waited), DELAYS[-1])
    return utc((moment(now) or datetime.max) + delay)


def _apart(before: str, now: str) -> timedelta:
    """Return the time between two moments; none where the clock was put back."""
    then, this = moment(before), moment(now)
    return max(this - then, timedelta()) if then and this else timedelta()
