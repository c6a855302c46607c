"""Requests by the API, and links that give a file for minutes: no longer, to nobody else's right, and no other bytes."""

import pytest
from flask.testing import FlaskClient

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from tests.conftest import StoppedClock
from tests.web.accounts.asking import ASKED, BYTES, READER, account
from tests.web.accounts.conftest import Browser
from tests.web.accounts.wells import wells as wells

LINK = "/api/v1/datasets/wells/files/wells-csv/link"
REQUESTS = "/api/v1/datasets/wells/access-requests"
ASKED_BY_API = {**ASKED, "terms": True}


@pytest.fixture
def program(wells: Catalog, browser: Browser) -> FlaskClient:
    """Return a client that shows a token of the reader."""
    client = browser(READER).application.test_client()
    token = wells.tokens.make_for(SYSTEM, account(wells), "notebook", ["dataset:read", "dataset:download"], 300).secret
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def linked(program: FlaskClient, catalog: Catalog) -> str:
    """Ask by the API, approve, and return the address of a link."""
    made = program.post(REQUESTS, json=ASKED_BY_API).get_json()
    catalog.granting.approve(SYSTEM, made["id"], "2027-03-31")
    answer = program.post(LINK)
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["url"]).removeprefix(catalog.settings.public_url.rstrip("/"))


def test_a_program_asks_and_sees_what_became_of_it(wells: Catalog, program: FlaskClient) -> None:
    told = program.application.test_client().get("/api/v1/datasets/wells/access-terms?language=kk").get_json()
    read = {"language": "kk", "terms_sha256": told["sha256"]}
    answer = program.post(REQUESTS, json=ASKED_BY_API | read | {"versions": "range", "from_version": 2})
    made = answer.get_json()
    assert made["terms"] == told | {"accepted": made["created"]}
    assert made["versions"] == {"first": 2}
    assert (answer.status_code, made["state"], made["due"]) == (201, "pending", "2026-12-03")
    wells.granting.approve(SYSTEM, made["id"], "2027-03-31", form={"versions": "present"})
    (one,) = program.get("/api/v1/access-requests").get_json()
    assert (one["id"], one["state"], one["granted_until"]) == (made["id"], "approved", "2027-03-31")
    assert one["granted_versions"] == {"first": 1, "last": 1}
    assert program.get(f"/api/v1/access-requests/{made['id']}").get_json() == one
    stranger = program.application.test_client()
    assert stranger.get("/api/v1/access-requests").status_code == 401


def test_what_is_missing_is_told_with_its_place(program: FlaskClient) -> None:
    answer = program.post(REQUESTS, json={**ASKED_BY_API, "purpose": "short", "terms": False, "versions": "range"})
    assert answer.status_code == 400
    assert {one["path"] for one in answer.get_json()["problems"]} == {"/purpose", "/terms", "/versions"}


def test_a_link_gives_the_file_without_a_token_for_five_minutes(
    wells: Catalog, program: FlaskClient, clock: StoppedClock
) -> None:
    address, anybody = linked(program, wells), program.application.test_client()
    answer = anybody.get(address)
    assert (answer.data, answer.headers["Cache-Control"]) == (BYTES, "private, no-store")
    assert [one.actor for one in wells.audit_log.page(SYSTEM, action="dataset:download")] == [account(wells)]
    clock.advance(minutes=5)
    assert anybody.get(address).status_code == 404


def test_a_link_ends_with_the_grant(wells: Catalog, program: FlaskClient) -> None:
    address = linked(program, wells)
    (one,) = wells.granting.inbox(SYSTEM, "water-agency")
    wells.granting.revoke(SYSTEM, one.id, "Over")
    assert program.application.test_client().get(address).status_code == 403


def test_no_altered_link_gives_anything(wells: Catalog, program: FlaskClient) -> None:
    address, anybody = linked(program, wells), program.application.test_client()
    start = address.index("/link/") + 6
    for place in range(start, address.rindex("/"), 5):
        altered = address[:place] + ("A" if address[place] != "A" else "B") + address[place + 1 :]
        assert anybody.get(altered).status_code == 404, place


def test_a_link_is_made_by_those_only_who_may_have_the_file(program: FlaskClient) -> None:
    assert program.post(LINK).status_code == 403
    assert program.application.test_client().post(LINK).status_code in (401, 403)
