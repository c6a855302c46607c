"""Leaks that catalogues are known for, each planted into ours; the tests must find every one."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask, Response, request
from pytest import MonkeyPatch

from catalog import reading
from catalog.access import SYSTEM
from catalog.downloads import Downloads
from catalog.errors import NotFound
from catalog.reading import Reading
from catalog.search.searching import Searching
from catalog.tables.query.service import Rows
from catalog.versions.service import Versioning
from tests.leaks.worlds import HIDDEN, canary
from web.api import datasets as api
from web.machines import sitemap

Plant = Callable[[MonkeyPatch, Flask], None]
"""Puts a leak into a site, until the test ends."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A leak and the routes that it shows on."""

    plant: Plant
    routes: tuple[str, ...]


def _as_system(owner: type, name: str) -> Plant:
    """Return what lets a service answer everybody as it answers the operator."""

    def plant(patch: MonkeyPatch, app: Flask) -> None:
        kept = getattr(owner, name)
        patch.setattr(owner, name, lambda self, actor, *more, **named: kept(self, SYSTEM, *more, **named))

    return plant


def _facets(patch: MonkeyPatch, app: Flask) -> None:
    kept = Searching.search

    def counted(self: Searching, actor: Any, *more: Any, **named: Any) -> Any:
        found, whole = kept(self, actor, *more, **named), kept(self, replace(actor, labels=SYSTEM_LABELS), *more, **named)
        return replace(found, page=replace(found.page, facets=whole.page.facets))

    patch.setattr(Searching, "search", counted)


SYSTEM_LABELS = frozenset({"public", "agency:secret-service"})


def _snippet(patch: MonkeyPatch, app: Flask) -> None:
    kept = Searching.search
    patch.setattr(
        Searching, "search", lambda self, actor, *more, **named: kept(self, replace(actor, labels=SYSTEM_LABELS), *more, **named)
    )
    patch.setattr(Reading, "_seen", lambda self, actor, records, files: [reading.Entry(record) for record in records])


def _columns(patch: MonkeyPatch, app: Flask) -> None:
    kept = reading.as_published
    patch.setattr(reading, "as_published", lambda *given, bytes_allowed: kept(*given, bytes_allowed=True))


def _sitemap(patch: MonkeyPatch, app: Flask) -> None:
    patch.setattr(sitemap, "VISITOR", SYSTEM)


def _etag(patch: MonkeyPatch, app: Flask) -> None:
    def tagged(response: Response) -> Response:
        with app.extensions["qoima-catalog"].store.read() as work:
            known = work.datasets.get((request.view_args or {}).get("name", ""))
        if response.status_code == 404 and known:
            response.set_etag(known.content_hash)
        return response

    patch.setattr(app, "after_request_funcs", {**app.after_request_funcs, None: [*app.after_request_funcs[None], tagged]})


def _rows(patch: MonkeyPatch, app: Flask) -> None:
    kept = Rows.table
    patch.setattr(Rows, "table", lambda self, actor, *more: kept(self, SYSTEM, *more))


def _field(patch: MonkeyPatch, app: Flask) -> None:
    kept = api._file
    patch.setattr(api, "_file", lambda one, allowed: {**kept(one, allowed), "filename": one.filename})


def _error(patch: MonkeyPatch, app: Flask) -> None:
    def refused(self: Reading, actor: Any, name: str) -> Any:
        raise NotFound(f"You may not see {canary(name, 'meta')}.")

    patch.setattr(Reading, "entry", refused)


def _difference(patch: MonkeyPatch, app: Flask) -> None:
    kept = Downloads.entry
    patch.setattr(Downloads, "look", lambda self, actor, name, **more: kept(self, SYSTEM, name))
    patch.setattr(Versioning, "_version", lambda self, actor, name, number: _told(self, kept, name, number))


def _told(service: Versioning, entry: Any, name: str, number: int) -> Any:
    with service._store.read() as work:
        version = work.versions.get(name, number)
    if version is None:
        raise NotFound("There is no such version.")
    return entry(service._downloads, SYSTEM, name), version


def slow_for_hidden(patch: MonkeyPatch, app: Flask) -> None:
    """Take longer to refuse what is there than what is not."""
    kept = Reading.entry

    def slowly(self: Reading, actor: Any, name: str) -> Any:
        if name in HIDDEN:
            time.sleep(0.02)
        return kept(self, actor, name)

    patch.setattr(Reading, "entry", slowly)


LEAKS = {
    "search snippet": Leak(_snippet, ("search.search",)),
    "facet count": Leak(_facets, ("search.search", "api_datasets.search")),
    "columns in exports": Leak(_columns, ("exports",)),
    "thumbnail": Leak(_as_system(Versioning, "open_made"), ("version_files.made",)),
    "sitemap": Leak(_sitemap, ("sitemap",)),
    "etag": Leak(_etag, ("dataset.show", "exports.canonical")),
    "preview rows": Leak(_rows, ("selections", "viewer")),
    "feeds": Leak(_as_system(Reading, "newest"), ("feeds",)),
    "api field": Leak(_field, ("api_datasets.show",)),
    "version difference": Leak(_difference, ("versions.difference", "api_versions.difference")),
    "answer on the board": Leak(_as_system(Reading, "entries"), ("wanted.show", "api_wanted.show")),
    "error text": Leak(_error, ("api_datasets.show",)),
}
