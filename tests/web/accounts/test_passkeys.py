"""Passkeys: added to an account, used to sign in, removed; a challenge works once, for one browser; copies are found."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from webauthn.helpers import bytes_to_base64url

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from tests.conftest import StoppedClock
from tests.web.accounts.conftest import Browser, csrf
from tests.web.accounts.device import PRESENT_AND_VERIFIED, Device
from web import create_app

EDITOR, COLLEAGUE = "editor@water-agency.kz", "publisher@water-agency.kz"


@pytest.fixture
def staffed(staffed: Catalog) -> Catalog:
    return replace(staffed, settings=replace(staffed.settings, public_url="http://localhost"))


def add(client: FlaskClient, device: Device, label: str = "telephone") -> int:
    token = csrf(client)
    options = client.post("/account/passkeys/options", data={"csrf_token": token}).json
    answer = device.create(options)
    return client.post("/account/passkeys", data={"csrf_token": token, "answer": answer, "label": label}).status_code


def sign_in(client: FlaskClient, device: Device) -> int:
    answer = device.get(client.post("/account/sign-in/passkey/options").json)
    return client.post("/account/sign-in/passkey", data={"answer": answer}).status_code


def id_of(device: Device) -> str:
    return bytes_to_base64url(device.id)


def test_a_passkey_signs_in_without_a_password_or_code(browser: Browser, app: Flask) -> None:
    mine, device = browser(EDITOR), Device()
    assert add(mine, device) == 303
    assert "telephone" in mine.get("/account/passkeys").text
    client = app.test_client()
    assert sign_in(client, device) == 303
    assert EDITOR in client.get("/account/").text


def test_a_person_has_several_and_a_removed_one_does_nothing(browser: Browser, app: Flask) -> None:
    mine, one, other = browser(EDITOR), Device(), Device()
    assert [add(mine, one, "telephone"), add(mine, other, "")] == [303, 303]
    page = mine.get("/account/passkeys").text
    assert "telephone" in page and "Passkey 2" in page
    assert mine.post("/account/passkeys/remove", data={"csrf_token": csrf(mine), "id": id_of(one)}).status_code == 303
    assert [sign_in(app.test_client(), device) for device in (one, other)] == [400, 303]


def test_a_passkey_of_another_person_cannot_be_removed_or_taken_over(browser: Browser, app: Flask) -> None:
    mine, device = browser(EDITOR), Device()
    add(mine, device)
    theirs = browser(COLLEAGUE)
    assert theirs.post("/account/passkeys/remove", data={"csrf_token": csrf(theirs), "id": id_of(device)}).status_code == 404
    assert add(theirs, device) == 400
    client = app.test_client()
    assert sign_in(client, device) == 303 and EDITOR in client.get("/account/").text


def test_a_challenge_works_once(browser: Browser, app: Flask) -> None:
    device = Device()
    add(browser(EDITOR), device)
    client = app.test_client()
    options = client.post("/account/sign-in/passkey/options").json
    answer = device.get(options)
    challenge = client.get_cookie("qoima_passkey")
    assert challenge is not None
    assert client.post("/account/sign-in/passkey", data={"answer": answer}).status_code == 303
    again = app.test_client()
    again.set_cookie("qoima_passkey", challenge.value)
    assert again.post("/account/sign-in/passkey", data={"answer": device.get(options)}).status_code == 400


def test_a_challenge_belongs_to_its_browser_and_its_session_and_ages(browser: Browser, app: Flask, clock: StoppedClock) -> None:
    device, mine = Device(), browser(EDITOR)
    add(mine, device)
    client, other = app.test_client(), app.test_client()
    answer = device.get(client.post("/account/sign-in/passkey/options").json)
    other.post("/account/sign-in/passkey/options")
    assert other.post("/account/sign-in/passkey", data={"answer": answer}).status_code == 400
    theirs, fresh = browser(COLLEAGUE), Device()
    options = mine.post("/account/passkeys/options", data={"csrf_token": csrf(mine)}).json
    challenge = mine.get_cookie("qoima_passkey")
    assert challenge is not None
    theirs.set_cookie("qoima_passkey", challenge.value)
    sent = {"csrf_token": csrf(theirs), "answer": fresh.create(options)}
    assert theirs.post("/account/passkeys", data=sent).status_code == 400
    answer = device.get(client.post("/account/sign-in/passkey/options").json)
    clock.advance(minutes=6)
    assert client.post("/account/sign-in/passkey", data={"answer": answer}).status_code == 400


def test_a_copy_that_counts_less_is_refused_and_noted(browser: Browser, app: Flask, staffed: Catalog) -> None:
    device = Device()
    add(browser(EDITOR), device)
    device.count = 5
    assert sign_in(app.test_client(), device) == 303
    device.count = 3
    assert sign_in(app.test_client(), device) == 400
    with staffed.store.read() as work:
        assert "account:passkey-refused" in [entry.action for entry in work.audit_log.all()]


def spoil(**changed: object) -> Callable[[Device], None]:
    return lambda device: [setattr(device, name, value) for name, value in changed.items()] and None


@pytest.mark.parametrize("wrong", [
    spoil(origin="https://evil.example"), spoil(host="evil.example"), spoil(flags=0x01), spoil(id=b"x" * 32),
], ids=["another origin", "another site", "nobody verified", "an unknown passkey"])  # fmt: skip
def test_what_is_not_of_this_site_and_person_is_refused(
    browser: Browser, app: Flask, wrong: Callable[[Device], None]
) -> None:
    device = Device()
    add(browser(EDITOR), device)
    wrong(device)
    assert sign_in(app.test_client(), device) == 400
    assert device.flags != PRESENT_AND_VERIFIED or sign_in(app.test_client(), Device()) == 400


@pytest.mark.parametrize("junk", ["", "{}", "[]", "null", '{"id": 5}', '{"id": "' + "x" * 50_000, "[" * 9_000])
def test_junk_is_refused(browser: Browser, app: Flask, junk: str) -> None:
    mine, client = browser(EDITOR), app.test_client()
    mine.post("/account/passkeys/options", data={"csrf_token": csrf(mine)})
    assert mine.post("/account/passkeys", data={"csrf_token": csrf(mine), "answer": junk}).status_code == 400
    client.post("/account/sign-in/passkey/options")
    assert client.post("/account/sign-in/passkey", data={"answer": junk}).status_code == 400


def test_a_disabled_account_is_let_in_by_nothing(browser: Browser, app: Flask, staffed: Catalog) -> None:
    device = Device()
    add(browser(EDITOR), device)
    staffed.people.disable(SYSTEM, EDITOR)
    assert sign_in(app.test_client(), device) == 400


def test_the_last_way_in_stays(browser: Browser, staffed: Catalog) -> None:
    mine, device = browser(EDITOR), Device()
    add(mine, device)
    with staffed.store.write() as work:
        account = work.accounts.by_email(EDITOR)
        assert account is not None
        work.accounts.put(replace(account, password=""))
    refused = mine.post("/account/passkeys/remove", data={"csrf_token": csrf(mine), "id": id_of(device)})
    assert refused.status_code == 400 and "choose a password first" in refused.text


def test_without_a_name_or_encryption_nothing_is_offered(browser: Browser, staffed: Catalog) -> None:
    plain = replace(staffed, settings=replace(staffed.settings, public_url="http://192.0.2.7:8000"))
    client = create_app(catalog=plain).test_client()
    assert "data-passkey" not in client.get("/account/sign-in").text
    assert "data-passkey" in create_app(catalog=staffed).test_client().get("/account/sign-in").text
