"""People sign in with an identity provider on loopback, which says whether they are residents, and until when."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests
from flask.testing import FlaskClient

from catalog.access import SYSTEM, Actor
from catalog.bootstrap import Catalog, open_catalog
from catalog.errors import SettingsError
from catalog.settings import Settings
from tests.conftest import StoppedClock
from tests.web.accounts.conftest import PASSWORD, csrf
from web import create_app
from web.demo import serve_portals
from web.demo.identity import DemoProvider, described

NOW = "2026-11-23T12:00:00Z"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with serve_portals(first_port=0, portals=(DemoProvider(),)) as addresses:
        yield addresses["identity"]


@pytest.fixture
def site(provider: str, settings: Settings, clock: StoppedClock, tmp_path: Path) -> Iterator[Catalog]:
    file = tmp_path / "providers.json"
    file.write_text(json.dumps(described(provider)), "utf-8")
    catalog = open_catalog(replace(settings, identity_providers=file, public_url="http://localhost"), clock)
    yield catalog
    catalog.close()


@pytest.fixture
def client(site: Catalog) -> FlaskClient:
    return create_app(catalog=site).test_client()


def way(client: FlaskClient, **data: str) -> str:
    answer = client.post("/account/sign-on/demo", data=data)
    found = re.search(r'href="(http://127[^"]+)"', answer.text)
    assert answer.status_code == 200 and found
    return unescape(found[1])


def chosen(address: str, person: str) -> str:
    answer = requests.get(f"{address}&{urlencode({'person': person})}", allow_redirects=False, timeout=10)
    return answer.headers["Location"].removeprefix("http://localhost")


def came(client: FlaskClient, person: str, **data: str) -> Actor:
    answer = client.get(chosen(way(client, **data), person))
    assert answer.status_code == 303, answer.text
    cookie = client.get_cookie("qoima_session")
    assert cookie
    actor = client.application.extensions["qoima-catalog"].sessions.actor(cookie.value)
    assert actor
    return actor


def test_the_page_offers_the_provider(client: FlaskClient) -> None:
    assert "Sign in with Demo identity" in client.get("/account/sign-in").text


@pytest.mark.parametrize(
    ("person", "resident", "holds"), [("resident", True, True), ("visitor", False, False), ("expired", True, False)]
)
def test_residency_is_what_the_provider_says(client: FlaskClient, person: str, resident: bool, holds: bool) -> None:
    residency = came(client, person).residency
    assert residency
    assert (residency.resident, residency.holds(NOW), residency.verified, residency.provider) == (resident, holds, NOW, "demo")


def test_only_a_verified_resident_carries_the_label(client: FlaskClient) -> None:
    assert "residents" in came(client, "resident").labels
    assert "residents" not in came(client.application.test_client(), "visitor").labels


def test_the_same_person_comes_back_to_the_same_account(client: FlaskClient, site: Catalog) -> None:
    first, other = came(client, "resident"), came(client.application.test_client(), "resident")
    assert first.id == other.id
    assert first.session != other.session


def test_somebody_signed_in_connects_the_provider_with_their_account(client: FlaskClient, site: Catalog) -> None:
    account = site.people.add(SYSTEM, "a@example.kz", "A", PASSWORD)
    client.post("/account/sign-in", data={"email": "a@example.kz", "password": PASSWORD})
    actor = came(client, "resident", csrf_token=csrf(client))
    assert actor.id == account.id and actor.residency and actor.residency.holds(NOW)
    assert "verified resident" in client.get("/account/").text


def test_the_way_leads_back_to_the_page_it_began_on_but_not_out_of_the_site(client: FlaskClient) -> None:
    assert client.get(chosen(way(client, next="/organization/"), "resident")).headers["Location"] == "/organization/"
    other = client.application.test_client()
    assert other.get(chosen(way(other, next="https://evil.example"), "resident")).headers["Location"] == "/account/"


def test_a_code_works_once_and_only_in_the_browser_that_began(client: FlaskClient) -> None:
    back = chosen(way(client), "resident")
    assert client.application.test_client().get(back).status_code == 400
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 400


def test_a_code_of_another_flow_is_refused(client: FlaskClient) -> None:
    other = client.application.test_client()
    stolen = dict(parse_qsl(urlsplit(chosen(way(other), "visitor")).query))["code"]
    state = dict(parse_qsl(urlsplit(way(client)).query))["state"]
    answer = client.get("/account/sign-on?" + urlencode({"code": stolen, "state": state}))
    assert answer.status_code == 400 and "did not confirm" in answer.text


def test_a_flow_ends_after_ten_minutes(client: FlaskClient, clock: StoppedClock) -> None:
    back = chosen(way(client), "resident")
    clock.advance(minutes=11)
    assert client.get(back).status_code == 400


def test_the_request_is_a_code_flow_with_pkce(client: FlaskClient) -> None:
    asked = dict(parse_qsl(urlsplit(way(client)).query))
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert re.fullmatch(r"[\w-]{43}", asked["code_challenge"]) and asked["nonce"] and asked["state"]


def test_events_stand_in_the_log(client: FlaskClient, site: Catalog) -> None:
    actor = came(client, "expired")
    with site.store.read() as work:
        actions = [entry.action for entry in work.audit_log.page(target=f"account:{actor.id}")]
    assert actions == ["account:add", "account:residency", "account:sign-in"]


@pytest.mark.parametrize(
    "words", ["{", "[1]", '[{"name": "X"}]', '[{"name": "Bad Name", "title": "", "issuer": "https://a", "client_id": "x"}]']
)
def test_a_file_that_is_wrong_is_told(settings: Settings, tmp_path: Path, words: str) -> None:
    file = tmp_path / "providers.json"
    file.write_text(words)
    catalog = open_catalog(replace(settings, identity_providers=file))
    with pytest.raises(SettingsError, match="QOIMA_IDENTITY_PROVIDERS"):
        _ = catalog.signing_on
    catalog.close()
