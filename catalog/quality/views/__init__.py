"""How others would score the same dataset, for comparison; each file offers a `VIEW`: criteria that hold or do not."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from catalog.quality.evidence import Evidence
from schemas.plugins import discover
from schemas.texts import Text, pick

Criteria = list[tuple[str, bool | None]]
"""Criteria by name, with whether they hold; None where that is not known or not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A way of scoring of others; `names` are the criteria in words."""

    name: str
    title: str
    run: Callable[[Evidence], Criteria]
    names: dict[str, Text]


@dataclass(frozen=True, slots=True)
class Viewed:
    """What a view gives: the criteria in words, and how many of those that count hold."""

    title: str
    criteria: list[tuple[str, bool | None]]

    @property
    def score(self) -> float:
        """Return the share that holds."""
        counted = [holds for _, holds in self.criteria if holds is not None]
        return round(sum(counted) / len(counted), 2) if counted else 0.0


@lru_cache
def _views() -> dict[str, View]:
    from catalog.quality import views as package

    return discover(package, "VIEW")


def views(evidence: Evidence, language: str) -> list[Viewed]:
    """Return every view of a dataset."""
    return [
        Viewed(view.title, [(pick(view.names[name], language).words, holds) for name, holds in view.run(evidence)])
        for view in _views().values()
    ]
