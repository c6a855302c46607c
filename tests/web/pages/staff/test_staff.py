"""The desk of an agency shows what waits; datasets are changed, copied, withdrawn and restored; old revisions come back."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import Catalog
from catalog.harvests.records import Counts, HarvestSource, RunState
from catalog.quality.links import LinkCheck
from harvesters.own_name import in_own_name
from schemas.agents import Agency
from tests.builders import a_dataset
from tests.cast import EDITOR, OTHER_AGENCY, PUBLISHER, READER
from tests.web.pages.wizard.conftest import As, be, client, site  # noqa: F401 - fixtures

ANNUAL = "http://publications.europa.eu/resource/authority/frequency/ANNUAL"


@pytest.fixture
def wells(site: Flask, catalog: Catalog) -> str:  # noqa: F811
    own = Agency(name="water-agency", title={"en": "Water Agency"})
    for title in ("Wells", "Wells of the basin"):
        dataset = a_dataset(publisher=own, title={"en": title}, accrual_periodicity=ANNUAL, modified="2025-06-30")
        catalog.publishing.publish(SYSTEM, dataset, f"Called {title}")
    return "wells"


def test_what_waits_stands_first(client: FlaskClient, be: As, wells: str, catalog: Catalog) -> None:  # noqa: F811
    be(EDITOR)
    draft = catalog.drafts.start(EDITOR, "water-agency", {"title": {"en": "Rivers"}})
    catalog.reviewing.send_back(PUBLISHER, draft.id, draft.revision, "Name the river.")
    desk = client.get("/organization/water-agency/dashboard").text
    assert desk.index("A draft was sent back") < desk.index("The update is late: 146 days") < desk.index("Drafts")
    assert client.get("/dashboard").headers["Location"] == "/organization/water-agency/dashboard"


def test_the_desk_is_for_members(client: FlaskClient, be: As, wells: str) -> None:  # noqa: F811
    pages = ("/organization/water-agency/dashboard", "/dataset/wells/manage", "/dataset/wells/manage/revision/1")
    be(OTHER_AGENCY)
    assert {client.get(page).status_code for page in pages} == {404}
    be(VISITOR)
    assert {client.get(page).status_code for page in pages} == {303}
    be(READER)
    assert {client.get(page).status_code for page in pages} == {200}
    assert client.post("/dataset/wells/manage/withdraw", data={"because": "x"}).status_code == 403


def test_a_dataset_is_taken_from_view_withdrawn_and_restored_each_with_a_reason(
    client: FlaskClient, be: As, wells: str  # noqa: F811
) -> None:
    be(PUBLISHER)
    statuses = []
    for do in ("unpublish", "restore", "withdraw", "restore"):
        assert client.post(f"/dataset/wells/manage/{do}", data={"because": " "}).status_code == 400
        assert client.post(f"/dataset/wells/manage/{do}", data={"because": f"To {do}"}).status_code == 303
        be(VISITOR)
        statuses.append(client.get("/dataset/wells").status_code)
        be(PUBLISHER)
    assert statuses == [404, 200, 410, 200]
    history = client.get("/dataset/wells/manage").text
    assert all(f"To {do}" in history for do in ("unpublish", "withdraw", "restore"))


def test_a_revision_shows_what_it_changed_and_comes_back_as_a_draft(
    client: FlaskClient, be: As, wells: str, catalog: Catalog  # noqa: F811
) -> None:
    be(EDITOR)
    shown = client.get("/dataset/wells/manage/revision/2").text
    assert "<code>/title/en</code>" in shown and "<td>Wells</td><td>Wells of the basin</td>" in shown
    back = client.post("/dataset/wells/manage/revision/1").headers["Location"]
    (draft,) = catalog.drafts.page(EDITOR, ["water-agency"])
    assert back == f"/dataset/draft/{draft.id}/check" and draft.document["title"] == {"en": "Wells"}
    assert client.get("/dataset/wells/manage/revision/9").status_code == 404


def test_a_dataset_is_changed_or_copied_in_a_draft(client: FlaskClient, be: As, wells: str, catalog: Catalog) -> None:  # noqa: F811
    be(EDITOR)
    assert client.post("/dataset/wells/manage/edit").status_code == 303
    assert client.post("/dataset/wells/manage/duplicate").status_code == 303
    assert {draft.name for draft in catalog.drafts.page(EDITOR, ["water-agency"])} == {"wells", ""}


def test_a_publisher_keeps_sources_that_publish_in_the_name_of_the_agency(
    client: FlaskClient, be: As, wells: str, catalog: Catalog  # noqa: F811
) -> None:
    be(EDITOR)
    address = "/organization/water-agency/sources"
    given = {"name": "water.portal", "kind": "ckan", "url": "https://water.example", "language": "ru"}
    assert client.post(f"{address}/new", data=given).status_code == 403
    be(PUBLISHER)
    wrong = client.post(f"{address}/new", data={**given, "url": "ftp:x", "kind": ""})
    assert wrong.status_code == 400 and 'value="ftp:x"' in wrong.text
    assert client.post(f"{address}/new", data=given).status_code == 303
    source = catalog.harvests.source("water.portal")
    assert in_own_name(a_dataset(publisher=Agency(name="road-agency")), source).publisher.name == "water-agency"  # type: ignore[union-attr]
    client.post(f"{address}/water.portal", data={"do": "pause"})
    assert catalog.harvests.source("water.portal").paused
    be(OTHER_AGENCY)
    assert client.get(f"{address}/water.portal").status_code == 404


def test_a_held_run_is_released_with_a_reason(client: FlaskClient, be: As, wells: str, catalog: Catalog) -> None:  # noqa: F811
    catalog.harvests.add(HarvestSource(name="portal", kind="ckan", url="https://water.example", agency="water-agency"))
    with catalog.store.write() as work:
        run = work.harvests.start_run("portal", "2026-11-22T00:00:00Z")
        held = {"state": RunState.HELD, "finished": "2026-11-22T00:01:00Z", "counts": Counts(missing=7)}
        work.harvests.save_run(type(run)(**{**{name: getattr(run, name) for name in run.__slots__}, **held}))
    be(PUBLISHER)
    assert "A harvest waits for a decision" in client.get("/organization/water-agency/dashboard").text
    address, form = "/organization/water-agency/sources/portal", {"do": "release", "run": str(run.id)}
    assert client.post(address, data=form).status_code == 400
    assert client.post(address, data={**form, "because": "The portal was cleaned."}).status_code == 303
    assert catalog.harvests.run(run.id).state is RunState.COMPLETE
    assert not re.search("waits for a decision", client.get(address).text)


def test_the_desk_shows_use_by_month_in_a_picture_and_in_numbers(
    client: FlaskClient, be: As, wells: str, catalog: Catalog  # noqa: F811
) -> None:  # fmt: skip
    be(VISITOR)
    for address in ("/api/v1/datasets/wells", "/api/3/action/package_show?id=wells", "/api/v1/agencies"):
        assert client.get(address).status_code == 200
    for _ in range(3):
        catalog.download_counts.note("wells", "0" * 64, "wells.csv")
    catalog.download_counts.flush()
    be(EDITOR)
    text = client.get("/organization/water-agency/dashboard").text
    assert re.search(r'aria-label="Downloads by month, from [^"]*: 3 in all, 3 in the busiest month"><path d="M110,', text)
    assert re.search(r'aria-label="Questions of programs by month, from [^"]*: 2 in all', text)
    assert [one.downloads for one in catalog.workroom.uses(EDITOR, "water-agency")] == [0] * 11 + [3]
    with catalog.store.read() as work:
        assert [one.count for one in work.takedowns.downloads("wells")] == [3]


def test_broken_links_stand_among_what_needs_attention(
    client: FlaskClient, be: As, wells: str, catalog: Catalog  # noqa: F811
) -> None:  # fmt: skip
    address = "https://water.example/gone.csv"
    with catalog.store.write() as work:
        work.quality.watch({"wells": {address}}, "2026-11-20T00:00:00Z")
        (link,) = work.quality.due_links("2027-01-01T00:00:00Z", 10)
        broken = replace(link, verdict="broken", kind="broken", status=404, checks=2, checked="2026-11-21T00:00:00Z")
        work.quality.save_link(broken, LinkCheck(at="2026-11-21T00:00:00Z", kind="broken", status=404))
    be(EDITOR)
    assert "A link does not answer: 1" in client.get("/organization/water-agency/dashboard").text
    (found,) = [one for one in catalog.workroom.attention(EDITOR, "water-agency") if one.what == "broken"]
    assert found.said == address
