"""`/dataset/<name>.ttl` and its like: a dataset in the words of a standard."""

from dataclasses import replace

from flask import Blueprint, Response, abort, request

from schemas.profiles.base import WriteContext
from web.catalog import catalog, current_actor
from web.negotiation import Export, by_suffix

blueprint = Blueprint("exports", __name__)


@blueprint.get("/dataset/<name>.<extension>")
def canonical(name: str, extension: str) -> Response:
    """Answer with the canonical profile in one of its forms."""
    return export_response(name, by_suffix(f".{extension}") or abort(404))


@blueprint.get("/dataset/<name>/<profile>.<extension>")
def profile(name: str, profile: str, extension: str) -> Response:
    """Answer with another profile."""
    return export_response(name, by_suffix(f"/{profile}.{extension}") or abort(404))


def export_response(name: str, export: Export) -> Response:
    """Return a dataset in one form, with an ETag over the bytes."""
    entry = catalog().reading.entry(current_actor(), name)
    dataset = catalog().reading.exported(entry, current_actor(), base_url())
    context = replace(write_context(), published=catalog().versions.held(current_actor(), entry, base_url()))
    body = export.profile.write(dataset, context, export.format.extension)
    return conditional(Response(body, mimetype=export.format.media_type))


def conditional(response: Response) -> Response:
    """Let caches and clients ask again cheaply; anybody may read what is public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.cache_control.public = True
    response.cache_control.max_age = 60
    response.vary.add("Accept")
    response.add_etag()
    response.make_conditional(request)
    return response


def base_url() -> str:
    """Return the address of our site, without slash at the end."""
    return catalog().settings.public_url.rstrip("/")


def write_context() -> WriteContext:
    """Return what writers must know of our site."""
    settings = catalog().settings
    return WriteContext(base_url=base_url(), site_title=settings.site_title, language=settings.default_language)
