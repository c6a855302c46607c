"""People change their own profile, password, sessions and tokens, and nothing of anybody else."""

import re

import pytest
from flask import Flask

from catalog.bootstrap import Catalog
from tests.web.accounts.conftest import PASSWORD, Browser, csrf

EDITOR = "editor@water-agency.kz"
ANOTHER = "eight green herons wait"


def test_a_changed_password_signs_out_every_other_browser(browser: Browser, app: Flask) -> None:
    one, other = browser(EDITOR), browser(EDITOR)
    data = {"csrf_token": csrf(one), "old": PASSWORD, "new": ANOTHER}
    assert one.post("/account/password", data=data).status_code == 303
    assert (one.get("/account/").status_code, other.get("/account/").status_code) == (200, 303)
    assert app.test_client().post("/account/sign-in", data={"email": EDITOR, "password": PASSWORD}).status_code == 400
    assert app.test_client().post("/account/sign-in", data={"email": EDITOR, "password": ANOTHER}).status_code == 303


@pytest.mark.parametrize(("old", "new", "told"), [
    ("wrong", ANOTHER, "present password is wrong"), (PASSWORD, "short", "at least 12"),
    (PASSWORD, "aaaaaaaaaaaaaaaa", "easily guessed"),
    (PASSWORD, "x" * 300, "at most 256"),
])  # fmt: skip
def test_a_password_that_cannot_be_is_told(browser: Browser, old: str, new: str, told: str) -> None:
    client = browser(EDITOR)
    answer = client.post("/account/password", data={"csrf_token": csrf(client), "old": old, "new": new})
    assert answer.status_code == 400 and told in answer.text


def test_a_form_changes_nothing_but_what_it_shows(browser: Browser, staffed: Catalog) -> None:
    client, before = browser(EDITOR), staffed.people.found(EDITOR)
    other = staffed.people.found("admin@water-agency.kz")
    extra = {
        "email": "x@example.kz",
        "state": "disabled",
        "role": "administrator",
        "site_role": "administrator",
        "id": other.id,
        "account": other.id,
    }
    client.post("/account/profile", data={"csrf_token": csrf(client), "name": "Aigul", "language": "kk", **extra})
    after = staffed.people.get(before.id)
    assert (after.name, after.language, after.email, after.state) == ("Aigul", "kk", before.email, before.state)
    assert staffed.people.get(other.id) == other
    with staffed.store.read() as work:
        assert not work.accounts.site_roles(before.id)
        assert {role.value for role in work.accounts.roles(before.id).values()} == {"editor"}


def test_somebody_ends_another_session_of_their_own_but_not_of_others(browser: Browser, staffed: Catalog) -> None:
    one, other, stranger = browser(EDITOR), browser(EDITOR), browser("admin@water-agency.kz")
    ids = set(re.findall(r"/account/sessions/(\w+)/end", one.get("/account/").text))
    assert len(ids) == 1
    address = f"/account/sessions/{ids.pop()}/end"
    assert stranger.post(address, data={"csrf_token": csrf(stranger)}).status_code == 404
    assert one.post(address, data={"csrf_token": csrf(one)}).status_code == 303
    assert (one.get("/account/").status_code, other.get("/account/").status_code) == (200, 303)


def test_a_token_is_shown_once_used_and_revoked(browser: Browser, app: Flask) -> None:
    client = browser(EDITOR)
    data = {"csrf_token": csrf(client), "label": "<b>nightly</b>", "scope": ["dataset:read"], "days": "7"}
    token = re.search(r"qoima_[\w-]{43}", client.post("/account/tokens", data=data).text)
    assert token
    page = client.get("/account/tokens").text
    assert token[0] not in page and "&lt;b&gt;nightly" in page
    header = {"Authorization": f"Bearer {token[0]}"}
    assert app.test_client().get("/api/v1/datasets", headers=header).status_code == 200
    address = re.search(r"/account/tokens/\w+/revoke", page)
    assert address
    stranger = browser("admin@water-agency.kz")
    assert stranger.post(address[0], data={"csrf_token": csrf(stranger)}).status_code == 404
    assert client.post(address[0], data={"csrf_token": csrf(client)}).status_code == 303
    assert app.test_client().get("/api/v1/datasets", headers=header).status_code == 401


def test_a_token_opens_no_page_of_the_account(staffed: Catalog, app: Flask) -> None:
    from catalog.access import SYSTEM

    token = staffed.tokens.make_for(SYSTEM, staffed.people.found(EDITOR).id, "x", ["dataset:read"]).secret
    for address in ("/account/", "/account/tokens"):
        assert app.test_client().get(address, headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_token_that_may_do_nothing_is_not_made(browser: Browser) -> None:
    client = browser(EDITOR)
    answer = client.post("/account/tokens", data={"csrf_token": csrf(client), "label": "kept"})
    assert answer.status_code == 400 and 'value="kept"' in answer.text
