"""Link checks over real sockets: a head first, the whole when that says too little; a silent host keeps nobody waiting."""

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import open_catalog
from catalog.quality.base import Status
from catalog.settings import Settings
from harvesters.http import Limits
from harvesters.links import check_links
from tests.builders import a_dataset, a_distribution

SHORT = Limits(connect=0.5, idle=0.5, total=1, retries=0, redirects=3)


class Host(BaseHTTPRequestHandler):
    """Answers by the first step of the path."""

    seen: ClassVar[Counter[str]] = Counter()
    gone = threading.Event()

    def do_HEAD(self):
        self.answer("HEAD")

    def do_GET(self):
        self.answer("GET")

    def answer(self, method):
        kind = self.path.strip("/").split("/")[0]
        Host.seen[f"{method} {kind}"] += 1
        if kind == "hangs":
            Host.gone.wait(3)
            return
        status = {"gone": 404, "busy": 429, "secret": 403, "ill": 500, "headless": 405 if method == "HEAD" else 200}.get(
            kind, 200
        )
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if kind == "page" else "text/csv")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def host():
    Host.seen.clear()
    Host.gone.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    Host.gone.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def linked(tmp_path, clock, host):
    catalog = open_catalog(Settings(home=tmp_path, harvest_allow=(host,)), clock)

    def publish(*kinds):
        files = tuple(
            a_distribution(id=f"f{n}", access_url="", download_url=f"http://{host}/{kind}/{n}.csv")
            for n, kind in enumerate(kinds)
        )
        catalog.publishing.publish(SYSTEM, a_dataset(distribution=files), f"{len(kinds)} files")
        catalog.audits.run()
        return catalog

    yield publish
    catalog.close()


def statuses(catalog):
    catalog.audits.run()
    found = catalog.audits.report(VISITOR, "wells").findings
    return [one.status.value for one in found if one.check == "mqa.accessibility.download_url_status"]


def test_each_answer_has_its_class(linked, clock):
    catalog = linked("fine", "gone", "secret", "ill", "headless", "page")
    counts = check_links(catalog, limits=SHORT)
    assert (counts.checked, counts.ok, counts.failed) == (6, 2, 4)
    assert statuses(catalog) == ["pass", "unknown", "unknown", "unknown", "pass", "unknown"]
    clock.advance(hours=13)
    check_links(catalog, limits=SHORT)
    assert statuses(catalog) == ["pass", "fail", "fail", "fail", "pass", "fail"]
    assert Host.seen["HEAD headless"] == Host.seen["GET headless"] == 2


def test_what_is_not_due_is_left_alone(linked, clock):
    catalog = linked("fine")
    check_links(catalog, limits=SHORT)
    assert check_links(catalog, limits=SHORT).checked == 0
    clock.advance(hours=12)
    assert check_links(catalog, limits=SHORT).checked == 1


def test_a_silent_host_is_given_up_after_three_links_and_asked_again_later(linked, clock):
    catalog = linked(*["hangs"] * 6)
    counts = check_links(catalog, limits=SHORT)
    assert (counts.checked, counts.postponed) == (3, 3)
    assert statuses(catalog) == ["unknown"] * 6
    clock.advance(hours=2)
    assert check_links(catalog, limits=SHORT).checked == 3


def test_a_busy_host_gets_a_day_of_peace(linked, clock):
    catalog = linked("busy", "fine", "fine")
    first = check_links(catalog, limits=SHORT)
    assert first.checked + first.postponed == 3
    assert check_links(catalog, limits=SHORT).checked == 0
    clock.advance(hours=23)
    before = sum(Host.seen.values())
    check_links(catalog, limits=SHORT)
    assert sum(Host.seen.values()) == before
    clock.advance(hours=2)
    check_links(catalog, limits=SHORT)
    assert sum(Host.seen.values()) > before


def test_a_link_that_broke_wakes_the_audit_of_its_dataset(linked, clock):
    catalog = linked("gone")
    check_links(catalog, limits=SHORT)
    with catalog.store.read() as work:
        assert work.jobs.get("audit", "wells")


def test_addresses_inside_our_own_network_are_not_asked(tmp_path, clock, host):
    catalog = open_catalog(Settings(home=tmp_path), clock)
    file = a_distribution(access_url="", download_url=f"http://{host}/fine/1.csv")
    catalog.publishing.publish(SYSTEM, a_dataset(distribution=(file,)), "first")
    catalog.audits.run()
    for _ in range(2):
        check_links(catalog, limits=SHORT)
        clock.advance(hours=13)
    assert statuses(catalog) == [Status.UNKNOWN.value] and not Host.seen
    catalog.close()
