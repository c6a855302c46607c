"""People sign in and out; cookies are new every time, and guessing is slowed without shutting anybody out."""

import pytest
from flask import Flask

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from tests.conftest import StoppedClock
from tests.web.accounts.conftest import PASSWORD, Browser, csrf

EDITOR = "editor@water-agency.kz"


def guess(app: Flask, email: str = EDITOR, password: str = "wrong", address: str = "192.0.2.1") -> tuple[int, str]:
    answer = app.test_client().post(
        "/account/sign-in", data={"email": email, "password": password}, environ_base={"REMOTE_ADDR": address}
    )
    return answer.status_code, answer.text


def test_somebody_signs_in_sees_their_roles_and_signs_out(browser: Browser) -> None:
    client = browser(EDITOR)
    assert "water-agency" in client.get("/account/").text
    assert client.post("/account/sign-out", data={"csrf_token": csrf(client)}).status_code == 303
    assert client.get("/account/").headers["Location"] == "/account/sign-in?next=/account/"


def test_the_page_after_signing_in_is_one_of_this_site(app: Flask) -> None:
    inside = "/organization/?a=b"
    for wanted, given in ((inside, inside), ("https://evil.example/", "/account/"), ("//evil", "/account/")):
        answer = app.test_client().post("/account/sign-in", data={"email": EDITOR, "password": PASSWORD, "next": wanted})
        assert answer.headers["Location"] == given


def test_a_session_known_before_signing_in_is_not_taken_over(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("qoima_session", "known-to-an-attacker")
    client.post("/account/sign-in", data={"email": EDITOR, "password": PASSWORD})
    cookie = client.get_cookie("qoima_session")
    assert cookie and cookie.value != "known-to-an-attacker"
    attacker = app.test_client()
    attacker.set_cookie("qoima_session", "known-to-an-attacker")
    assert attacker.get("/account/").status_code == 303


def test_signing_in_again_makes_another_session(app: Flask, browser: Browser) -> None:
    client = browser(EDITOR)
    first = client.get_cookie("qoima_session")
    client.post("/account/sign-in", data={"email": EDITOR, "password": PASSWORD, "csrf_token": csrf(client)})
    second = client.get_cookie("qoima_session")
    assert first and second and first.value != second.value


def test_known_and_unknown_addresses_get_the_same_answer(app: Flask) -> None:
    known, unknown = guess(app), guess(app, "nobody@water-agency.kz")
    assert known[0] == unknown[0] == 400
    assert known[1].replace(EDITOR, "X") == unknown[1].replace("nobody@water-agency.kz", "X")


def test_guessing_is_slowed_but_the_owner_gets_in(app: Flask, browser: Browser) -> None:
    owner = browser(EDITOR)
    owner.post("/account/sign-out", data={"csrf_token": csrf(owner)})
    assert [guess(app)[0] for _ in range(11)] == [400] * 10 + [429]
    assert guess(app, password=PASSWORD)[0] == 429
    data = {"email": EDITOR, "password": PASSWORD}
    assert owner.post("/account/sign-in", data=data, environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 303
    assert guess(app, password=PASSWORD, address="198.51.100.7")[0] == 303


def test_many_networks_together_are_slowed_as_well_and_the_owner_still_gets_in(app: Flask, browser: Browser) -> None:
    owner = browser(EDITOR)
    owner.post("/account/sign-out", data={"csrf_token": csrf(owner)})
    answers = [guess(app, address=f"203.0.113.{n}")[0] for n in range(101)]
    assert answers[-1] == 429 and answers.count(400) <= 100
    assert owner.post("/account/sign-in", data={"email": EDITOR, "password": PASSWORD}).status_code == 303


def test_forwarded_addresses_do_not_help_to_guess(app: Flask) -> None:
    client, data = app.test_client(), {"email": EDITOR, "password": "wrong"}
    answers = [client.post("/account/sign-in", data=data, headers={"X-Forwarded-For": f"10.0.0.{n}"}) for n in range(11)]
    assert answers[-1].status_code == 429


def test_what_was_used_up_comes_back(app: Flask, clock: StoppedClock) -> None:
    for _ in range(11):
        guess(app)
    clock.advance(minutes=16)
    assert guess(app, password=PASSWORD)[0] == 303


@pytest.mark.parametrize("hours", [13, 24 * 15])
def test_a_session_ends_when_it_is_not_used(browser: Browser, clock: StoppedClock, hours: int) -> None:
    client = browser(EDITOR)
    clock.advance(hours=hours)
    assert client.get("/account/").status_code == 303


def test_a_disabled_account_is_out_at_once(staffed: Catalog, app: Flask, browser: Browser) -> None:
    client = browser(EDITOR)
    staffed.people.disable(SYSTEM, EDITOR)
    assert client.get("/account/").status_code == 303
    assert guess(app, password=PASSWORD)[0] == 400


def test_pages_of_somebody_known_are_kept_by_no_cache(browser: Browser) -> None:
    answer = browser(EDITOR).get("/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_visitors_get_no_cookie_on_any_page(app: Flask) -> None:
    for address in ("/", "/dataset/", "/account/sign-in", "/kk/account/sign-in", "/account/"):
        assert "Set-Cookie" not in app.test_client().get(address).headers


def test_cookies_are_for_this_host_only(app: Flask) -> None:
    app.config.update(QOIMA_SECURE=True, QOIMA_SESSION_COOKIE="__Host-qoima_session")
    answer = app.test_client().post("/account/sign-in", data={"email": EDITOR, "password": PASSWORD})
    session = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-qoima_session="))
    assert "Domain" not in session
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in session.split(";")}


@pytest.mark.parametrize("cookie", ["", "x" * 5000, "\x00", "ә", "a.b.c", "null"])
def test_a_cookie_that_is_none_is_a_visitor(app: Flask, cookie: str) -> None:
    header = f"qoima_session={cookie}; qoima_device={cookie}".encode().decode("latin-1")
    assert app.test_client().get("/", headers={"Cookie": header}).status_code == 200


def test_every_event_stands_in_the_log(staffed: Catalog, app: Flask, browser: Browser) -> None:
    guess(app)
    client = browser(EDITOR)
    client.post("/account/sign-out", data={"csrf_token": csrf(client)})
    target = f"account:{staffed.people.found(EDITOR).id}"
    with staffed.store.read() as work:
        actions = [entry.action for entry in work.audit_log.page(target=target)]
    assert actions == ["account:add", "account:role", "account:sign-in-refused", "account:sign-in", "account:sign-out"]
    assert staffed.audit_log.verify().problems == ()
