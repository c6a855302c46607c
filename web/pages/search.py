"""Search: one form with words, facets and order; every state of it is an address."""

from dataclasses import dataclass, replace
from math import ceil
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalog.errors import IndexUnavailable, Invalid
from catalog.search.facets import facets
from catalog.search.grammar import only, pieces
from catalog.search.request import MAX_OFFSET, Sort
from catalog.search.searching import Results
from schemas.problems import Problem
from schemas.texts import Picked
from web.catalog import catalog, current_actor
from web.languages import current_language
from web.pages import sidebar
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("search", __name__), Lets.METADATA)
SIZE = 20
FEW = 5
"""Below so many hits other words are offered."""
MOST_DROPS = 8
MOST_SAID = 12


@dataclass(frozen=True, slots=True)
class Query:
    """What the address asks for."""

    text: str
    filters: dict[str, tuple[str, ...]]
    sort: str
    page: int

    def link(self, **changes: Any) -> str:
        """Return the address of this search with changes; the page falls back to the first."""
        filters = changes.get("filters", self.filters)
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name, values in filters.items() for value in values]
        sort, page = changes.get("sort", self.sort), changes.get("page", 1)
        pairs += [("sort", sort)] if sort != Sort.RELEVANCE else []
        pairs += [("page", str(page))] if page > 1 else []
        return url_for("search.search") + (f"?{urlencode(pairs)}" if pairs else "")

    def machine(self, path: str) -> str:
        """Return the address of the same search for programs."""
        own = self.link().partition("?")[2]
        return path + (f"?{own}" if own else "")

    def without(self, name: str, value: str) -> "Query":
        """Return the query with one filter dropped."""
        left = {key: tuple(v for v in values if (key, v) != (name, value)) for key, values in self.filters.items()}
        return Query(self.text, {key: values for key, values in left.items() if values}, self.sort, 1)


@blueprint.get("/dataset/")
def search() -> Response | str:
    """Show a page of results."""
    query, problems = _query()
    if problems:
        return _bad(query, problems)
    try:
        found = _find(query)
    except Invalid as error:
        return _bad(query, list(error.problems))
    except IndexUnavailable:
        return _listing(query)
    pages = max(1, ceil(min(found.page.total, MAX_OFFSET) / SIZE))
    if query.page > pages:
        return make_response(render_template("past_the_end.html", last=query.link(page=pages), pages=pages), 404)
    return render_template(
        "search.html", query=query, found=found, entries=found.entries, pages=pages, active=sidebar.active(query.filters),
        sidebar=sidebar.groups(found, query.filters), drops=_drops(query) if not found.page.total else [], sorts=tuple(Sort),
        meant=_meant(query) if found.page.total < FEW else None, said=_said(found), only=replace(query, text=only(found.request)),
    )  # fmt: skip


def _query() -> tuple[Query, list[Problem]]:
    args, problems = request.args, []
    filters = {name: tuple(dict.fromkeys(filter(None, args.getlist(name)))) for name in facets() if any(args.getlist(name))}
    sort, page = args.get("sort", "") or Sort.RELEVANCE.value, args.get("page", "1") or "1"
    if sort not in list(Sort):
        problems.append(Problem("bad-sort", "/sort", _("This order is not known; choose one of the list.")))
        sort = Sort.RELEVANCE.value
    if not (page.isascii() and page.isdigit() and 0 < int(page[:9]) < 10**8):
        problems.append(Problem("bad-page", "/page", _("A page is a number from 1 on.")))
        page = "1"
    return Query(args.get("q", "").strip()[:1000], filters, sort, int(page[:9])), problems


def _find(query: Query) -> Results:
    last = MAX_OFFSET // SIZE
    if query.page > last:
        abort(404)
    return catalog().searching.search(
        current_actor(), query.text, query.filters, sort=query.sort, offset=(query.page - 1) * SIZE, limit=SIZE,
        language=current_language(),
    )  # fmt: skip


def _drops(query: Query) -> list[tuple[str, str, int]]:
    """Return, for each filter and term, its words, the address without it and how much that would find, most first."""
    less = [(one.words, query.without(one.facet, one.value)) for one in sidebar.active(query.filters)[:MOST_DROPS]]
    terms = pieces(query.text)
    if len(terms) + len(less) > 1:
        less += [(words, replace(query, text=rest, page=1)) for words, rest in terms[:MOST_DROPS]]
    counted = [(words, each.link(), _count(each)) for words, each in less]
    return sorted((one for one in counted if one[2]), key=lambda one: -one[2])


def _count(query: Query) -> int:
    return catalog().searching.search(current_actor(), query.text, query.filters, limit=0, facets=()).page.total


def _meant(query: Query) -> tuple[Query, int] | None:
    """Return the search with its words put right and how much it finds, where that is more than nothing."""
    if words := catalog().searching.did_you_mean(query.text):
        meant = replace(query, text=words, page=1)
        count = _count(meant)
        return (meant, count) if count else None
    return None


def _said(found: Results) -> list[Picked]:
    """Return what says the same as the words asked for, each once."""
    every = (Picked(" ".join(run), code) for meanings in found.request.related.values() for code, run in meanings)
    return list(dict.fromkeys(every))[:MOST_SAID]


def _bad(query: Query, problems: list[Problem]) -> Response:
    body = render_template(
        "search.html", query=query, found=None, entries=(), pages=1, active=sidebar.active(query.filters), sidebar=(), drops=[],
        sorts=tuple(Sort), problems=problems,
    )  # fmt: skip
    return make_response(body, 400)


def _listing(query: Query) -> str:
    """Show a plain listing of the newest while there is no index."""
    entries = catalog().reading.newest(current_actor(), SIZE)
    return render_template(
        "search.html", query=query, found=None, entries=entries, pages=1, active=(), sidebar=(), drops=[], sorts=tuple(Sort),
        unindexed=True,
    )  # fmt: skip
