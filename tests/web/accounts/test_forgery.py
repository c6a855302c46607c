"""Other sites cannot make a signed-in browser change anything; what a form held is not lost."""

import pytest
from flask import Flask

from tests.web.accounts.conftest import PASSWORD, Browser, csrf

EDITOR = "editor@water-agency.kz"


@pytest.mark.parametrize("token", ["", "0" * 64, "ә", "a" * 10_000])
def test_a_change_without_the_token_is_not_made_and_can_be_sent_again(browser: Browser, token: str) -> None:
    client = browser(EDITOR)
    answer = client.post("/account/sign-out", data={"csrf_token": token, "note": "<kept>"})
    assert answer.status_code == 403
    assert 'name="note" value="&lt;kept&gt;"' in answer.text
    assert client.get("/account/").status_code == 200


def test_the_token_of_another_session_does_not_help(browser: Browser) -> None:
    one, other = browser(EDITOR), browser("admin@road-agency.kz")
    assert one.post("/account/sign-out", data={"csrf_token": csrf(other)}).status_code == 403


@pytest.mark.parametrize("headers", [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"},
])  # fmt: skip
def test_another_site_signs_nobody_in_or_out(app: Flask, browser: Browser, headers: dict[str, str]) -> None:
    client = browser(EDITOR)
    assert client.post("/account/sign-out", data={"csrf_token": csrf(client)}, headers=headers).status_code == 403
    answer = app.test_client().post("/account/sign-in", data={"email": EDITOR, "password": PASSWORD}, headers=headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_a_guard_that_saw_visitors_and_tokens_still_guards(app: Flask, browser: Browser) -> None:
    client = browser(EDITOR)
    app.test_client().post("/appearance", data={"view": "on"})
    app.test_client().get("/", headers={"Authorization": "Bearer nonsense"})
    assert client.post("/account/sign-out").status_code == 403


def test_forms_of_the_frame_work_for_people_who_are_signed_in(browser: Browser) -> None:
    client = browser(EDITOR)
    assert client.post("/appearance", data={"view": "on"}).status_code == 403
    assert client.post("/appearance", data={"view": "on", "csrf_token": csrf(client)}).status_code == 303


def test_a_form_of_somebody_signed_out_meanwhile_is_kept(app: Flask) -> None:
    answer = app.test_client().post("/account/sign-out", data={"note": "kept"})
    assert answer.status_code == 401
    assert 'name="note" value="kept"' in answer.text
