"""From a draft to what is public: submitted, sent back, approved, scheduled, and never half done."""

from dataclasses import replace

import pytest

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import Catalog
from catalog.errors import Conflict, Denied, Invalid, NotFound
from catalog.records import Draft, DraftState, State
from catalog.search.request import Sort
from tests.builders import a_dataset
from tests.cast import EDITOR, PUBLISHER
from tests.catalog.drafting.conftest import ANSWERS, TABLE
from tests.conftest import StoppedClock


def test_a_publisher_approves_and_everybody_gets_the_same_bytes(draft: Draft, agencies: Catalog) -> None:
    draft = agencies.reviewing.submit(EDITOR, draft.id, draft.revision)
    with pytest.raises(Denied):
        agencies.reviewing.approve(EDITOR, draft.id, draft.revision)
    assert agencies.reviewing.approve(PUBLISHER, draft.id, draft.revision, "Looks good") == "wells"
    entry = agencies.reading.entry(VISITOR, "wells")
    download = agencies.downloads.open(VISITOR, "wells", entry.files[0].distribution)
    assert b"".join(download.stream(0, None)) == TABLE
    assert (download.filename, entry.files[0].valid) == ("деректер.csv", True)
    assert [r.because for r in agencies.reading.revisions(VISITOR, "wells")] == ["Looks good"]
    found = agencies.searching.search(VISITOR, "wells", {}, sort=Sort.RELEVANCE, offset=0, limit=5, language="en")
    assert [hit.dataset.name for hit in found.entries] == ["wells"]
    with pytest.raises(NotFound):
        agencies.drafts.get(PUBLISHER, draft.id)


def test_what_is_missing_is_told_all_at_once(agencies: Catalog) -> None:
    draft = agencies.drafts.start(EDITOR, "water-agency", {"title": {"en": "Wells"}, "name": "wells"})
    with pytest.raises(Invalid) as wrong:
        agencies.reviewing.submit(EDITOR, draft.id, draft.revision)
    asked = ["owner", "steward", "legal_basis", "quality_officer"]
    assert [problem.path for problem in wrong.value.problems] == [f"/responsibility/{name}" for name in asked]


def test_nobody_approves_their_own_work_under_four_eyes(draft: Draft, agencies: Catalog) -> None:
    strict = replace(agencies, settings=replace(agencies.settings, four_eyes=True))
    draft = strict.drafts.save(PUBLISHER, draft.id, draft.revision, {"version": "2"})
    with pytest.raises(Denied) as denied:
        strict.reviewing.approve(PUBLISHER, draft.id, draft.revision)
    assert denied.value.reason == "four-eyes"
    assert agencies.reviewing.approve(PUBLISHER, draft.id, draft.revision) == "wells"


def test_a_draft_that_is_sent_back_says_why(draft: Draft, agencies: Catalog) -> None:
    draft = agencies.reviewing.submit(EDITOR, draft.id, draft.revision)
    with pytest.raises(Invalid):
        agencies.reviewing.send_back(PUBLISHER, draft.id, draft.revision, " ")
    draft = agencies.reviewing.send_back(PUBLISHER, draft.id, draft.revision, "Name the basin.")
    assert (draft.state, draft.comment) == (DraftState.EDITING, "Name the basin.")


def test_a_scheduled_draft_is_published_when_its_time_comes(draft: Draft, agencies: Catalog, clock: StoppedClock) -> None:
    agencies.reviewing.schedule(PUBLISHER, draft.id, draft.revision, "2026-11-24T00:00:00Z")
    assert agencies.reviewing.publish_due() == []
    clock.advance(days=1)
    assert agencies.reviewing.publish_due() == [(draft.id, "")]
    assert agencies.reading.entry(VISITOR, "wells").record.state is State.PUBLISHED


def test_a_dataset_that_changed_meanwhile_is_not_overwritten(agencies: Catalog) -> None:
    agencies.publishing.publish(SYSTEM, a_dataset(), "new")
    draft = agencies.drafts.edit(EDITOR, "wells")
    responsibility = {"owner": "a", "steward": "b", "quality_officer": "c", "legal_basis": {"en": "d"}}
    draft = agencies.drafts.save(EDITOR, draft.id, 1, {"responsibility": responsibility})
    agencies.publishing.publish(SYSTEM, a_dataset(version="2"), "meanwhile")
    with pytest.raises(Conflict) as conflict:
        agencies.reviewing.approve(PUBLISHER, draft.id, draft.revision)
    assert conflict.value.present.dataset.version == "2"  # type: ignore[attr-defined]


def test_two_drafts_of_one_name_do_not_both_appear(draft: Draft, agencies: Catalog) -> None:
    second = agencies.drafts.start(EDITOR, "water-agency", ANSWERS)
    agencies.reviewing.approve(PUBLISHER, draft.id, draft.revision)
    with pytest.raises(Invalid) as taken:
        agencies.reviewing.approve(PUBLISHER, second.id, second.revision)
    assert [problem.code for problem in taken.value.problems] == ["name-taken"]


def test_an_unpublished_dataset_is_gone_for_visitors_and_comes_back(draft: Draft, agencies: Catalog) -> None:
    agencies.reviewing.approve(PUBLISHER, draft.id, draft.revision)
    agencies.publishing.unpublish(PUBLISHER, "wells", "To be looked at")
    with pytest.raises(NotFound):
        agencies.reading.entry(VISITOR, "wells")
    assert agencies.reading.entry(EDITOR, "wells").record.state is State.DRAFT
    agencies.publishing.restore(PUBLISHER, "wells", "All is well")
    assert agencies.reading.entry(VISITOR, "wells").record.revision == 3
