"""Account pages in Chromium: somebody signs in and works without scripts, and axe finds nothing, errors included."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from catalog.access import SYSTEM
from catalog.access.base import Role
from catalog.accounts import passwords
from catalog.bootstrap import open_catalog
from catalog.settings import Settings
from tests.browser.conftest import Quiet
from tests.browser.test_accessibility import violations
from web import create_app

PASSWORD, ADMIN = "seven grey wolves sing", "admin@example.kz"
PAGES = ("/account/", "/account/tokens", "/account/codes", "/account/passkeys", "/organization/water-agency/members/")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    passwords._hasher, kept = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1), passwords._hasher
    server = make_server("127.0.0.1", 0, Flask(__name__), threaded=True, request_handler=Quiet)
    address = f"http://localhost:{server.port}"  # passkeys need a name
    catalog = open_catalog(Settings(home=tmp_path_factory.mktemp("office"), public_url=address))
    catalog.people.ensure_agency(SYSTEM, "water-agency", "Water Agency", "en")
    for email, role in ((ADMIN, Role.ADMINISTRATOR), ("editor@example.kz", Role.EDITOR)):
        catalog.people.add(SYSTEM, email, "", PASSWORD)
        catalog.people.give(SYSTEM, email, "water-agency", role)
    server.app = create_app(catalog=catalog)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    catalog.close()
    passwords._hasher = kept


@pytest.fixture
def page(chromium: Browser, office: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 320, "height": 900}, base_url=office)
    yield context.new_page()
    context.close()


def sign_in(page: Page, prefix: str = "", password: str = PASSWORD) -> None:
    page.goto(prefix + "/account/sign-in")
    page.locator("#email").fill(ADMIN)
    page.locator("#password").fill(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fine(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("prefix", ["", "/kk", "/ru"])
def test_account_pages_have_no_violations_at_320_pixels(page: Page, prefix: str) -> None:
    page.goto(prefix + "/account/sign-in")
    fine(page)
    sign_in(page, prefix, "wrong")
    assert page.locator(".govuk-error-summary").is_visible()
    fine(page)
    page.goto(prefix + "/account/recovery")
    fine(page)
    sign_in(page, prefix)
    for address in PAGES:
        page.goto(prefix + address)
        fine(page)


def test_errors_and_what_is_shown_once_have_no_violations(page: Page, tmp_path: Path) -> None:
    sign_in(page)
    page.goto("/account/tokens")
    page.get_by_role("button", name="Make the token").click()
    assert page.locator("#scope").is_visible() and page.locator(".govuk-error-summary").is_visible()
    fine(page)
    page.locator("#label").fill("nightly")
    page.locator("#scope-1").check()
    page.get_by_role("button", name="Make the token").click()
    assert page.locator(".notice code").inner_text().startswith("qoima_")
    fine(page)
    page.goto("/organization/water-agency/members/")
    page.locator("#email").fill("no address")
    page.get_by_role("button", name="Invite", exact=True).click()
    fine(page)
    page.locator("#email").fill("new@example.kz")
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.locator(".notice code").inner_text()
    fine(page)
    page.goto("/account/codes")
    page.get_by_role("button", name="Set it up").click()
    fine(page)
    page.goto(link[link.index("/account") :])
    fine(page)


def test_everything_works_without_scripts(chromium: Browser, office: str) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=office)
    page = context.new_page()
    page.goto("/account/sign-in")
    assert page.get_by_text("Passkeys need JavaScript").is_visible()
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    sign_in(page)
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    assert page.get_by_role("link", name="Sign in").first.is_visible()
    context.close()


def test_a_passkey_is_added_signs_in_and_is_removed(page: Page) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    abilities = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    facts = {**abilities, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": facts})
    sign_in(page)
    page.goto("/account/passkeys")
    page.locator("#label").fill("telephone")
    page.get_by_role("button", name="Add a passkey").click()
    row = page.get_by_role("row", name="telephone")
    assert row.get_by_role("cell").nth(1).inner_text() == "–"
    fine(page)
    page.goto("/account/")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.goto("/account/sign-in")
    fine(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in with a passkey").click()
    page.goto("/account/passkeys")
    assert row.get_by_role("cell").nth(1).inner_text() != "–"
    row.get_by_role("button").click()
    assert page.get_by_text("There are no passkeys yet.").is_visible()
    page.goto("/account/")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.goto("/account/sign-in")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in with a passkey").click()
    assert page.locator(".govuk-error-summary").get_by_text("This passkey was not accepted").is_visible()
