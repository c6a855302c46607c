"""Whatever a portal sends, a harvest ends within its limits, tells what was wrong on its page, and harms nothing published."""

import gzip
import itertools
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from catalog.access import VISITOR
from catalog.bootstrap import Catalog
from catalog.harvests.records import HarvestRun, RunState
from catalog.records import FileState
from catalog.settings import Settings
from harvesters.http import Limits
from harvesters.runner import run_harvest
from harvesters.sources import ckan
from schemas.problems import Problem, Severity
from tests.journeys.portal import COUNT, FILES, ROWS, SEARCH, Portal, opened, photograph, portal
from tests.loopback import Answer, Request, json_answer, loopback
from web import create_app

SMALL = Limits(
    idle=0.5, total=0.4, max_body=8 * 2**20, ratio_from=2**16, retries=1, backoff=0.01, backoff_max=0.01,
)  # fmt: skip
TEN_GIB = 10 * 2**30
PIECE = bytes(64 * 1024)
SECONDS = 8

Fault = Callable[[Portal, Request], Any]


@pytest.fixture(scope="module")
def served() -> Iterator[Portal]:
    with pytest.MonkeyPatch.context() as patch, portal() as made:
        patch.setattr("harvesters.http.opening.Limits", lambda: SMALL)
        yield made


@pytest.fixture(scope="module")
def catalog(served: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """One catalogue that has harvested the healthy portal and goes through every fault after it."""
    with opened(Settings(home=tmp_path_factory.mktemp("faults")), served.server.host) as made:
        made.harvests.add(served.source())
        assert run_harvest(made, served.source()).state is RunState.COMPLETE
        assert len(photograph(made)) == COUNT
        yield made


@pytest.fixture(scope="module")
def client(catalog: Catalog) -> FlaskClient:
    return create_app(catalog=catalog).test_client()


def ten_gib() -> Iterator[bytes]:
    """Give 10 GiB, piece by piece."""
    return itertools.repeat(PIECE, TEN_GIB // len(PIECE))


def drip() -> Iterator[bytes]:
    """Give a byte now and then, for ever: often enough that no pause is too long."""
    while True:
        yield b" "
        time.sleep(0.05)


def bomb() -> Answer:
    body = gzip.compress(b'{"success": true, "x": "' + bytes(16 * 2**20) + b'"}')
    return Answer(body=body, headers=(("Content-Type", "application/json"), ("Content-Encoding", "gzip")))


def endless(page: Callable[[int], list[int]]) -> Fault:
    """Give pages without end: `page` tells the numbers of the packages at a start."""

    def answer(served: Portal, request: Request) -> Any:
        start = int(request.params["start"])
        return listing(start + 10_000, [served.package(number) for number in page(start)])

    return answer


def listing(count: Any, packages: list[Any]) -> Any:
    """Return an answer of package_search."""
    return {"success": True, "result": {"count": count, "results": packages}}


def redirect(target: str) -> Answer:
    return Answer(status=302, headers=(("Location", target),))


def typed(body: bytes, media_type: str) -> Answer:
    return Answer(body=body, headers=(("Content-Type", media_type),))


def always(answer: Callable[[], Any]) -> Fault:
    return lambda served, request: answer()


FAULTS: dict[str, tuple[Fault, str]] = {
    "500": (always(lambda: json_answer({"success": False}, 500)), "status"),
    "a page that is empty before the end": (endless(lambda start: []), "incomplete-listing"),
    "the same page for ever": (endless(lambda start: list(range(ROWS))), "incomplete-listing"),
    "10 GiB as declared": (always(lambda: Answer(body=ten_gib(), length=TEN_GIB)), "too-large"),
    "10 GiB undeclared": (always(lambda: Answer(body=ten_gib(), length=None)), "too-large"),
    "redirect into the network": (always(lambda: redirect("http://169.254.169.254/latest/meta-data/")), "blocked-address"),
    "redirects for ever": (lambda served, request: redirect(f"{served.server.url}{SEARCH}"), "too-many-redirects"),
    "redirect to a file": (always(lambda: redirect("file:///etc/passwd")), "redirect-refused"),
    "broken JSON": (always(lambda: Answer(body=b'{"success": true, "result": {"count": 20, "results": [{')), "not-json"),
    "HTML": (always(lambda: Answer(body=b"<!doctype html><title>Maintenance</title>")), "not-json"),
    "NaN": (always(lambda: Answer(body=b'{"success": true, "result": {"count": NaN, "results": []}}')), "not-json"),
    "deep JSON": (always(lambda: Answer(body=b"[" * 200_000)), "not-json"),
    "another JSON": (always(lambda: json_answer(["no", "portal"])), "not-ckan"),
    "a count that is no number": (always(lambda: listing("many", [])), "not-ckan"),
    "a refusal": (always(lambda: {"success": False, "error": {"message": "Access denied"}}), "refused"),
    "gzip bomb": (always(bomb), "bomb"),
    "broken gzip": (always(lambda: Answer(body=b"no gzip", headers=(("Content-Encoding", "gzip"),))), "bad-encoding"),
    "slow drip": (always(lambda: Answer(body=drip(), length=None)), "too-slow"),
    "a connection that is cut": (always(lambda: Answer(body=b'{"success"', length=5000)), "cut-off"),
}  # fmt: skip


@pytest.mark.parametrize("from_start", [0, 2 * ROWS], ids=["at once", "half-way"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_portal_ends_in_a_problem_and_changes_nothing(
    catalog: Catalog, served: Portal, client: FlaskClient, name: str, from_start: int
) -> None:
    fault, code = FAULTS[name]
    before = photograph(catalog)
    served.server.routes[SEARCH] = lambda request: (
        fault(served, request) if int(request.params.get("start", COUNT)) >= from_start else served.search(request)
    )
    started = time.monotonic()
    run = run_harvest(catalog, served.source())
    served.server.routes[SEARCH] = served.search
    assert time.monotonic() - started < SECONDS
    assert run.state is RunState.INCOMPLETE and run.counts.withdrawn == 0
    shows(client, run, tells(catalog, run, "", code))
    assert photograph(catalog) == before
    with catalog.store.read() as work:
        assert catalog.index.verify(work.datasets.hashes()).good


def test_a_portal_that_grows_for_ever_is_stopped_and_harms_nothing_known(settings: Settings, served: Portal) -> None:
    with opened(settings, served.server.host) as catalog, pytest.MonkeyPatch.context() as patch:
        run_harvest(catalog, served.source())
        before = photograph(catalog)
        patch.setattr(ckan, "SPARE", 50)
        served.server.routes[SEARCH] = lambda request: grows(served, request)
        run = run_harvest(catalog, served.source(options={"rows": 25}))
        served.server.routes[SEARCH] = served.search
        tells(catalog, run, "", "incomplete-listing")
        after = photograph(catalog)
    assert run.state is RunState.INCOMPLETE and len(after) <= 50 * ckan.GROWTH + 50 + 25
    assert {name: after[name] for name in before} == before


def grows(served: Portal, request: Request) -> Any:
    """Answer a full page of new packages at every start; the count is always one page ahead, 50 at first."""
    start, rows = int(request.params["start"]), int(request.params["rows"])
    found = [served.package(number) for number in range(start, start + rows)]
    return listing(start + 2 * rows, found)


def test_a_portal_that_fails_at_record_after_record_is_left_alone(catalog: Catalog, served: Portal) -> None:
    before = photograph(catalog)
    names = [f"dataset-{number}" for number in range(200)]
    action = SEARCH.removesuffix("package_search")
    routes = {
        action: lambda request: Answer(status=404),
        f"{action}package_list": lambda request: {"success": True, "result": names},
        f"{action}package_show": lambda request: Answer(status=500),
    }
    with loopback(routes) as broken:
        with opened(catalog.settings, broken.host) as allowing:
            run = run_harvest(allowing, served.source(url=broken.url))
        assert broken.count(f"{action}package_show") == ckan.MAX_FAILURES * (SMALL.retries + 1)
    assert run.state is RunState.INCOMPLETE
    assert {item.problem.code for item in catalog.harvests.problems(run.id)} == {"status"} and run.problems == ckan.MAX_FAILURES
    assert photograph(catalog) == before


def test_a_portal_that_cannot_be_reached_is_a_problem(catalog: Catalog, served: Portal) -> None:
    before = photograph(catalog)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with opened(catalog.settings, f"127.0.0.1:{port}") as allowing:
        run = run_harvest(allowing, served.source(url=f"http://127.0.0.1:{port}"))
    assert run.state is RunState.INCOMPLETE
    tells(catalog, run, "", "connection")
    assert photograph(catalog) == before


def test_a_portal_on_a_private_address_is_not_asked_unless_allowed(settings: Settings, served: Portal) -> None:
    asked = len(served.server.requests)
    with opened(settings) as catalog:
        run = run_harvest(catalog, served.source())
        tells(catalog, run, "", "blocked-address")
    assert len(served.server.requests) == asked


FILE_FAULTS: dict[str, tuple[Fault, str]] = {
    "404": (always(lambda: Answer(status=404)), "status"),
    "500": (always(lambda: Answer(status=500)), "status"),
    "too large as declared": (always(lambda: Answer(body=ten_gib(), length=TEN_GIB)), "too-large"),
    "too large undeclared": (always(lambda: Answer(body=ten_gib(), length=None)), "too-large"),
    "HTML instead of CSV": (always(lambda: typed(b"<!DOCTYPE html><html><body>Gone</body></html>", "text/html")), "web-page"),
    "HTML said to be CSV": (always(lambda: typed(b"\n<html><body>Gone</body></html>", "text/csv")), "web-page"),
    "a connection that is cut": (always(lambda: Answer(body=b"station,level\n", length=5000)), "cut-off"),
    "slow drip": (always(lambda: Answer(body=drip(), length=None)), "too-slow"),
    "redirect into the network": (FAULTS["redirect into the network"][0], "blocked-address"),
    "gzip bomb": (always(bomb), "bomb"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILE_FAULTS)
def test_a_faulty_file_is_a_problem_and_its_last_good_copy_stays(
    catalog: Catalog, served: Portal, client: FlaskClient, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault, code = FILE_FAULTS[name]
    if name != "slow drip":  # what is not slow may take its time on a busy machine
        monkeypatch.setattr("harvesters.http.opening.Limits", lambda: replace(SMALL, total=5))
    before = photograph(catalog)
    good = copy(catalog)
    served.modified = f"2026-11-02T00:00:{list(FILE_FAULTS).index(name):02}"
    healthy = served.server.routes[FILES]
    served.server.routes[FILES] = lambda request: fault(served, request)
    run = run_harvest(catalog, served.source(max_bytes=2**25))
    served.server.routes[FILES] = healthy
    assert (run.state, run.counts.changed, run.counts.files_failed) == (RunState.COMPLETE, 1, 1)
    shows(client, run, tells(catalog, run, "dataset-0/f0", code))
    with catalog.store.read() as work:
        file = work.files.get("dataset-0", "f0")
    assert file and file.state is FileState.FAILED
    assert copy(catalog) == good == b"station,level\nAqtau,3\nAral,4\n"
    assert {key: value for key, value in photograph(catalog).items() if key != "dataset-0"} == {
        key: value for key, value in before.items() if key != "dataset-0"
    }


def copy(catalog: Catalog) -> bytes:
    """Return the bytes that a visitor gets."""
    return b"".join(catalog.downloads.open(VISITOR, "dataset-0", "f0").stream(0, None))


def tells(catalog: Catalog, run: HarvestRun, identifier: str, code: str) -> Problem:
    """The problem is stored once, as a whole sentence."""
    (problem,) = [item.problem for item in catalog.harvests.problems(run.id) if item.identifier == identifier]
    assert (problem.code, problem.message[-1]) == (code, ".")
    assert problem.severity is (Severity.WARNING if identifier else Severity.ERROR)
    return problem


def shows(client: FlaskClient, run: HarvestRun, problem: Problem) -> None:
    """The problem stands on the page of the run."""
    page = client.get(f"/harvest/run/{run.id}")
    assert page.status_code == 200 and f"<code>{problem.code}</code>" in page.text and str(escape(problem.message)) in page.text
