"""A second step: codes of an app and recovery codes, each of which works once."""

import base64
import re

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from flask import Flask
from flask.testing import FlaskClient

from catalog.bootstrap import Catalog
from tests.conftest import StoppedClock
from tests.web.accounts.conftest import PASSWORD, Browser, csrf

EDITOR = "editor@water-agency.kz"


class App:
    """The app on somebody's device."""

    def __init__(self, secret: str, clock: StoppedClock) -> None:
        self._totp, self._clock = TOTP(base64.b32decode(secret.replace(" ", "")), 6, SHA1(), 30), clock

    def code(self, later: int = 0) -> str:
        return self._totp.generate(int(self._clock.now.timestamp()) + later).decode()


def set_up(client: FlaskClient, clock: StoppedClock) -> tuple[App, list[str]]:
    client.post("/account/codes", data={"csrf_token": csrf(client)})
    page = client.get("/account/codes").text
    found = re.search(r"<code>([A-Z2-7 ]{32,})</code>", page)
    assert found and "data:image/svg+xml;base64," in page
    app = App(found[1], clock)
    page = client.post("/account/codes/confirm", data={"csrf_token": csrf(client), "code": app.code()}).text
    recovery = re.findall(r"<code>([0-9a-f]{6}-[0-9a-f]{6})</code>", page)
    assert len(set(recovery)) == 10
    clock.advance(minutes=1)
    return app, recovery


def begun(app: Flask, password: str = PASSWORD) -> tuple[FlaskClient, str]:
    client = app.test_client()
    page = client.post("/account/sign-in", data={"email": EDITOR, "password": password})
    found = re.search(r'name="flow" value="([\w-]+)"', page.text)
    assert "Set-Cookie" not in page.headers
    return client, found[1] if found else ""


def given(client: FlaskClient, flow: str, code: str) -> int:
    return client.post("/account/second-step", data={"flow": flow, "code": code}).status_code


def test_a_code_is_asked_after_the_password_and_works_once(browser: Browser, app: Flask, clock: StoppedClock) -> None:
    device, _ = set_up(browser(EDITOR), clock)
    client, flow = begun(app)
    assert client.get("/account/").status_code == 303
    code = device.code()
    assert given(client, flow, "000000" if code != "000000" else "111111") == 400
    assert given(client, flow, f"{code[:3]} {code[3:]}") == 303
    assert client.get("/account/").status_code == 200
    other, again = begun(app)
    assert given(other, again, code) == 400
    clock.advance(seconds=30)
    assert given(other, again, device.code()) == 303


@pytest.mark.parametrize(("later", "status"), [(-30, 303), (0, 303), (30, 303), (-90, 400), (90, 400)])
def test_a_clock_may_be_off_by_one_step(browser: Browser, app: Flask, clock: StoppedClock, later: int, status: int) -> None:
    device, _ = set_up(browser(EDITOR), clock)
    clock.advance(minutes=5)
    assert given(*begun(app), device.code(later)) == status


def test_a_recovery_code_works_once(browser: Browser, app: Flask, clock: StoppedClock) -> None:
    _, recovery = set_up(browser(EDITOR), clock)
    assert given(*begun(app), recovery[0].upper()) == 303
    assert given(*begun(app), recovery[0]) == 400


def test_guessing_codes_is_slowed(browser: Browser, app: Flask, clock: StoppedClock) -> None:
    device, _ = set_up(browser(EDITOR), clock)
    client, flow = begun(app)
    assert [given(client, flow, f"{n:06}") for n in range(11)][-1] == 429
    assert given(client, flow, device.code()) == 429


def test_the_second_step_alone_is_nothing(browser: Browser, app: Flask, clock: StoppedClock) -> None:
    device, _ = set_up(browser(EDITOR), clock)
    client, flow = begun(app, "wrong")
    assert flow == ""
    assert given(client, "made-up", device.code()) == 401
    client, flow = begun(app)
    clock.advance(minutes=11)
    assert given(client, flow, device.code()) == 401


def test_codes_that_were_not_confirmed_are_not_asked(browser: Browser, app: Flask) -> None:
    client = browser(EDITOR)
    client.post("/account/codes", data={"csrf_token": csrf(client)})
    assert browser(EDITOR).get("/account/").status_code == 200


def test_taking_it_away_needs_a_code(browser: Browser, app: Flask, clock: StoppedClock) -> None:
    client = browser(EDITOR)
    device, _ = set_up(client, clock)
    assert client.post("/account/codes/remove", data={"csrf_token": csrf(client), "code": "12"}).status_code == 400
    assert client.post("/account/codes/remove", data={"csrf_token": csrf(client), "code": device.code()}).status_code == 303
    assert browser(EDITOR).get("/account/").status_code == 200


def test_the_secret_is_kept_encrypted(staffed: Catalog, browser: Browser, clock: StoppedClock) -> None:
    client = browser(EDITOR)
    client.post("/account/codes", data={"csrf_token": csrf(client)})
    found = re.search(r"<code>([A-Z2-7 ]{32,})</code>", client.get("/account/codes").text)
    assert found
    secret = base64.b32decode(found[1].replace(" ", ""))
    body = b"".join(path.read_bytes() for path in staffed.settings.home.glob("catalog.db*"))
    assert secret not in body and found[1].replace(" ", "").encode() not in body
