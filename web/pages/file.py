"""The page of one file: facts, rows, statistics of its columns, validation report, code that fetches it."""

from flask import Blueprint, Response, abort, make_response, render_template, request

from catalog.errors import Gone
from web.catalog import catalog, current_actor
from web.languages import current_language
from web.pages import facts, reports
from web.pages.columns import choice
from web.pages.preview import Place, Preview, Wish, preview
from web.security import policy_with_images
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("file", __name__), Lets.METADATA, Lets.BYTES)


@blueprint.get("/dataset/<name>/resource/<distribution>")
def show(name: str, distribution: str) -> Response:
    """Show a file; a filter that cannot be used is told in place of the rows."""
    entry = catalog().reading.entry(current_actor(), name)
    decision = catalog().downloads.decide(current_actor(), entry)
    files = facts.files(entry, allowed=decision.allowed)
    file = next((file for file in files if file.distribution.id == distribution), None) or abort(404)
    if file.held and file.held.code == "taken-down":
        raise Gone(file.held.message, None)
    chosen = choice(file.fields, request.args)
    place = Place.at(name, distribution, chosen.parameters())
    rows = preview(place, Wish.of(request.args), chosen.fields) if file.stored else None
    contents, tiles = file.contents(), catalog().settings.tiles_url
    page = render_template(
        "file.html", dataset=entry.dataset, decision=decision, file=file, files=files, chosen=chosen, place=place, preview=rows,
        statistics=file.statistics(chosen.fields, place), groups=reports.groups(file.report, current_language()),
        errors=reports.total(file.report), contents=contents, tiles=tiles,
    )  # fmt: skip
    response = make_response(page, _status(rows))
    if tiles and contents and "shapes" in contents:
        response.headers["Content-Security-Policy"] = policy_with_images(tiles)
    return response


def _status(rows: Preview | None) -> int:
    if rows is None:
        return 200
    return 400 if rows.problem else 404 if rows.past else 200
