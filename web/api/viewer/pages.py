"""`/first-rows`, `/rows`, `/search` and `/filter`."""

from typing import Any

from flask import Response

from catalog.errors import Invalid
from catalog.tables.query.page import RowPage
from catalog.tables.query.service import LENGTH
from web.api.viewer.answers import answer, blueprint
from web.api.viewer.features import features, rows
from web.api.viewer.parameters import OfFilter, OfPage, OfSearch, OfSplit
from web.catalog import catalog, current_actor


@blueprint.get("/first-rows")
@blueprint.arguments(OfSplit, location="query")
@blueprint.alt_response(200, description="Features and the first rows")
def first_rows(query: dict[str, Any]) -> Response:
    """The first rows of a split."""
    page = _page(query)
    shown = {"features": features(page.columns), "rows": rows(page), "truncated": page.truncated or page.total > len(page.rows)}
    return answer({**query, **shown})


@blueprint.get("/rows")
@blueprint.arguments(OfPage, location="query")
@blueprint.alt_response(200, description="Features and rows")
def plain(query: dict[str, Any]) -> Response:
    """Rows of a split, as they stand."""
    return _answered(_page(query))


@blueprint.get("/search")
@blueprint.arguments(OfSearch, location="query")
@blueprint.alt_response(200, description="Features and rows")
def search(query: dict[str, Any]) -> Response:
    """Rows of a split whose texts hold all words, in any case and script."""
    return _answered(_page(query))


@blueprint.get("/filter")
@blueprint.arguments(OfFilter, location="query")
@blueprint.alt_response(200, description="Features and rows")
@blueprint.alt_response(422, description="A parameter cannot be used; the text says where")
def filtered(query: dict[str, Any]) -> Response:
    """Rows of a split that pass a filter, in an order."""
    if not (query["where"].strip() or query["orderby"].strip()):
        raise Invalid("Parameter 'where' or 'orderby' is required")
    return _answered(_page(query))


def _page(query: dict[str, Any]) -> RowPage:
    asked = {name: query[name] for name in ("offset", "length", "where", "orderby", "query", "split") if name in query}
    return catalog().rows.page(current_actor(), query["dataset"], query["config"], **asked)


def _answered(page: RowPage) -> Response:
    body = {"features": features(page.columns), "rows": rows(page), "num_rows_total": page.total}
    return answer({**body, "num_rows_per_page": LENGTH, "partial": False, **({"truncated": True} if page.truncated else {})})
