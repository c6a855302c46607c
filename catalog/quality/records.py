"""Audits as they are stored: one row for every change of a dataset's result, with the evidence it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.quality.base import Finding, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One result. `as_of` is the clock that its rules used, `checked_at` when it was last found to hold; `until` is when
    time alone may change it, empty when never. `rules` is the version of the rule set; `evidence` are packed bytes.
    `failed` names the checks that failed, those of bytes only where everybody may have them.
    """

    id: int
    dataset: str
    as_of: str
    checked_at: str
    rules: str
    band: str
    mqa: float
    mqa_maximum: float
    mqa_possible: float
    data: float
    data_maximum: float
    data_possible: float
    findings: tuple[Finding, ...] = ()
    evidence: bytes = b""
    until: str = ""
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That the audit `id` still holds: found so at `checked_at`, from inputs with the stamp."""

    id: int
    checked_at: str
    until: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the inputs of a dataset look like now, as a hash, and what they were when it was last audited."""

    dataset: str
    now: str
    last: str = ""
    until: str = ""

    def due(self, now: str) -> bool:
        """Tell whether an audit may find something new."""
        return self.now != self.last or bool(self.until and self.until <= now)


def to_json(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Return findings as JSON values."""
    return [{**{name: getattr(one, name) for name in Finding.__slots__}, "status": one.status.value} for one in findings]


def from_json(values: list[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Return the findings that `to_json` wrote."""
    return tuple(Finding(**{**one, "status": Status(one["status"])}) for one in values)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dataset stands: `failed` names checks, those of bytes only where everybody may have them."""

    dataset: str
    agency: str
    level: str
    band: str
    mqa: float
    mqa_maximum: float
    rules: str
    checked_at: str
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A change of a dataset's score."""

    dataset: str
    as_of: str
    band: str
    mqa: float
    rules: str
