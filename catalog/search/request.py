"""What is asked of the index and what comes back, free of any engine's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PUBLIC = frozenset({"public"})
MAX_OFFSET = 10_000
MAX_LIMIT = 100


class Sort(StrEnum):
    """Orders of a result: by relevance (by update where there are no words), by update (newest first), by title."""

    RELEVANCE = "relevance"
    MODIFIED = "modified"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One question. Words and phrases are ANDed; values of one facet are ORed, facets ANDed; `labels` are the asker's.

    `words` are as typed (the adapter analyses them); `prefix` words stood with a star; `phrases` are tuples of words.
    `limit` 0 asks for total and facets only. `facets` names those to count; a filtered facet is counted without its own filter.
    `ranges` narrow by the numbers of `catalog.search.ranges`, first and last inside; `box` by places that touch it (west, south,
    east, north in degrees; west may exceed east).
    `related` gives, for runs of one or more of the words, what says the same: a language and its words, which may stand anywhere
    in a text of that language. What matches only so comes after everything that matches by itself.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    box: tuple[float, float, float, float] | None = None
    labels: frozenset[str] = PUBLIC
    facets: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    language: str = "en"
    notices: tuple[str, ...] = ()
    related: Mapping[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """One dataset found. `score` only orders; it is never shown. `related` tells that it was found by what says the same."""

    name: str
    score: float = 0.0
    related: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of a result. `total` is exact; `facets` maps facet to value to count; `took` is in seconds."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    generation: int = 0
    took: float = 0.0
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What `verify` found: names that only one side has, and names whose content hash differs."""

    indexed: int
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether index and database agree."""
        return not (self.missing or self.surplus or self.stale)
