"""`/dataset/<name>.ttl` and its like: a dataset in the words of a standard."""

import json
from dataclasses import replace

from flask import Blueprint, Response, abort, request

from catalog.errors import NotFound
from schemas.dataset import Dataset
from schemas.profiles.base import WriteContext
from schemas.profiles.rdf.quality import Measurement
from schemas.profiles.standards.datapackage import resource
from web.catalog import catalog, current_actor
from web.negotiation import CANONICAL, Export, by_suffix
from web.quality import measured
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("exports", __name__), Lets.METADATA, Lets.BYTES)
WITH_STATISTICS = frozenset({"datapackage"})
"""Profiles that tell something of the values of tables."""


@blueprint.get("/dataset/<name>.<extension>")
def canonical(name: str, extension: str) -> Response:
    """Answer with the canonical profile in one of its forms."""
    return export_response(name, by_suffix(f".{extension}") or abort(404))


@blueprint.get("/dataset/<name>/<profile>.<extension>")
def profile(name: str, profile: str, extension: str) -> Response:
    """Answer with another profile."""
    return export_response(name, by_suffix(f"/{profile}.{extension}") or abort(404))


@blueprint.get("/dataset/<name>/resource/<distribution>/dataresource.json")
def data_resource(name: str, distribution: str) -> Response:
    """Answer with one file as a Data Resource (Data Package v2)."""
    found = resource(*_exported(name), distribution)
    if found is None:
        raise NotFound("There is no such file of this dataset; its page lists those that are there.")
    body = json.dumps(found, ensure_ascii=False, indent=1)
    return conditional(Response(body, mimetype="application/vnd.dataresource+json"))


def export_response(name: str, export: Export) -> Response:
    """Return a dataset in one form, with an ETag over the bytes."""
    dataset, context = _exported(name, statistics=export.profile.name in WITH_STATISTICS)
    quality = measurements(name) if export.profile.name == CANONICAL else ()
    body = export.profile.write(dataset, replace(context, quality=quality), export.format.extension)
    return conditional(Response(body, mimetype=export.format.media_type))


def _exported(name: str, *, statistics: bool = False) -> tuple[Dataset, WriteContext]:
    """Return a dataset as the reader may have it, with what may be told of its files."""
    entry = catalog().reading.entry(current_actor(), name)
    held = catalog().versions.held(current_actor(), entry, base_url(), statistics=statistics)
    dataset = catalog().reading.exported(entry, current_actor(), base_url())
    return dataset, replace(write_context(), published=held)


def measurements(name: str) -> tuple[Measurement, ...]:
    """Return the measurements of a dataset that the reader may have, none before its first audit."""
    try:
        return measured(catalog().audits.report(current_actor(), name))
    except NotFound:
        catalog().reading.entry(current_actor(), name)
        return ()


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
