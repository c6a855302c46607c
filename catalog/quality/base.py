"""What a quality check is: a pure function from evidence to results, with points and a sentence that says what to do.

A check is one file of `catalog/quality/checks` offering `CHECK`:

    CHECK = Check(
        name="mqa.findability.keyword", score=MQA, dimension="findability", points=30, run=…,
        title={"kk": …, "ru": …, "en": "Keywords are stated"}, fix={…},
    )

Two scores stand side by side and are never added: MQA, that of data.europa.eu (405 points), and DATA, that of the bytes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from catalog.quality.evidence import Evidence
from schemas.plugins import discover
from schemas.texts import Text

RULES = "2026.1"
"""Version of the rule set. Raise it whenever a check, its points or its thresholds change: trends mark the step."""
MQA, DATA = "mqa", "data"
DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    MQA: ("findability", "accessibility", "interoperability", "reusability", "contextuality"),
    DATA: ("validity", "freshness", "links", "fixity", "privacy", "readiness"),
}
"""The dimensions of each score in their order."""


class Status(StrEnum):
    """Four results, not two: what is not known gives no points and is no fault."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Result:
    """What a check says of one place. `path` is a JSON pointer into the dataset's document; `said` names a message of the
    check or of `catalog.quality.messages`, `values` fill it in; `at` is the distribution's place, None for the dataset.
    """

    status: Status
    path: str = ""
    said: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule. `best`: only the distribution with the most points counts; `of_bytes`: told to those who may have the bytes."""

    name: str
    score: str
    dimension: str
    points: float
    title: Text
    fix: Text
    run: Callable[[Evidence], Iterable[Result]]
    says: Mapping[str, Text] = field(default_factory=dict)
    best: bool = False
    of_bytes: bool = False
    blocker: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A result with the points at stake: earned where it passes, what the fix brings where it fails."""

    check: str
    status: Status
    points: float
    path: str = ""
    said: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@lru_cache
def checks() -> dict[str, Check]:
    """Return the checks by name, score by score and dimension by dimension."""
    from catalog.quality import checks as package

    order = {(score, one): place for score, names in DIMENSIONS.items() for place, one in enumerate(names)}
    found: dict[str, Check] = discover(package, "CHECK")
    return dict(sorted(found.items(), key=lambda item: (item[1].score != MQA, order[item[1].score, item[1].dimension])))
