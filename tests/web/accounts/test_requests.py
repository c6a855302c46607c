"""Files on request: asked for, granted, had by session and by token, revoked at once, and all of it in the audit log."""

import re
from dataclasses import replace
from hashlib import sha256

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from catalog.granting.agreements import Notary
from schemas.access import Duty
from tests.conftest import StoppedClock
from tests.web.accounts.asking import ASKED, BYTES, DOWNLOAD, OTHER, PUBLISHER, READER, account, asked, inbox, sent
from tests.web.accounts.conftest import Browser, csrf
from tests.web.accounts.wells import RULE, publish
from tests.web.accounts.wells import wells as wells


def test_a_request_is_granted_and_gives_the_bytes_until_it_is_revoked(wells: Catalog, browser: Browser) -> None:
    reader, publisher = browser(READER), browser(PUBLISHER)
    assert reader.get(DOWNLOAD).status_code == 403
    mine = asked(reader)
    assert "University" in publisher.get("/organization/water-agency/requests").text
    sent(publisher, f"{inbox(mine)}/approve", inbox(mine), until="2027-03-31", because="A good study")
    got = reader.get(DOWNLOAD)
    assert (got.status_code, got.data, got.headers["Cache-Control"]) == (200, BYTES, "private, no-store")
    other = reader.get(f"{DOWNLOAD}?purpose=commercial")
    assert other.status_code == 403 and "for another purpose" in other.text
    assert "A good study" in reader.get(mine).text
    sent(publisher, f"{inbox(mine)}/revoke", inbox(mine), because="The study was stopped")
    assert reader.get(DOWNLOAD).status_code == 403
    assert "The study was stopped" in reader.get(mine).text and "approved, then revoked" in reader.get("/account/requests").text
    assert "approved, then revoked" in publisher.get("/organization/water-agency/requests").text
    actions = [one.action for one in wells.audit_log.page(SYSTEM)]
    assert {"access:ask", "access:approved", "access:grant", "access:revoke"} <= set(actions)
    assert wells.audit_log.verify(None).problems == ()


def test_a_token_has_the_bytes_as_long_as_the_grant_holds(wells: Catalog, browser: Browser, clock: StoppedClock) -> None:
    reader, publisher = browser(READER), browser(PUBLISHER)
    mine = asked(reader)
    sent(publisher, f"{inbox(mine)}/approve", inbox(mine), until="2026-12-31")
    token = wells.tokens.make_for(SYSTEM, account(wells), "notebook", ["dataset:download"], 300).secret
    program = reader.application.test_client()
    assert program.get(DOWNLOAD, headers={"Authorization": f"Bearer {token}"}).data == BYTES
    assert program.get(DOWNLOAD, auth=("token", token)).data == BYTES
    clock.advance(days=60)
    assert program.get(DOWNLOAD, headers={"Authorization": f"Bearer {token}"}).status_code == 403
    assert program.get("/api/v1/access-requests", auth=("token", token)).json[0]["state"] == "expired"  # type: ignore[index]
    assert "approved, and over since" in browser(READER).get("/account/requests").text


def test_the_agreement_is_signed_and_what_is_altered_is_found(wells: Catalog, browser: Browser) -> None:
    reader, publisher = browser(READER), browser(PUBLISHER)
    mine = asked(reader)
    assert reader.get(f"{mine}/agreement.json").status_code == 404
    sent(publisher, f"{inbox(mine)}/approve", inbox(mine))
    agreement = reader.get(f"{mine}/agreement.json").get_json(force=True)
    notary = Notary(wells.settings.secret_key, wells.settings.public_url)
    assert agreement["permission"][0]["constraint"][0]["rightOperand"]["@value"] == "2027-06-30"
    assert notary.holds(agreement)
    agreement["permission"][0]["constraint"][0]["rightOperand"]["@value"] = "2099-06-30"
    assert not notary.holds(agreement)


def test_a_grant_keeps_the_terms_as_they_were_accepted(wells: Catalog, browser: Browser) -> None:
    reader, publisher = browser(READER), browser(PUBLISHER)
    page = reader.get("/ru/dataset/wells/access").text
    assert "Я указываю источник" in page and "Universities of the country." in page
    mine = asked(reader)
    sent(publisher, f"{inbox(mine)}/approve", inbox(mine))
    agreement = reader.get(f"{mine}/agreement.json").get_json(force=True)
    publish(wells, replace(RULE, duties=(), eligibility={"en": "Nobody else."}))
    assert agreement == reader.get(f"{mine}/agreement.json").get_json(force=True)
    kept = agreement["qoima:terms"]
    assert (kept["language"], kept["accepted"]) == ("en", "2026-11-23T12:00:00Z")
    assert "I name the source" in kept["text"] and sha256(kept["text"].encode()).hexdigest() == kept["sha256"]
    for shown in (reader.get(mine).text, publisher.get(inbox(mine)).text):
        assert "I name the source" in shown and "Nobody else." not in shown
    kept["text"] = "Anything."
    assert not Notary(wells.settings.secret_key, wells.settings.public_url).holds(agreement)


def test_terms_that_change_meanwhile_are_neither_accepted_nor_granted(wells: Catalog, browser: Browser) -> None:
    reader, publisher = browser(READER), browser(PUBLISHER)
    page = reader.get("/dataset/wells/access").text
    read = re.search(r'name="terms_sha256" value="(\w{64})"', page)
    assert read
    changed = replace(RULE, duties=(Duty(action="delete-after", value="P1Y"),))
    publish(wells, changed)
    fields = {"csrf_token": csrf(reader, "/dataset/wells/access"), **ASKED, "terms_sha256": read[1]}
    answer = reader.post("/dataset/wells/access", data=fields)
    assert answer.status_code == 400 and "terms as they are now" in answer.text
    mine = asked(reader)
    publish(wells)
    fields = {"csrf_token": csrf(publisher), "until": "2027-01-01"}
    assert publisher.post(f"{inbox(mine)}/approve", data=fields).status_code == 409
    publish(wells, changed)
    sent(publisher, f"{inbox(mine)}/approve", inbox(mine))


def test_what_is_missing_is_said_and_nothing_typed_is_lost(wells: Catalog, browser: Browser) -> None:
    reader = browser(READER)
    fields = {"csrf_token": csrf(reader, "/dataset/wells/access"), "purpose": "short", "organisation": "University <b>"}
    answer = reader.post("/dataset/wells/access", data=fields)
    assert answer.status_code == 400
    assert set(re.findall(r'<li><a href="#(\w+)">', answer.text)) == {"purpose", "kind", "until", "terms"}
    assert "University &lt;b&gt;" in answer.text and "short</textarea>" in answer.text


def test_a_question_stops_the_time_to_decide_until_it_is_answered(wells: Catalog, browser: Browser, clock: StoppedClock) -> None:
    reader, publisher = browser(READER), browser(PUBLISHER)
    mine = asked(reader)
    sent(publisher, f"{inbox(mine)}/question", inbox(mine), because="Which wells?")
    clock.advance(days=3)
    reader = browser(READER)
    sent(reader, f"{mine}/answer", mine, words="All of them.")
    request = wells.granting.get(SYSTEM, mine.rpartition("/")[2])[0]
    assert (request.account, request.due, request.state.value) == (account(wells), "2026-12-06", "pending")


def test_strangers_see_and_decide_nothing(wells: Catalog, browser: Browser) -> None:
    reader, other = browser(READER), browser(OTHER)
    mine = asked(reader)
    assert browser("editor@road-agency.kz").get(mine).status_code == 404
    assert other.get(inbox(mine)).status_code == 404
    assert other.get("/organization/water-agency/requests").status_code == 404
    assert other.post(f"{inbox(mine)}/approve", data={"csrf_token": csrf(other), "until": "2027-01-01"}).status_code == 404
    assert browser("editor@water-agency.kz").get(inbox(mine)).status_code == 404
    assert reader.get(DOWNLOAD).status_code == 403


def test_a_second_request_for_the_same_files_is_a_conflict(wells: Catalog, browser: Browser) -> None:
    reader = browser(READER)
    asked(reader)
    fields = {"csrf_token": csrf(reader, "/dataset/wells/access"), **ASKED}
    assert reader.post("/dataset/wells/access", data=fields).status_code == 409


def test_a_decided_request_is_decided_once(wells: Catalog, browser: Browser) -> None:
    reader, publisher = browser(READER), browser(PUBLISHER)
    mine = asked(reader)
    sent(publisher, f"{inbox(mine)}/refuse", inbox(mine), because="No university")
    again = publisher.post(f"{inbox(mine)}/approve", data={"csrf_token": csrf(publisher), "until": "2027-01-01"})
    assert again.status_code == 409 and reader.get(DOWNLOAD).status_code == 403


def test_everybody_reads_who_may_ask_before_signing_in(wells: Catalog, browser: Browser) -> None:
    visitor = browser(READER).application.test_client()
    page = visitor.get("/dataset/wells/access")
    assert page.status_code == 200 and "Universities of the country." in page.text and "<textarea" not in page.text
