"""Search: one form with words, facets and order; every state of it is an address."""

from dataclasses import replace
from math import ceil

from flask import Blueprint, abort, make_response, render_template
from werkzeug.wrappers import Response

from catalog.errors import IndexUnavailable, Invalid
from catalog.search.grammar import only, pieces
from catalog.search.request import MAX_OFFSET, Sort
from catalog.search.searching import Results
from schemas.problems import Problem
from schemas.texts import Picked
from web.catalog import catalog, current_actor
from web.languages import current_language
from web.pages import sidebar
from web.pages.asked import Query, asked
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("search", __name__), Lets.METADATA)
SIZE = 20
FEW = 5
"""Below so many hits other words are offered."""
MOST_DROPS = 8
NEAR = 5
"""Hits of the nearest search that are shown where nothing was found."""
MOST_SAID = 12


@blueprint.get("/dataset/")
def search() -> Response | str:
    """Show a page of results."""
    query, problems = asked()
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
    drops = _drops(query) if not found.page.total else []
    return render_template(
        "search.html", query=query, found=found, entries=found.entries, pages=pages, active=sidebar.active(query),
        sidebar=sidebar.groups(found, query.filters), drops=drops, near=_near(drops), sorts=tuple(Sort),
        meant=_meant(query) if found.page.total < FEW else None, said=_said(found), only=replace(query, text=only(found.request)),
    )  # fmt: skip


def _find(query: Query, size: int = SIZE, facets: tuple[str, ...] | None = None) -> Results:
    last = MAX_OFFSET // SIZE
    if query.page > last:
        abort(404)
    return catalog().searching.search(
        current_actor(), query.text, query.filters, limits=query.limits, sort=query.sort, offset=(query.page - 1) * SIZE,
        limit=size, language=current_language(), facets=facets,
    )  # fmt: skip


def _drops(query: Query) -> list[tuple[str, Query, int]]:
    """Return, for each filter and term, its words, the search without it and how much that would find, most first."""
    less = [(one.words, query.without(one.facet, one.value)) for one in sidebar.active(query)[:MOST_DROPS]]
    terms = pieces(query.text)
    if len(terms) + len(less) > 1:
        less += [(words, replace(query, text=rest, page=1)) for words, rest in terms[:MOST_DROPS]]
    counted = [(words, each, _find(each, 0, ()).page.total) for words, each in less]
    return sorted((one for one in counted if one[2]), key=lambda one: -one[2])


def _near(drops: list[tuple[str, Query, int]]) -> tuple[str, Query, Results] | None:
    """Return the search nearest to one that finds nothing: the one that finds least without one filter or term."""
    if not drops:
        return None
    words, query, _ = min(drops, key=lambda one: one[2])
    return words, query, _find(query, NEAR, ())


def _meant(query: Query) -> tuple[Query, int] | None:
    """Return the search with its words put right and how much it finds, where that is more than nothing."""
    if words := catalog().searching.did_you_mean(query.text):
        meant = replace(query, text=words, page=1)
        count = _find(meant, 0, ()).page.total
        return (meant, count) if count else None
    return None


def _said(found: Results) -> list[Picked]:
    """Return what says the same as the words asked for, each once."""
    every = (Picked(" ".join(run), code) for meanings in found.request.related.values() for code, run in meanings)
    return list(dict.fromkeys(every))[:MOST_SAID]


def _bad(query: Query, problems: list[Problem]) -> Response:
    body = render_template(
        "search.html", query=query, found=None, entries=(), pages=1, active=sidebar.active(query), sidebar=(), drops=[],
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
