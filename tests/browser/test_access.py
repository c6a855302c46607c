"""Files on request in Chromium: read about, refused, asked for, approved, had in four ways, revoked, and all of it proven.

With QOIMA_SCREENSHOTS the pictures are written into that folder.
"""

import json
import os
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import mlcroissant
import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from catalog.access import SYSTEM, Actor
from catalog.access.base import Residency, Role
from catalog.accounts import passwords
from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings
from tests.browser.conftest import Quiet
from tests.browser.test_accessibility import violations
from tests.web.accounts import asking
from tests.web.accounts.test_sharing import OF_COMPANY
from web import create_app
from web.cli import main
from web.demo import serve_portals
from web.demo.identity import DemoProvider, described
from web.demo.people import PASSWORD, ensure_people
from web.demo.restricted import FOR_RESIDENTS, ON_REQUEST, ensure_restricted
from web.demo.wanted import ASKED, ensure_wanted

PUBLISHER = "publisher@demo.example.kz"
PURPOSE = "A study of how the demand for water follows the weather."
FILE = f"/dataset/{ON_REQUEST}/resource/meter_readings/download/meter_readings.csv"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Catalog, str]]:
    """Serve what `qoima demo` adds of its own, with its identity provider."""
    home = tmp_path_factory.mktemp("access")
    passwords._hasher, kept = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1), passwords._hasher
    with serve_portals(first_port=0, portals=(DemoProvider(),)) as addresses:
        (home / "providers.json").write_text(json.dumps(described(addresses["identity"])), "utf-8")
        server = make_server("127.0.0.1", 0, lambda environ, start: app(environ, start), threaded=True, request_handler=Quiet)
        url = f"http://127.0.0.1:{server.port}"
        catalog = open_catalog(Settings(home=home, public_url=url, identity_providers=home / "providers.json"))
        ensure_people(catalog)
        ensure_restricted(catalog)
        ensure_wanted(catalog)
        app = create_app(catalog=catalog)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield catalog, url
        server.shutdown()
        thread.join()
        catalog.close()
    passwords._hasher = kept


class Visit:
    """Somebody's browser at the site; pictures are numbered."""

    taken = 0

    def __init__(self, chromium: Browser, url: str, width: int = 1100) -> None:
        self.context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=url)
        self.page: Page = self.context.new_page()

    def at(self, address: str, words: str, picture: str = "") -> Page:
        """Open a page, which says these words."""
        self.page.goto(address)
        return self.shows(words, picture)

    def shows(self, words: str, picture: str = "") -> Page:
        assert words in self.page.locator("main").inner_text()
        if (folder := os.environ.get("QOIMA_SCREENSHOTS")) and picture:
            Visit.taken += 1
            self.page.screenshot(path=Path(folder) / f"{Visit.taken:02}-{picture}.png", full_page=True)
        return self.page

    def signed_in(self, email: str) -> "Visit":
        self.page.goto("/account/sign-in")
        self.page.locator("#email").fill(email)
        self.page.locator("#password").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def signed_on(self, person: str) -> "Visit":
        self.page.goto("/account/sign-in")
        self.page.get_by_role("button", name="Demo identity").click()
        self.page.get_by_role("link", name=person, exact=True).click()
        self.page.wait_for_url("**/account/**")
        return self

    def fetched(self, address: str = FILE) -> int:
        return self.context.request.get(address, max_redirects=0).status


def curl(url: str, *shown: str) -> tuple[str, str]:
    """Return status and body of the file, with a token shown as Bearer or as the password of Basic."""
    command = ["curl", "--silent", "--write-out", "\n%{http_code}", *shown, url + FILE]
    body, _, status = subprocess.run(command, capture_output=True, text=True, check=True).stdout.rpartition("\n")
    return status, body


def records(folder: Path, document: str, token: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many records mlcroissant loads with the token as password."""
    monkeypatch.setenv("CROISSANT_BASIC_AUTH_USERNAME", "token")
    monkeypatch.setenv("CROISSANT_BASIC_AUTH_PASSWORD", token)
    monkeypatch.setattr("mlcroissant._src.core.constants.DOWNLOAD_PATH", folder / "downloads", raising=False)
    path = folder / "croissant.json"
    path.write_text(document, "utf-8")
    dataset = mlcroissant.Dataset(jsonld=path)
    return sum(1 for _ in dataset.records(dataset.metadata.record_sets[0].uuid))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning")
def test_files_on_request_from_the_first_look_to_the_proof(
    chromium: Browser, demo: tuple[Catalog, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog, url = demo
    visitor = Visit(chromium, url)
    visitor.at(f"/dataset/{ON_REQUEST}", "Who may have the data", "visitor-dataset")
    visitor.at(f"/dataset/{ON_REQUEST}/access", "The agency answers within 10 days", "visitor-notice")
    assert visitor.fetched() == 403

    stranger = Visit(chromium, url).signed_on("Nora, not resident")
    stranger.at(f"/dataset/{ON_REQUEST}/access", "no verified residency", "non-resident-refused")
    stranger.at(f"/dataset/{FOR_RESIDENTS}", "residents whose residency", "non-resident-dataset")
    assert stranger.fetched() == 403

    resident = Visit(chromium, url).signed_on("Arman, resident")
    page = resident.at(f"/dataset/{ON_REQUEST}/access", "What the files are for", "resident-form")
    page.locator("#purpose").fill(PURPOSE)
    page.locator("#kind").select_option("research")
    page.locator("#organisation").fill("University")
    page.locator("#until").fill(f"{catalog.clock().year + 1}-06-30")
    page.locator("#terms").check()
    page.get_by_role("button", name="Send the request").click()
    resident.shows("waits for the agency", "request-sent")
    mine = resident.page.url
    assert resident.fetched() == 403

    publisher = Visit(chromium, url).signed_in(PUBLISHER)
    publisher.at("/organization/demo-agency/requests", "Arman", "inbox")
    publisher.page.get_by_role("link", name=ON_REQUEST).click()
    publisher.shows(PURPOSE, "decision")
    publisher.page.locator("#approve-because").fill("A good study")
    publisher.page.get_by_role("button", name="Approve").click()
    publisher.shows("approved")

    resident.at(mine, "A good study", "approved")
    resident.at(f"/dataset/{ON_REQUEST}", "Download CSV", "dataset-with-grant")
    assert resident.fetched() == 200
    account = catalog.granting.inbox(SYSTEM, "demo-agency")[0].account
    token = catalog.tokens.make_for(SYSTEM, account, "notebook", ["dataset:read", "dataset:download"]).secret
    bearer, basic = ("--header", f"Authorization: Bearer {token}"), ("--user", f"token:{token}")
    status, body = curl(url, *bearer)
    assert status == "200" and body.startswith("meter,district,month,litres")
    answer = resident.context.request.get(f"/dataset/{ON_REQUEST}/croissant.jsonld")
    assert records(tmp_path, answer.text(), token, monkeypatch) == 72

    publisher.page.locator("#revoke-because").fill("The study was stopped")
    publisher.page.get_by_role("button", name="Revoke access at once").click()
    publisher.shows("The study was stopped", "revoked")
    assert (resident.fetched(), curl(url, *bearer)[0], curl(url, *basic)[0]) == (403, "403", "403")
    resident.at(mine, "The study was stopped", "revoked-for-the-resident")

    auditor = Visit(chromium, url).signed_in("auditor@demo.example.kz")
    auditor.at(f"/audit-log/?target={ON_REQUEST}", "access:revoke", "audit-log")
    actions = [entry.action for entry in catalog.audit_log.page(SYSTEM, limit=200, target=ON_REQUEST)]
    assert {"access:ask", "access:approved", "access:grant", "access:revoke", "dataset:refused"} <= set(actions)
    assert actions.count("dataset:download") == 3
    auditor.at("/audit-log/verified", "is whole", "chain-whole")
    monkeypatch.setenv("QOIMA_HOME", str(catalog.settings.home))
    assert CliRunner().invoke(main, ["audit-log", "verify"]).exit_code == 0
    with sqlite3.connect(catalog.settings.home / "catalog.db") as connection:
        connection.execute("update audit set target = 'lakes' where action = 'access:revoke'")
    connection.close()
    auditor.at("/audit-log/verified", "was altered", "one-row-altered")
    done = CliRunner().invoke(main, ["audit-log", "verify"])
    assert done.exit_code == 1 and "was altered" in done.output


def shared(catalog: Catalog) -> tuple[str, str]:
    """Ask for a company and for an agency; returns where one is decided and the other is confirmed."""
    until, paths = f"{catalog.clock().year + 1}-06-30", ("", "outgoing/")
    catalog.people.ensure_agency(SYSTEM, "roads", "Roads", "en")
    catalog.people.give(SYSTEM, PUBLISHER, "roads", Role.PUBLISHER)
    found = []
    for place, stated in zip(paths, (OF_COMPANY, {**OF_COMPANY, "behalf": "agency:roads"}), strict=True):
        account = catalog.people.add(SYSTEM, f"engineer-{len(found)}@example.kz", "Engineer").id
        residency = Residency(resident=True, provider="eid", verified="2026-01-01T00:00:00Z", expires="2126-01-01T00:00:00Z")
        labels = frozenset({"public", "residents"})
        actor = Actor(id=account, kind="account", labels=labels, residency=residency, roles={"roads": Role.EDITOR})
        made = catalog.requests.ask(actor, ON_REQUEST, {**asking.ASKED, "until": until, **stated})
        found.append(f"/ru/organization/{'roads' if place else 'demo-agency'}/requests/{place}{made.id}")
    return found[0], found[1]


def test_pages_of_requests_have_no_violations_at_320_pixels(chromium: Browser, demo: tuple[Catalog, str]) -> None:
    own, log = ("/kk/account/requests", f"/ru/dataset/{ON_REQUEST}/access"), ("/ru/audit-log/", "/kk/audit-log/verified")
    reader, auditor, publisher = (Visit(chromium, demo[1], 320) for _ in range(3))
    reader.signed_on("Arman, resident")
    auditor.signed_in("auditor@demo.example.kz")
    publisher.signed_in(PUBLISHER)
    for visit, addresses in ((reader, own), (auditor, log), (publisher, shared(demo[0]))):
        for address in addresses:
            visit.page.goto(address)
            visit.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            visit.shows("", address.rpartition("/")[2])
            assert violations(visit.page) == []
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_board_of_missing_data_is_read_and_used_at_320_pixels(chromium: Browser, demo: tuple[Catalog, str]) -> None:
    catalog, url = demo
    visitor = Visit(chromium, url, 320)
    page = visitor.at("/wanted/", "overdue", "board")
    assert page.locator("li.result").count() == len(ASKED)
    assert violations(page) == []
    steward = Visit(chromium, url, 320).signed_in("steward@demo.example.kz")
    unasked, asked = (catalog.wanted.page(SYSTEM, agency=agency)[0][0].wanted.id for agency in ("-", "demo-agency"))
    editor = Visit(chromium, url, 320).signed_in("editor@demo.example.kz")
    for who, address, words in (
        (visitor, f"/ru/wanted/{asked}", "просрочено"), (visitor, "/kk/wanted/new?title=floods", "Жарияланып қойған"),
        (steward, f"/wanted/{unasked}/answer", "Pass on to an agency"), (editor, f"/wanted/{asked}/answer", "Promise"),
    ):  # fmt: skip
        page = who.at(address, words, "board")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    reader = Visit(chromium, url, 320).signed_in("reader@demo.example.kz")
    page = reader.at("/wanted/new?title=Depths of floods by street", "Depths of floods by cell", "board-form")
    page.locator("#title").fill("Depths of floods by cells of the grid")
    page.locator("#purpose").fill("short")
    page.get_by_role("button", name="Send the request").click()
    reader.shows("Say in 30 to 2,000 characters", "board-error")
    assert violations(page) == []
    page.locator("#purpose").fill("To know which cellars to empty first.")
    page.get_by_role("button", name="Send the request").click()
    reader.shows("Answer due", "board-asked")
    page.get_by_role("button", name="Take your vote back").click()
    reader.shows("I need these data, too")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
