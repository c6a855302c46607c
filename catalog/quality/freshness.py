"""Whether data come as often as promised: data date plus interval plus a day of grace."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from catalog.quality.evidence import Evidence
from schemas.dates import utc
from schemas.vocabularies import vocabulary

GRACE = timedelta(days=1)
_NO_PROMISE = frozenset({"IRREG", "NEVER", "OTHER", "NOT_PLANNED"})


@dataclass(frozen=True, slots=True)
class Promise:
    """`kind` is `none` (irregular, never), `unknown`, `undated`, `future` (after the clock) or `dated` with its `due` day."""

    kind: str
    code: str = ""
    due: str = ""


def promise(evidence: Evidence) -> Promise:
    """Return what was promised of a dataset, and until when it is kept."""
    term = vocabulary("frequencies").find(evidence.dataset.accrual_periodicity)
    if term is None or term.code == "UNKNOWN":
        return Promise("unknown")
    if term.code in _NO_PROMISE:
        return Promise("none", term.code)
    then = moment(evidence.data_date)
    if then is None or not term.data.get("days"):
        return Promise("undated", term.code)
    now = moment(evidence.as_of)
    if now and then > now + GRACE:
        return Promise("future", term.code)
    try:
        return Promise("dated", term.code, utc(then + timedelta(days=int(term.data["days"])) + GRACE))
    except OverflowError:
        return Promise("undated", term.code)


def changes_at(evidence: Evidence) -> str:
    """Return when time alone changes the result, empty when never or when that is past."""
    rule, found = evidence.dataset.access, promise(evidence)
    turns = [found.due, rule.embargo, rule.expires, evidence.data_date if found.kind == "future" else ""]
    moments = [utc(then) for words in turns if words and (then := moment(words))]
    return min((one for one in moments if one > evidence.as_of), default="")


def moment(words: str) -> datetime | None:
    """Return the moment of an ISO 8601 text in any precision; of a year or a month its beginning."""
    padded = f"{words}-01-01"[:10] if len(words) in (4, 7) else words
    try:
        found = datetime.fromisoformat(padded)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
