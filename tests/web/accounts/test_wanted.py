"""The board of missing data as people and programs use it: read by all, asked, voted for, answered."""

import re
from xml.etree import ElementTree

from flask.testing import FlaskClient

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from tests.web.accounts.asking import READER, sent
from tests.web.accounts.conftest import Browser, csrf
from tests.web.accounts.wells import wells as wells

ASKED = {
    "title": "Monthly prices of heating", "purpose": "To compare what households pay in a study.", "agency": "water-agency",
    "language": "en",
}  # fmt: skip
EDITOR, STEWARD = "editor@water-agency.kz", "steward@example.kz"


def program(catalog: Catalog, browser: Browser, email: str) -> FlaskClient:
    """Return a client that shows a token of somebody."""
    client = browser(email).application.test_client()
    scopes = ["dataset:download", "dataset:edit"]
    token = catalog.tokens.make_for(SYSTEM, catalog.people.found(email).id, "t", scopes).secret
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def test_programs_ask_vote_and_answer(wells: Catalog, browser: Browser) -> None:
    reader, editor = program(wells, browser, READER), program(wells, browser, EDITOR)
    visitor = browser(READER).application.test_client()
    answer = reader.post("/api/v1/wanted", json=ASKED)
    made = answer.get_json()
    address = f"/api/v1/wanted/{made['id']}"
    assert (answer.status_code, made["votes"], made["state"], made["due"]) == (201, 1, "open", "2026-12-23")
    assert READER not in answer.text and wells.people.found(READER).id not in answer.text
    assert editor.put(f"{address}/vote").get_json()["votes"] == 2
    assert editor.delete(f"{address}/vote").get_json()["votes"] == 1
    assert [visitor.put(f"{address}/vote").status_code, visitor.post("/api/v1/wanted", json=ASKED).status_code] == [401, 401]
    assert reader.post(f"{address}/answer", json={"state": "promised", "due": "2026-12-01"}).status_code == 403
    refused = editor.post(f"{address}/answer", json={"state": "refused"})
    assert refused.status_code == 400 and {one["path"] for one in refused.get_json()["problems"]} == {"/ground", "/answer"}
    assert editor.post(f"{address}/answer", json={"state": "published", "dataset": "wells"}).get_json()["dataset"] == "wells"
    assert reader.delete(address).status_code == 409
    assert visitor.get(address).get_json()["state"] == "published"


def test_programs_read_the_board_page_by_page(wells: Catalog, browser: Browser) -> None:
    reader = program(wells, browser, READER)
    ids = [reader.post("/api/v1/wanted", json=ASKED | {"title": f"Prices of heating {n}"}).get_json()["id"] for n in range(3)]
    assert reader.delete(f"/api/v1/wanted/{ids[0]}").status_code == 204
    first = reader.get("/api/v1/wanted?limit=1&agency=water-agency&state=open").get_json()
    second = reader.get("/api/v1/wanted", query_string={"limit": 1, "cursor": first["next"]}).get_json()
    assert first["total"] == 2 and second["next"] is None
    assert {first["items"][0]["id"], second["items"][0]["id"]} == set(ids[1:])
    assert [reader.get(f"/api/v1/wanted?q={words}").get_json()["total"] for words in ("heat+price", "bus")] == [2, 0]
    assert reader.get("/api/v1/wanted?agency=absent").status_code == 400
    assert reader.post("/api/v1/wanted", json={"title": "x", "more": 1}).status_code == 422


def test_people_ask_after_a_look_at_what_is_there_and_the_agency_answers(wells: Catalog, browser: Browser) -> None:
    reader, editor = browser(READER), browser(EDITOR)
    visitor = reader.application.test_client()
    wells.indexing.drain()
    fields = ASKED | {"title": "Water level of wells by week", "csrf_token": csrf(reader, "/wanted/new")}
    looked = reader.post("/wanted/new", data=fields)
    assert looked.status_code == 200 and 'href="/dataset/wells"' in looked.text
    mine = sent(reader, "/wanted/new", "/wanted/new", **ASKED, looked=ASKED["title"])
    page = visitor.get(mine).text
    assert "by a registered user" in page and "Reader" not in page and wells.people.found(READER).id not in page
    assert "Monthly prices of heating" in editor.get("/organization/water-agency/dashboard").text
    sent(editor, f"{mine}/vote", mine)
    assert "2 votes" in visitor.get("/wanted/?state=open&agency=water-agency").text
    wrong = {"csrf_token": csrf(editor), "state": "promised", "due": "soon"}
    refused = editor.post(f"{mine}/answer", data=wrong)
    assert refused.status_code == 400 and 'value="soon"' in refused.text and 'href="#promised-due"' in refused.text
    sent(editor, f"{mine}/answer", f"{mine}/answer", state="refused", ground="not-held", answer="The energy agency has them.")
    answered = visitor.get(f"/ru{mine}").text
    assert "The energy agency has them." in answered and "У ведомства нет таких данных" in answered
    assert "Sign in to vote" not in visitor.get(mine).text
    (entry,) = ElementTree.fromstring(visitor.get("/feeds/wanted.atom?agency=water-agency").data).findall("{*}entry")
    assert [entry.findtext("{*}title"), entry.findtext("{*}summary")] == [ASKED["title"], "The energy agency has them."]


def test_what_is_missing_is_said_and_nothing_typed_is_lost(wells: Catalog, browser: Browser) -> None:
    reader = browser(READER)
    fields = {"csrf_token": csrf(reader, "/wanted/new"), "title": "Heat <b>", "description": "By month", "language": "en"}
    answer = reader.post("/wanted/new", data=fields)
    assert answer.status_code == 400
    assert set(re.findall(r'<li><a href="#(\w+)">', answer.text)) == {"title", "purpose"}
    assert "Heat &lt;b&gt;" in answer.text and "By month</textarea>" in answer.text
    assert reader.post("/wanted/new", data=fields | {"csrf_token": "x"}).status_code == 403


def test_who_asked_too_often_today_keeps_what_they_wrote(wells: Catalog, browser: Browser) -> None:
    reader, program_ = browser(READER), program(wells, browser, READER)
    for number in range(5):
        assert program_.post("/api/v1/wanted", json=ASKED | {"title": f"Data number {number}"}).status_code == 201
    fields = {**ASKED, "looked": ASKED["title"], "csrf_token": csrf(reader, "/wanted/new")}
    answer = reader.post("/wanted/new", data=fields)
    assert answer.status_code == 429 and "5 times a day" in answer.text and ASKED["purpose"] in answer.text
    assert program_.post("/api/v1/wanted", json=ASKED).headers["Retry-After"] == "86400"


def test_stewards_pass_on_and_hide(wells: Catalog, browser: Browser) -> None:
    reader, steward = browser(READER), browser(STEWARD)
    visitor = reader.application.test_client()
    mine = sent(reader, "/wanted/new", "/wanted/new", **ASKED | {"agency": ""})
    assert "Monthly prices" in steward.get("/wanted/?agency=-").text
    sent(steward, f"{mine}/pass-on", f"{mine}/answer", agency="water-agency")
    assert "Monthly prices" in visitor.get("/wanted/?agency=water-agency").text
    assert steward.post(f"{mine}/hide", data={"csrf_token": csrf(steward)}).status_code == 400
    sent(steward, f"{mine}/hide", f"{mine}/answer", because="It names a person")
    assert [visitor.get(mine).status_code, reader.get(mine).status_code] == [404, 200]
    assert "It names a person" in reader.get(mine).text and "hidden" in reader.get("/wanted/?own=1").text
    sent(steward, f"{mine}/show", f"{mine}/answer")
    sent(reader, f"{mine}/withdraw", mine)
    assert visitor.get(mine).status_code == 404


def test_visitors_read_and_are_led_to_sign_in(wells: Catalog, browser: Browser) -> None:
    visitor = browser(READER).application.test_client()
    assert "Nobody misses data yet" in visitor.get("/wanted/").text
    assert "/account/sign-in?next=/wanted/new?title%3Dheating" in visitor.get("/wanted/new?title=heating").text
    assert "There are no such requests" in visitor.get("/wanted/?q=buses").text
    assert "/wanted/new?title=zzzz" in visitor.get("/dataset/?q=zzzz").text
    assert visitor.post("/wanted/new", data=ASKED).status_code == 401
    expected = {"?page=2": 404, "?state=x": 400, "?agency=absent": 400, "?own=1": 303, "absent": 404, "absent/answer": 303}
    assert {rest: visitor.get(f"/wanted/{rest}").status_code for rest in expected} == expected
