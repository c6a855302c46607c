"""Quality for programs: measurements in DQV, the badge of a dataset, and a feed of what is to be fixed."""

from flask import Blueprint, Response, abort, render_template, request

from catalog.errors import NotFound
from catalog.quality.bands import label
from catalog.quality.messages import fix, message, title
from schemas.profiles.rdf.graph import Graph
from schemas.profiles.rdf.quality import write_quality
from schemas.profiles.rdf.serializing import FORMATS, serialize_graph
from web.catalog import catalog, current_actor
from web.languages import current_language
from web.machines.exports import base_url, conditional, measurements
from web.quality import fix_first
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("quality_machines", __name__), Lets.METADATA, Lets.BYTES)
FEED = 50
_COLOURS = {"excellent": "#0b4f5c", "good": "#2f6f3e", "sufficient": "#8a5a00", "bad": "#a3261d", "": "#555"}


@blueprint.get("/dataset/<name>/quality.<extension>")
def measured(name: str, extension: str) -> Response:
    """Answer with the measurements of a dataset in DQV, or with its badge as SVG."""
    if extension == "svg":
        return _badge(name)
    form = next((one for one in FORMATS if one.extension == extension), None) or abort(404)
    found = measurements(name)
    if not found:
        raise NotFound("This dataset was not audited yet; that happens within minutes of its publication.")
    graph = Graph()
    write_quality(graph, f"{base_url()}/dataset/{name}", base_url(), found)
    return conditional(Response(serialize_graph(graph, extension), mimetype=form.media_type))


def _badge(name: str) -> Response:
    record = catalog().reading.entry(current_actor(), name).record
    words = label(record.quality, current_language()).words if record.quality else "–"
    width = 16 + 8 * len(words)
    body = render_template("quality/badge.svg", words=words, width=width, colour=_COLOURS.get(record.quality, "#555"))
    return conditional(Response(body, mimetype="image/svg+xml"))


@blueprint.get("/feeds/quality.atom")
def feed() -> Response:
    """Answer with what is to be fixed in the datasets that were audited last."""
    summary = catalog().quality.of(current_actor())
    newest = sorted(summary.standings, key=lambda one: (one.checked_at, one.dataset), reverse=True)
    entries = []
    for standing in [one for one in newest if one.failed][:FEED]:
        found = catalog().audits.report(current_actor(), standing.dataset)
        lines = [f"{title(one.check, 'en')}: {message(one, 'en')} {fix(one, 'en')}" for one in fix_first(found.findings)[:10]]
        entries.append((standing, lines))
    body = render_template(
        "quality/feed.atom", entries=entries, base_url=base_url(), self_url=base_url() + request.full_path,
        updated=summary.last or "1970-01-01T00:00:00Z",
    )  # fmt: skip
    return conditional(Response(body, mimetype="application/atom+xml"))


