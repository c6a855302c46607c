"""Sharing with agencies and companies: three safeguards are stated, confirmed and judged before anything is given."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from tests.web.accounts.asking import ASKED, BYTES, DOWNLOAD, OTHER, PUBLISHER, READER, inbox, sent
from tests.web.accounts.conftest import Browser, csrf
from tests.web.accounts.wells import RULE, publish
from tests.web.accounts.wells import wells as wells

FORM, MEMBER = "/dataset/wells/access", "editor@road-agency.kz"
STATED = {
    "legitimate": "Roads are planned by law, which needs the depth of wells.", "measure_encryption": "yes",
    "measure_access-list": "yes", "protection": "Kept on our own servers, read by two named engineers, deleted in 2028.",
}  # fmt: skip
OF_COMPANY = {**STATED, "behalf": "company", "officer": "A. Serik, head of data"}
OF_AGENCY = {**STATED, "behalf": "agency:road-agency"}
SATISFIED = {f"satisfied_{one}": "yes" for one in ("purpose", "authorisation", "protection")}


def asked(client: FlaskClient, stated: dict[str, str]) -> str:
    return sent(client, FORM, FORM, **ASKED, **stated)


def outgoing(address: str, do: str = "") -> str:
    return f"/organization/road-agency/requests/outgoing/{address.rpartition('/')[2]}{do}"


def test_an_agency_confirms_what_its_member_asks_before_the_owner_sees_it(wells: Catalog, browser: Browser) -> None:
    member, colleague, owner = browser(MEMBER), browser(OTHER), browser(PUBLISHER)
    mine = asked(member, OF_AGENCY)
    assert "waits for the agency on whose behalf it is" in member.get(mine).text
    assert owner.get(inbox(mine)).status_code == 404
    assert ASKED["organisation"] not in owner.get("/organization/water-agency/requests").text
    assert member.get(outgoing(mine)).status_code == 404 and owner.get(outgoing(mine)).status_code == 404
    assert outgoing(mine) in colleague.get("/organization/road-agency/requests").text
    sent(colleague, outgoing(mine, "/confirm"), outgoing(mine))
    page = owner.get(inbox(mine)).text
    assert "Roads are planned by law" in page and "confirmed by the agency" in page and "two named engineers" in page
    sent(owner, f"{inbox(mine)}/approve", inbox(mine), **SATISFIED)
    assert member.get(DOWNLOAD).data == BYTES
    agreement = member.get(f"{mine}/agreement.json").get_json(force=True)
    (permission,) = agreement["permission"]
    assert {"leftOperand": "recipient", "operator": "isAnyOf", "rightOperand": "agency:road-agency"} in permission["constraint"]
    assert [duty.get("qoima:value") for duty in permission["duty"]] == [None, "encryption", "access-list"]
    stated = agreement["qoima:safeguards"]
    assert stated["confirmedBy"] == f"urn:qoima:account:{wells.people.found(OTHER).id}" and stated["satisfied"]
    told = [one.action for one in wells.audit_log.page(SYSTEM)]
    assert {"access:ask", "access:pending", "access:safeguards", "access:grant"} <= set(told)
    wells.people.remove(SYSTEM, wells.people.found(MEMBER).id, "road-agency")
    member = browser(MEMBER)
    assert member.get(DOWNLOAD).status_code == 403
    assert "only for members of the agency" in member.get(mine).text
    assert "only for members of the agency" in member.get("/account/requests").text


def test_each_safeguard_must_be_satisfied_or_nothing_is_granted(wells: Catalog, browser: Browser) -> None:
    reader, owner = browser(READER), browser(PUBLISHER)
    mine = asked(reader, OF_COMPANY)
    assert "A. Serik, head of data" in owner.get(inbox(mine)).text
    for missing in SATISFIED:
        fields = {name: value for name, value in SATISFIED.items() if name != missing}
        fields |= {"csrf_token": csrf(owner), "because": "For the roads", "until": "2027-01-02"}
        answer = owner.post(f"{inbox(mine)}/approve", data=fields)
        assert answer.status_code == 400 and "each safeguard" in answer.text
        kept = ("For the roads</textarea>", 'value="2027-01-02"')
        assert all(one in answer.text for one in kept) and answer.text.count('value="yes" checked') == 2
    assert reader.get(DOWNLOAD).status_code == 403
    sent(owner, f"{inbox(mine)}/approve", inbox(mine), **SATISFIED)
    assert reader.get(DOWNLOAD).data == BYTES and "Kept on our own servers" in reader.get(mine).text


@pytest.mark.parametrize(("changed", "place"), [
    ({"legitimate": "short"}, "legitimate"), ({"officer": ""}, "officer"), ({"protection": ""}, "protection"),
    ({"measure_encryption": "", "measure_access-list": ""}, "measures"), ({"behalf": "agency:water-agency"}, "behalf"),
    ({"behalf": "friends"}, "behalf"),
])  # fmt: skip
def test_what_is_not_stated_is_said_and_nothing_is_lost(
    browser: Browser, wells: Catalog, changed: dict[str, str], place: str
) -> None:
    reader = browser(READER)
    answer = reader.post(FORM, data={"csrf_token": csrf(reader, FORM), **ASKED, **OF_COMPANY, **changed})
    assert answer.status_code == 400 and f'<a href="#{place}">' in answer.text
    assert (changed.get("protection") == "") != ("two named engineers" in answer.text)


def test_a_request_that_is_rejected_never_reaches_the_owner(wells: Catalog, browser: Browser) -> None:
    member, colleague, owner = browser(MEMBER), browser(OTHER), browser(PUBLISHER)
    mine = asked(member, OF_AGENCY)
    empty = colleague.post(outgoing(mine, "/reject"), data={"csrf_token": csrf(colleague), "because": ""})
    assert empty.status_code == 400
    sent(colleague, outgoing(mine, "/reject"), outgoing(mine), because="Not our task")
    assert "Not our task" in member.get(mine).text
    assert owner.get(inbox(mine)).status_code == 404
    again = colleague.post(outgoing(mine, "/confirm"), data={"csrf_token": csrf(colleague)})
    assert again.status_code == 409


def test_files_for_agencies_only_are_not_asked_for_by_a_company(wells: Catalog, browser: Browser) -> None:
    publish(wells, replace(RULE, audience=("agency",)))
    member = browser(MEMBER)
    answer = member.post(FORM, data={"csrf_token": csrf(member, FORM), **ASKED, **OF_COMPANY})
    assert answer.status_code == 403
    asked(member, OF_AGENCY)


def test_nobody_confirms_a_request_of_their_own(wells: Catalog, browser: Browser) -> None:
    publisher = browser(OTHER)
    mine = asked(publisher, OF_AGENCY)
    assert publisher.post(outgoing(mine, "/confirm"), data={"csrf_token": csrf(publisher)}).status_code == 403
    sent(browser("admin@road-agency.kz"), outgoing(mine, "/confirm"), outgoing(mine))
    assert wells.granting.get(SYSTEM, mine.rpartition("/")[2])[0].state.value == "pending"


def program(catalog: Catalog, browser: Browser, email: str, *scopes: str) -> FlaskClient:
    """Return a client that shows a token."""
    made = catalog.tokens.make_for(SYSTEM, catalog.people.found(email).id, "program", scopes, 300)
    client = browser(READER).application.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {made.secret}"
    return client


def decided(client: FlaskClient, agency: str, id: str, **body: object) -> tuple[int, str]:
    answer = client.post(f"/api/v1/agencies/{agency}/access-requests/{id}/decision", json=body)
    return answer.status_code, answer.get_json().get("state", "")


def test_programs_ask_confirm_and_decide_as_pages_do(wells: Catalog, browser: Browser) -> None:
    member = program(wells, browser, MEMBER, "dataset:download")
    colleague = program(wells, browser, OTHER, "dataset:publish")
    owner = program(wells, browser, PUBLISHER, "dataset:review")
    sharing = {
        "behalf": "agency:road-agency", "legitimate": STATED["legitimate"], "measures": ["encryption"],
        "protection": STATED["protection"],
    }  # fmt: skip
    body = {**ASKED, "terms": True, "sharing": sharing}
    answer = member.post("/api/v1/datasets/wells/access-requests", json=body | {"sharing": sharing | {"protection": "x"}})
    assert answer.status_code == 400 and [one["path"] for one in answer.get_json()["problems"]] == ["/protection"]
    made = member.post("/api/v1/datasets/wells/access-requests", json=body).get_json()
    assert (made["state"], made["sharing"]) == ("unconfirmed", sharing | {"officer": ""})
    id = made["id"]
    assert owner.get("/api/v1/agencies/water-agency/access-requests").get_json() == []
    assert decided(owner, "water-agency", id, do="refuse", because="No")[0] == 404
    (one,) = colleague.get("/api/v1/agencies/road-agency/access-requests").get_json()
    assert (one["id"], one["asker"], one["sharing"]["measures"]) == (id, "editor", ["encryption"])
    assert decided(colleague, "road-agency", id, do="confirm") == (200, "pending")
    assert decided(colleague, "road-agency", id, do="approve")[0] == 404
    assert decided(owner, "water-agency", id, do="approve", satisfied=["purpose"]) == (400, "")
    satisfied = ["purpose", "authorisation", "protection"]
    assert decided(owner, "water-agency", id, do="approve", satisfied=satisfied, versions="present") == (200, "approved")
    assert member.get(DOWNLOAD).data == BYTES
    assert member.get(f"/api/v1/access-requests/{id}").get_json()["granted_versions"] == {"first": 1, "last": 1}
    assert decided(owner, "water-agency", id, do="revoke", because="Over") == (200, "revoked")
    assert member.get("/api/v1/agencies/water-agency/access-requests").status_code == 404
