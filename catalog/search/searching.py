"""Searching: a reader's text and filters become a request, the index answers, and the catalogue fills in the entries."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, Protocol

from catalog.access import Actor
from catalog.errors import Busy, Invalid
from catalog.ports import SearchIndex
from catalog.search.facets import facets as all_facets
from catalog.search.glossary import related
from catalog.search.grammar import parse
from catalog.search.limits import limits_of
from catalog.search.request import MAX_LIMIT, MAX_OFFSET, PUBLIC, SearchPage, SearchRequest, Sort
from catalog.search.words import replaced, words
from schemas.problems import Problem

MAX_VALUES = 50
MAX_VALUE = 200
AT_ONCE = 8
"""Searches that run at once in a process; more of them wait `PATIENCE` seconds and are then refused."""
PATIENCE = 1.0


class Reading(Protocol):
    """What is needed of `catalog.reading`."""

    def entries(self, actor: Actor, names: Iterable[str]) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Results:
    """The question as understood, the index's answer, and the entries of the hits in their order."""

    request: SearchRequest
    page: SearchPage
    entries: tuple[Any, ...]

    @property
    def related(self) -> frozenset[str]:
        """Return the names of the hits that were found by what says the same in another language."""
        return frozenset(hit.name for hit in self.page.hits if hit.related)


class Searching:
    """Search for whoever asks; only what the actor's labels allow is found, counted or suggested."""

    def __init__(self, index: SearchIndex, reading: Reading, at_once: int = AT_ONCE) -> None:
        self._index, self._reading = index, reading
        self._turns = BoundedSemaphore(at_once)

    def search(
        self,
        actor: Actor,
        text: str = "",
        filters: Mapping[str, Iterable[str]] | None = None,
        *,
        limits: Mapping[str, str] | None = None,
        sort: str = Sort.RELEVANCE,
        offset: int = 0,
        limit: int = 20,
        language: str = "en",
        facets: Iterable[str] | None = None,
    ) -> Results:
        """Search; `limits` are parameters of `catalog.search.limits`, `facets` those to count (None: all).

        Raises Invalid that names every bad parameter.
        """
        chosen = {name: tuple(dict.fromkeys(values)) for name, values in (filters or {}).items() if values}
        counted = tuple(all_facets() if facets is None else facets)
        problems = [*_problems(chosen, counted, sort, offset, limit), *limits_of(limits or {}).problems]
        if problems:
            raise Invalid("The search has parameters that cannot be used; correct those named.", problems)
        query = parse(text, all_facets(), filtered=any(chosen.values()) or any((limits or {}).values()))
        within = limits_of({**query.limits, **{name: value for name, value in (limits or {}).items() if value}})
        for name, values in query.filters.items():
            chosen[name] = tuple(dict.fromkeys((*chosen.get(name, ()), *values)))
        request = SearchRequest(
            words=tuple(query.words), phrases=tuple(query.phrases), excluded=tuple(query.excluded),
            prefix=tuple(query.prefix), filters={name: values for name, values in chosen.items() if values},
            ranges=within.bounds, box=within.box, labels=actor.labels, facets=counted, sort=Sort(sort), offset=offset,
            limit=limit, language=language,
            notices=tuple(query.notices), related=related(query.words),
        )  # fmt: skip
        with self._turn():
            page = self._index.search(request)
        return Results(request, page, tuple(self._reading.entries(actor, [hit.name for hit in page.hits])))

    def suggest(self, prefix: str, language: str = "en") -> list[str]:
        """Complete what a reader has begun to type; from public metadata only, whoever asks."""
        with self._turn():
            return self._index.suggest(prefix, language, PUBLIC)

    def did_you_mean(self, text: str) -> str:
        """Return the text with words that find next to nothing put right, by public metadata only; empty where all are good."""
        query = parse(text, all_facets())
        asked = list(dict.fromkeys(word for each in query.words for word in words(each)))
        with self._turn():
            meant = self._index.better(asked, PUBLIC)
        changed = replaced(text, meant) if meant else text
        return changed if changed != text else ""

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let a few ask at once; raises Busy for who waits too long."""
        if not self._turns.acquire(timeout=PATIENCE):
            raise Busy("Too many searches are running just now; try again in a little while.")
        try:
            yield
        finally:
            self._turns.release()


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
