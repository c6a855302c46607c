"""Facets, one file each; a module offers `FACET`. One declaration gives index field, query parameter, counts and sidebar."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from catalog.records import CatalogRecord, FileRecord
from schemas.plugins import discover
from schemas.texts import Picked


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A way to narrow a result. `name` is the query parameter; `title` is the English heading (translated by the site).

    `values` gives the codes a dataset carries; `label` turns a code into words for a language. `order` places it in the sidebar.
    """

    name: str
    title: str
    values: Callable[[CatalogRecord, tuple[FileRecord, ...]], tuple[str, ...]]
    label: Callable[[str, str], Picked] = lambda code, language: Picked(code, language)
    order: int = 100


@lru_cache
def facets() -> dict[str, Facet]:
    """Return the facets by name, in sidebar order."""
    from catalog.search import facets as package

    return dict(sorted(discover(package, "FACET").items(), key=lambda item: item[1].order))
