"""From findings to scores: points earned, points still possible, and the band in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from catalog.quality.base import DIMENSIONS, MQA, Finding, Status, checks

BANDS = (("excellent", 351), ("good", 221), ("sufficient", 121), ("bad", 0))
"""Bands of the MQA with the points from which they begin, of 405; the data score is held to the same shares."""
FULL = 405


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`maximum` leaves out what does not apply; `possible` is what the points become if all that is unknown passes."""

    points: float
    maximum: float
    possible: float
    band: str
    dimensions: Mapping[str, "Part"]

    @property
    def certain(self) -> bool:
        """Tell whether the band stays the same whatever is still unknown."""
        scale = FULL if self.maximum > 100 else self.maximum
        return band(self.possible, scale) == self.band

    @property
    def fitting_band(self) -> str:
        """Return the band measured by what applies to this dataset."""
        return band(self.points, self.maximum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One dimension."""

    points: float
    maximum: float
    possible: float


def band(points: float, maximum: float = FULL) -> str:
    """Return the code of a band: `excellent`, `good`, `sufficient`, `bad`; empty where nothing applies."""
    if not maximum:
        return ""
    return next(code for code, least in BANDS if points * FULL >= least * maximum)


def score(kind: str, findings: Iterable[Finding]) -> Score:
    """Add up the findings of one score; the band of the MQA is that of all 405 points."""
    by_dimension: dict[str, list[Finding]] = {name: [] for name in DIMENSIONS[kind]}
    for one in findings:
        check = checks().get(one.check)
        if check and check.score == kind:
            by_dimension[check.dimension].append(one)
    parts = {name: _part(found) for name, found in by_dimension.items()}
    points, maximum, possible = (round(fsum(getattr(p, f) for p in parts.values()), 2) for f in ("points", "maximum", "possible"))
    return Score(
        points=points, maximum=maximum, possible=possible, dimensions=parts,
        band=band(points, FULL if kind == MQA else maximum),
    )  # fmt: skip


def _part(findings: list[Finding]) -> Part:
    applies = [one for one in findings if one.status is not Status.NOT_APPLICABLE]

    def total(*statuses: Status) -> float:
        return round(fsum(one.points for one in applies if one.status in statuses), 2)

    return Part(
        points=total(Status.PASS), maximum=total(*Status), possible=total(Status.PASS, Status.UNKNOWN)
    )
