"""Files of a harvest are fetched, hashed, validated and shown; what fails keeps the last good copy."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from catalog.access import VISITOR
from catalog.bootstrap import Catalog, open_catalog
from catalog.errors import NotFound
from catalog.harvests.records import HarvestSource
from catalog.records import FileState, State
from catalog.settings import Settings
from harvesters.base import Fetching, source_kinds
from harvesters.runner import run_harvest
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from tests.conftest import StoppedClock
from tests.harvesters.test_runner import FakeKind

GOOD = "өңір;халық\nАбай;610,5\nАқмола;738,2\n".encode("kz1048")
BAD = b"a,b\n1,x\n2,y,z\n3\n"


class Files(FakeKind):
    """A portal in memory whose files really come over HTTP."""

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        return distribution.download_url


@pytest.fixture
def server() -> Iterator[tuple[str, dict[str, bytes]]]:
    bodies: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = bodies.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: Any) -> None:
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}", bodies
    made.shutdown()
    made.server_close()


@pytest.fixture
def portal(
    server: tuple[str, dict[str, bytes]], settings: Settings, clock: StoppedClock
) -> Iterator[tuple[Catalog, HarvestSource]]:
    url, _ = server
    catalog = open_catalog(replace(settings, harvest_allow=(url.removeprefix("http://"),)), clock)
    files = [{"id": name, "download_url": f"{url}/{name}", "format": "CSV"} for name in ("good.csv", "bad.csv")]
    kind = Files(
        pages=[[{"name": f"d-{f['id'][:-4]}", "identifier": f["id"], "title": {"en": "D"}, "distribution": [f]} for f in files]]
    )
    source_kinds()["fake"] = kind
    yield catalog, HarvestSource(name="portal", kind="fake", url=url, language="ru")
    del source_kinds()["fake"]
    catalog.close()


def test_files_are_stored_with_their_report(portal: tuple[Catalog, HarvestSource], server: tuple[str, dict[str, bytes]]) -> None:
    catalog, source = portal
    server[1].update({"/good.csv": GOOD, "/bad.csv": BAD})
    counts = run_harvest(catalog, source).counts
    assert (counts.files_stored, counts.files_failed, counts.tables_valid, counts.tables_invalid) == (2, 0, 1, 1)
    good, bad = (catalog.reading.entry(VISITOR, name).files[0] for name in ("d-good", "d-bad"))
    assert good.table and (good.table["encoding"], good.table["rows"], good.table["dialect"]["delimiter"]) == ("kz1048", 2, ";")
    assert bad.report and [e["type"] for e in bad.report["tasks"][0]["errors"]] == ["extra-cell", "missing-cell"]
    assert b"".join(catalog.downloads.open(VISITOR, "d-good", "good.csv").stream(0, None)) == GOOD


def test_a_file_that_is_gone_is_a_problem_and_keeps_the_last_good_copy(
    portal: tuple[Catalog, HarvestSource], server: tuple[str, dict[str, bytes]]
) -> None:
    catalog, source = portal
    server[1].update({"/good.csv": GOOD, "/bad.csv": BAD})
    run_harvest(catalog, source)
    kind = source_kinds()["fake"]
    del server[1]["/good.csv"]
    kind.pages[0][0]["distribution"][0]["modified"] = "2026-11-24"  # type: ignore[attr-defined]
    run = run_harvest(catalog, source)
    assert [p.identifier for p in catalog.harvests.problems(run.id)] == ["d-good/good.csv"]
    file = catalog.reading.entry(VISITOR, "d-good").files[0]
    assert file.state is FileState.FAILED and file.problem and file.problem.code == "status"
    assert b"".join(catalog.downloads.open(VISITOR, "d-good", "good.csv").stream(0, None)) == GOOD


def test_a_policy_may_hold_what_is_invalid(portal: tuple[Catalog, HarvestSource], server: tuple[str, dict[str, bytes]]) -> None:
    catalog, source = portal
    server[1].update({"/good.csv": GOOD, "/bad.csv": BAD})
    run_harvest(catalog, replace(source, invalid="hold"))
    assert catalog.reading.entry(VISITOR, "d-good").record.state is State.PUBLISHED
    with pytest.raises(NotFound):
        catalog.reading.entry(VISITOR, "d-bad")
    assert catalog.index.count() == 1


def test_files_are_only_linked_when_the_policy_says_so(portal: tuple[Catalog, HarvestSource]) -> None:
    catalog, source = portal
    run_harvest(catalog, replace(source, files="link"))
    assert catalog.reading.entry(VISITOR, "d-good").files[0].state is FileState.LINKED
