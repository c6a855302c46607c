"""A small healthy CKAN portal with files, whose every answer a test may replace; and a photograph of a whole catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.bootstrap import Catalog, open_catalog
from catalog.harvests.records import HarvestSource
from catalog.settings import Settings
from tests.loopback import Answer, Loopback, Request, loopback

SEARCH, FILES = "/api/3/action/package_search", "/files/"
COUNT, ROWS = 20, 5


@dataclass
class Portal:
    """`COUNT` packages in pages of `ROWS`; the first one has a file. `modified` is the stamp of that file."""

    server: Loopback = field(default_factory=lambda: Loopback({}))
    modified: str = "2026-11-01T00:00:00"

    def search(self, request: Request) -> Any:
        """Answer package_search as CKAN does."""
        start, rows = int(request.params["start"]), int(request.params["rows"])
        found = [self.package(number) for number in range(COUNT)][start : start + rows]
        return {"success": True, "result": {"count": COUNT, "results": found}}

    def package(self, number: int) -> dict[str, Any]:
        """Return a package."""
        link = f"{self.server.url}{FILES}levels.csv"
        file = {"id": "f0", "name": "Levels", "url": link, "format": "CSV", "last_modified": self.modified}
        return {
            "id": f"id-{number}", "name": f"dataset-{number}", "title": f"Dataset {number}", "notes": "Levels of rivers",
            "organization": {"name": "water", "title": "Water Agency"}, "resources": [] if number else [file],
        }  # fmt: skip

    def source(self, **changes: Any) -> HarvestSource:
        """Return the source that harvests this portal."""
        source = HarvestSource(name="portal", kind="ckan", url=self.server.url, title="Water", language="en")
        return replace(source, **{"options": {"rows": ROWS}, **changes})


@contextmanager
def portal() -> Iterator[Portal]:
    """Serve a healthy portal."""
    made = Portal()
    csv = Answer(body=b"station,level\nAqtau,3\nAral,4\n", headers=(("Content-Type", "text/csv"),))
    with loopback({SEARCH: made.search, FILES: lambda request: csv}) as server:
        made.server = server
        yield made


@contextmanager
def opened(settings: Settings, *hosts: str) -> Iterator[Catalog]:
    """Open a catalogue whose harvests may reach `hosts` and the public internet only."""
    catalog = open_catalog(replace(settings, harvest_allow=hosts))
    try:
        yield catalog
    finally:
        catalog.close()


def photograph(catalog: Catalog) -> dict[str, tuple[Any, ...]]:
    """Return everything that a reader may notice of each dataset: content, state, revisions and bytes of its files."""
    with catalog.store.read() as work:
        hashes = work.datasets.hashes()
        records = work.datasets.get_many(list(hashes))
        return {
            name: (
                digest, records[name].state, len(work.datasets.revisions(name)),
                [(file.distribution, file.sha256) for file in work.files.of(name)],
            )
            for name, digest in hashes.items()
        }  # fmt: skip
