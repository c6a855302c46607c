"""Administrators of an agency invite, change and remove its members; nobody else does, and rights end at once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.bootstrap import Catalog
from tests.web.accounts.conftest import PASSWORD, Browser, csrf

ADMIN, EDITOR = "admin@water-agency.kz", "editor@water-agency.kz"
MEMBERS = "/organization/water-agency/members/"


def post(client: FlaskClient, address: str, **data: str) -> tuple[int, str]:
    answer = client.post(address, data={"csrf_token": csrf(client), **data})
    return answer.status_code, answer.text


def link_in(page: str) -> str:
    found = re.search(r"https?://[^/]+(/\S*account/invitation/[\w-]+)", page)
    assert found
    return found[1]


def test_somebody_is_invited_takes_part_and_works(browser: Browser, app: Flask, staffed: Catalog) -> None:
    status, page = post(browser(ADMIN), MEMBERS, email="New@Example.kz", role="editor")
    assert status == 200
    link, guest = link_in(page), app.test_client()
    assert "new@example.kz" in guest.get(link).text
    answer = guest.post(link, data={"name": "Nur", "password": PASSWORD, "role": "administrator", "email": "other@example.kz"})
    assert answer.status_code == 303
    assert "water-agency" in guest.get("/account/").text
    account = staffed.people.found("new@example.kz")
    with staffed.store.read() as work:
        assert {agency: role.value for agency, role in work.accounts.roles(account.id).items()} == {"water-agency": "editor"}
        assert not work.accounts.site_roles(account.id)
    assert app.test_client().get(link).status_code == 404


def test_a_weak_password_keeps_the_invitation(browser: Browser, app: Flask) -> None:
    link = link_in(post(browser(ADMIN), MEMBERS, email="new@example.kz", role="editor")[1])
    answer = app.test_client().post(link, data={"name": "Nur", "password": "short"})
    assert answer.status_code == 400 and 'value="Nur"' in answer.text
    assert app.test_client().post(link, data={"name": "Nur", "password": PASSWORD}).status_code == 303


def test_an_invitation_opens_no_account_that_is_there(browser: Browser, app: Flask) -> None:
    link = link_in(post(browser(ADMIN), MEMBERS, email="editor@road-agency.kz", role="editor")[1])
    assert app.test_client().post(link, data={"name": "X", "password": PASSWORD}).status_code == 403
    invited = browser("editor@road-agency.kz")
    assert post(invited, link)[0] == 303
    assert "water-agency" in invited.get("/account/").text


@pytest.mark.parametrize("email", [EDITOR, "publisher@water-agency.kz"])
def test_others_of_the_agency_see_members_but_change_none(browser: Browser, staffed: Catalog, email: str) -> None:
    client, victim = browser(email), staffed.people.found(ADMIN).id
    assert client.get(MEMBERS).status_code == 200
    assert [
        post(client, MEMBERS + path, email="x@example.kz", role="administrator")[0]
        for path in ("", f"{victim}/role", f"{victim}/remove")
    ] == [403] * 3


def test_nobody_of_another_agency_learns_of_it(browser: Browser, staffed: Catalog) -> None:
    client, victim = browser("admin@road-agency.kz"), staffed.people.found(EDITOR).id
    assert client.get(MEMBERS).status_code == 404
    assert [
        post(client, MEMBERS + path, email="x@example.kz", role="editor")[0]
        for path in ("", f"{victim}/role", f"{victim}/remove")
    ] == [404] * 3
    mine = "/organization/road-agency/members/"
    assert [post(client, f"{mine}{victim}/{what}", role="editor")[0] for what in ("role", "remove")] == [404] * 2


def test_a_removed_member_is_out_with_the_next_request(browser: Browser, staffed: Catalog) -> None:
    editor, account = browser(EDITOR), staffed.people.found(EDITOR)
    assert editor.get(MEMBERS).status_code == 200
    assert post(browser(ADMIN), f"{MEMBERS}{account.id}/remove")[0] == 303
    assert editor.get(MEMBERS).status_code == 303


def test_a_role_changes_at_once(browser: Browser, staffed: Catalog) -> None:
    editor, account = browser(EDITOR), staffed.people.found(EDITOR)
    assert post(browser(ADMIN), f"{MEMBERS}{account.id}/role", role="administrator")[0] == 303
    assert "Invite somebody" in editor.get(MEMBERS).text


def test_the_last_administrator_stays(browser: Browser, staffed: Catalog) -> None:
    client, account = browser(ADMIN), staffed.people.found(ADMIN)
    for what in ("role", "remove"):
        status, page = post(client, f"{MEMBERS}{account.id}/{what}", role="member")
        assert status == 400 and "at least one administrator" in page


@pytest.mark.parametrize("email", ["", "no address", "a@b\r\nBcc: c@d.kz", "аdmin@example.kz", "x" * 10_000 + "@example.kz"])
def test_addresses_that_are_none_are_refused(browser: Browser, email: str) -> None:
    status, page = post(browser(ADMIN), MEMBERS, email=email, role="editor")
    assert status == 400 and "Write an e-mail address" in page
