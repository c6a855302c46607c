"""Numbers and dates that narrow a result by from and to, one file each; a module offers `RANGE`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from catalog.records import CatalogRecord, FileRecord
from schemas.plugins import discover


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """One number of a dataset, a date as epoch seconds. `name` with `_from` and `_to` makes the query parameters;
    `title` is the English heading (translated by the site). `number` gives None where a dataset has none: it is then outside.
    """

    name: str
    title: str
    kind: Literal["date", "count"]
    number: Callable[[CatalogRecord, tuple[FileRecord, ...]], int | None]
    order: int = 100


@lru_cache
def ranges() -> dict[str, Range]:
    """Return the ranges by name, in the order of the form."""
    from catalog.search import ranges as package

    return dict(sorted(discover(package, "RANGE").items(), key=lambda item: item[1].order))
