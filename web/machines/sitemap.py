"""`/sitemap.xml` (an index over parts) and `/robots.txt`: for search engines."""

from math import ceil

from flask import Blueprint, Response, abort

from catalog.access import VISITOR
from catalog.reading import Entry
from web.catalog import catalog
from web.machines.exports import base_url
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("sitemap", __name__), Lets.METADATA)
PART, STEP = 5_000, 500
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """Answer with the list of parts."""
    parts = max(1, ceil(catalog().reading.count(VISITOR) / PART))
    places = "".join(f"<sitemap><loc>{base_url()}/sitemap-{n}.xml</loc></sitemap>" for n in range(parts))
    return Response(f"{_HEAD}<sitemapindex {_SPACE}>{places}</sitemapindex>\n", mimetype="application/xml")


@blueprint.get("/sitemap-<int:part>.xml")
def datasets(part: int) -> Response:
    """Answer with the dataset pages of one part: every 5,000 that everybody may see, in the order they came in."""
    rows = [entry.record for skip in range(0, PART, STEP) for entry in _step(part * PART + skip)]
    if not rows and part:
        abort(404)
    urls = "".join(f"<url><loc>{base_url()}/dataset/{r.dataset.name}</loc><lastmod>{r.updated}</lastmod></url>" for r in rows)
    return Response(f"{_HEAD}<urlset {_SPACE}>{urls}</urlset>\n", mimetype="application/xml")


def _step(skip: int) -> list[Entry]:
    return catalog().reading.page(VISITOR, limit=STEP, skip=skip)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Answer with what crawlers may fetch."""
    return Response(f"User-agent: *\nDisallow: /api/\nSitemap: {base_url()}/sitemap.xml\n", mimetype="text/plain")
