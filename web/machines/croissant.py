"""Croissant documents of versions that were tried out and load; otherwise a sentence that says what is missing."""

import json

from flask import Blueprint, Response

from catalog.access import VISITOR
from schemas.profiles.croissant.context import MEDIA_TYPE
from web.catalog import catalog, current_actor
from web.machines.exports import conditional
from web.machines.versions import PRIVATE
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("croissant", __name__), Lets.METADATA, Lets.BYTES)


@blueprint.get("/dataset/<name>/croissant.jsonld")
@blueprint.get("/api/datasets/<name>/croissant")
@blueprint.get("/dataset/<name>/versions/<int(max=2147483647):number>/croissant.jsonld")
def document(name: str, number: int | None = None) -> Response:
    """Answer with the document; the second address is that of the Hugging Face Hub."""
    made = catalog().croissants.document(current_actor(), name, number)
    response = conditional(Response(json.dumps(made, ensure_ascii=False, indent=1), content_type=MEDIA_TYPE))
    if not catalog().downloads.decide(VISITOR, catalog().reading.entry(current_actor(), name)).allowed:
        response.headers["Cache-Control"] = PRIVATE
    return response
