"""`/catalog.ttl` and its like, paged with Hydra, and `/data.json`: the whole catalogue for other catalogues."""

from collections.abc import Iterator
from math import ceil

from flask import Blueprint, Response, abort, request, url_for

from catalog.reading import Entry
from schemas.dataset import Dataset
from schemas.profiles import profiles
from schemas.profiles.base import CatalogPage
from web.catalog import catalog, current_actor
from web.machines.exports import base_url, conditional, write_context
from web.negotiation import CANONICAL
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("catalogs", __name__), Lets.METADATA, Lets.BYTES)
PER_PAGE = 100


@blueprint.get("/catalog.<extension>")
@blueprint.get("/organization/<agency>/catalog.<extension>")
def dcat(extension: str, agency: str = "") -> Response:
    """Answer with one page of the catalogue in DCAT-AP 3."""
    profile = profiles()[CANONICAL]
    form = next((form for form in profile.formats if form.extension == extension), None) or abort(404)
    if agency:
        catalog().reading.agency(agency)
    number, since = request.args.get("page", 1, type=int), request.args.get("modified_since", "")
    total = catalog().reading.count(current_actor(), agency, since)
    pages = max(1, ceil(total / PER_PAGE))
    if not 1 <= number <= pages:
        abort(404)
    self_url = base_url() + url_for(".dcat", extension=extension, agency=agency or None, modified_since=since or None)
    page = CatalogPage(
        datasets=_page(agency, since, number), self_url=self_url, page=number, pages=pages, total=total, per_page=PER_PAGE
    )
    return conditional(Response(profile.write_catalog(page, write_context(), extension), mimetype=form.media_type))


@blueprint.get("/data.json")
def data_json() -> Response:
    """Answer with the whole catalogue in DCAT-US 1.1; there is one page only."""
    if request.args.get("page", "1") != "1":
        abort(404)
    page = CatalogPage(datasets=_all(), self_url=f"{base_url()}/data.json")
    return conditional(Response(profiles()["dcat_us"].write_catalog(page, write_context()), mimetype="application/json"))


def _page(agency: str, since: str, number: int) -> Iterator[Dataset]:
    skip = (number - 1) * PER_PAGE
    return map(_exported, catalog().reading.page(current_actor(), 0, PER_PAGE, agency, since, skip))


def _all() -> Iterator[Dataset]:
    after = 0
    while entries := catalog().reading.page(current_actor(), after, PER_PAGE):
        yield from map(_exported, entries)
        after = entries[-1].record.number


def _exported(entry: Entry) -> Dataset:
    return catalog().reading.exported(entry, current_actor(), base_url())
