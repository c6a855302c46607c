"""Atom feeds: what was published last, in all, by an agency or by a search."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from flask import Blueprint, Response, render_template, request

from catalog.reading import Entry
from catalog.search.facets import facets
from catalog.search.limits import parameters
from catalog.search.request import Sort
from catalog.wanted.records import Order
from web.catalog import catalog, current_actor
from web.machines.exports import base_url, conditional
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("feeds", __name__), Lets.METADATA)
SIZE, NEVER = 50, "1970-01-01T00:00:00Z"


@blueprint.get("/feeds/dataset.atom")
def newest() -> Response:
    """Answer with the datasets last updated; search parameters narrow them."""
    text = request.args.get("q", "")
    filters = {name: tuple(request.args.getlist(name)) for name in facets() if request.args.getlist(name)}
    limits = {name: request.args[name] for name in parameters() if request.args.get(name)}
    if not text and not filters and not limits:
        return _feed(catalog().reading.newest(current_actor(), SIZE), "")
    found = catalog().searching.search(
        current_actor(), text, filters, limits=limits, sort=Sort.MODIFIED, offset=0, limit=SIZE, language="en", facets=()
    )
    return _feed(found.entries, text)


@blueprint.get("/feeds/organization/<name>.atom")
def agency(name: str) -> Response:
    """Answer with an agency's datasets last updated."""
    catalog().reading.agency(name)
    return _feed(catalog().reading.newest(current_actor(), SIZE, name), name)


@blueprint.get("/feeds/wanted.atom")
def wanted() -> Response:
    """Answer with the requests for missing data that were made or answered last; an agency narrows them."""
    agency = request.args.get("agency", "")[:100]
    found, _ = catalog().wanted.page(current_actor(), agency=agency, order=Order.CHANGED, limit=SIZE)
    updated = max((one.wanted.updated for one in found), default=NEVER)
    return _answer("wanted.atom", updated, found=found)


def _feed(entries: Sequence[Entry], about: str) -> Response:
    shown = list(islice(entries, SIZE))
    updated = max((entry.record.updated for entry in shown), default=NEVER)
    return _answer("feed.atom", updated, entries=shown, about=about)


def _answer(template: str, updated: str, **facts: Any) -> Response:
    body = render_template(template, updated=updated, base_url=base_url(), self_url=base_url() + request.full_path, **facts)
    return conditional(Response(body, mimetype="application/atom+xml"))
