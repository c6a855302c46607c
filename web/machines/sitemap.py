"""`/sitemap.xml` (an index over parts) and `/robots.txt`: for search engines."""

from math import ceil

from flask import Blueprint, Response, abort

from web.catalog import catalog, current_actor
from web.machines.exports import base_url
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("sitemap", __name__), Lets.METADATA)
PART = 5_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """Answer with the list of parts; part n covers record numbers, so that it never moves."""
    with catalog().store.read() as work:
        last = work.datasets.newest(1)
        highest = max((record.number for record in last), default=0)
        total = max(highest, work.datasets.count(state=""))
    parts = "".join(f"<sitemap><loc>{base_url()}/sitemap-{n}.xml</loc></sitemap>" for n in range(ceil(max(total, 1) / PART)))
    return Response(f"{_HEAD}<sitemapindex {_SPACE}>{parts}</sitemapindex>\n", mimetype="application/xml")


@blueprint.get("/sitemap-<int:part>.xml")
def datasets(part: int) -> Response:
    """Answer with the dataset pages of one part."""
    after, rows = part * PART, []
    while entries := catalog().reading.page(current_actor(), after, 500):
        rows += [entry.record for entry in entries if entry.record.number <= (part + 1) * PART]
        after = entries[-1].record.number
        if after >= (part + 1) * PART:
            break
    if not rows and part:
        abort(404)
    urls = "".join(f"<url><loc>{base_url()}/dataset/{r.dataset.name}</loc><lastmod>{r.updated}</lastmod></url>" for r in rows)
    return Response(f"{_HEAD}<urlset {_SPACE}>{urls}</urlset>\n", mimetype="application/xml")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Answer with what crawlers may fetch."""
    return Response(f"User-agent: *\nDisallow: /api/\nSitemap: {base_url()}/sitemap.xml\n", mimetype="text/plain")
