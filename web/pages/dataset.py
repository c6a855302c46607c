"""The page of a dataset, its sixteen sections, and its tombstone."""

from flask import Blueprint, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from catalog.reading import Entry
from catalog.versions.addresses import version_path
from schemas.profiles.base import WriteContext
from schemas.profiles.standards.schemaorg import embedded
from web.catalog import catalog, current_actor
from web.languages import current_language
from web.machines.exports import base_url, export_response
from web.negotiation import wanted
from web.pages import facts
from web.pages.alternates import dataset_alternates
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("dataset", __name__), Lets.METADATA, Lets.BYTES)
VERSIONS = 5
"""Versions of the files that the page shows; all stand on a page of their own."""


@blueprint.get("/dataset/<name>")
def show(name: str) -> Response | str:
    """Show a dataset, in the form that the client asks for."""
    if export := wanted(request.accept_mimetypes):
        return export_response(name, export)
    entry = catalog().reading.entry(current_actor(), name)
    decision = catalog().downloads.decide(current_actor(), entry)
    files = facts.files(entry, allowed=decision.allowed)
    with catalog().store.read() as work:
        revisions = work.datasets.revisions(name)
        downloads = work.takedowns.taken(name)
    record = entry.record
    return render_template(
        "dataset.html", entry=entry, dataset=entry.dataset, record=record, decision=decision, files=files,
        main=facts.primary(files), late=facts.days_late(_updated(entry), entry.dataset.accrual_periodicity),
        updated=_updated(entry), total_size=sum(file.byte_size or 0 for file in files) or None,
        alternates=dataset_alternates(entry), revisions=revisions,
        versions=catalog().versions.of(current_actor(), name, limit=VERSIONS), version_path=version_path,
        embedded=_embedded(entry), licences=_licences(files), downloads=downloads,
    )  # fmt: skip


def _updated(entry: Entry) -> str:
    return entry.dataset.modified or entry.dataset.issued or entry.record.updated


def _embedded(entry: Entry) -> Markup:
    context = WriteContext(base_url=base_url(), site_title=catalog().settings.site_title, language=current_language())
    return Markup(embedded(catalog().reading.exported(entry, current_actor(), base_url()), context))


def _licences(files: tuple[facts.File, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(file.distribution.license for file in files if file.distribution.license))
