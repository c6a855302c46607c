"""Searching: a reader's text and filters become a request, the index answers, and the catalogue fills in the entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from catalog.access import Actor
from catalog.errors import Invalid
from catalog.ports import SearchIndex
from catalog.search.facets import facets as all_facets
from catalog.search.grammar import parse
from catalog.search.request import MAX_LIMIT, MAX_OFFSET, SearchPage, SearchRequest, Sort
from schemas.problems import Problem

MAX_VALUES = 50
MAX_VALUE = 200


class Reading(Protocol):
    """What is needed of `catalog.reading`."""

    def entries(self, actor: Actor, names: Iterable[str]) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Results:
    """The question as understood, the index's answer, and the entries of the hits in their order."""

    request: SearchRequest
    page: SearchPage
    entries: tuple[Any, ...]


class Searching:
    """Search for whoever asks; only what the actor's labels allow is found, counted or suggested."""

    def __init__(self, index: SearchIndex, reading: Reading) -> None:
        self._index, self._reading = index, reading

    def search(
        self,
        actor: Actor,
        text: str = "",
        filters: Mapping[str, Iterable[str]] | None = None,
        *,
        sort: str = Sort.RELEVANCE,
        offset: int = 0,
        limit: int = 20,
        language: str = "en",
        facets: Iterable[str] | None = None,
    ) -> Results:
        """Search; `facets` are those to count (None: all). Raises Invalid that names every bad parameter."""
        chosen = {name: tuple(dict.fromkeys(values)) for name, values in (filters or {}).items() if values}
        counted = tuple(all_facets() if facets is None else facets)
        if problems := list(_problems(chosen, counted, sort, offset, limit)):
            raise Invalid("The search has parameters that cannot be used; correct those named.", problems)
        query = parse(text, all_facets(), filtered=any(chosen.values()))
        for name, values in query.filters.items():
            chosen[name] = tuple(dict.fromkeys((*chosen.get(name, ()), *values)))
        request = SearchRequest(
            words=tuple(query.words), phrases=tuple(query.phrases), excluded=tuple(query.excluded),
            prefix=tuple(query.prefix), filters={name: values for name, values in chosen.items() if values},
            labels=actor.labels, facets=counted, sort=Sort(sort), offset=offset, limit=limit, language=language,
            notices=tuple(query.notices),
        )  # fmt: skip
        page = self._index.search(request)
        return Results(request, page, tuple(self._reading.entries(actor, [hit.name for hit in page.hits])))

    def suggest(self, actor: Actor, prefix: str, language: str = "en") -> list[str]:
        """Complete what a reader has begun to type, from what they may see."""
        return self._index.suggest(prefix, language, actor.labels)


def _problems(
    filters: Mapping[str, tuple[str, ...]], facets: tuple[str, ...], sort: str, offset: int, limit: int
) -> Iterable[Problem]:
    known = ", ".join(all_facets())
    for name in (*filters, *facets):
        if name not in all_facets():
            yield Problem("unknown-facet", "/facet", f"There is no facet of this name; use one of {known}.")
    for name, values in filters.items():
        if len(values) > MAX_VALUES or any(len(value) > MAX_VALUE for value in values):
            message = f"Give at most {MAX_VALUES} values of at most {MAX_VALUE} characters each."
            yield Problem("too-many-values", f"/{name}", message)
    if sort not in list(Sort):
        yield Problem("bad-sort", "/sort", f"Sort by one of {', '.join(Sort)}.")
    if not 0 <= offset <= MAX_OFFSET:
        yield Problem("bad-offset", "/offset", f"Give an offset from 0 to {MAX_OFFSET}; narrow the search to see more.")
    if not 0 <= limit <= MAX_LIMIT:
        yield Problem("bad-limit", "/limit", f"Give a limit from 0 to {MAX_LIMIT}.")
