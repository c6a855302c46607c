"""Drafts are seen by their agency only, saved part by part, and never overwrite what somebody else saved."""

import io

import pytest

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import Catalog
from catalog.errors import Conflict, Denied, Invalid, NotFound
from catalog.records import Draft
from tests.builders import a_dataset
from tests.cast import COLLEAGUE, EDITOR, OTHER_AGENCY, PUBLISHER, READER
from tests.catalog.drafting.conftest import TABLE


def test_a_draft_may_be_unfinished_but_not_wrong(agencies: Catalog) -> None:
    draft = agencies.drafts.start(EDITOR, "water-agency")
    draft = agencies.drafts.save(EDITOR, draft.id, 1, {"keyword": {"en": ["water"]}})
    with pytest.raises(Invalid) as wrong:
        agencies.drafts.save(EDITOR, draft.id, draft.revision, {"name": "Two words"})
    assert [problem.path for problem in wrong.value.problems] == ["/name"]
    assert agencies.drafts.get(EDITOR, draft.id).document == {"keyword": {"en": ["water"]}}


@pytest.mark.parametrize("key", ["publisher", "distribution", "raw", "license_asserted", "state", "created", "id"])
def test_what_is_ours_is_not_assigned_from_outside(agencies: Catalog, key: str) -> None:
    draft = agencies.drafts.start(EDITOR, "water-agency")
    with pytest.raises(Invalid):
        agencies.drafts.save(EDITOR, draft.id, 1, {key: "mine"})
    assert agencies.drafts.get(EDITOR, draft.id) == draft


def test_the_second_of_two_editors_sees_both_versions(draft: Draft, agencies: Catalog) -> None:
    agencies.drafts.save(COLLEAGUE, draft.id, draft.revision, {"title": {"en": "Wells of the basin"}})
    with pytest.raises(Conflict) as conflict:
        agencies.drafts.save(EDITOR, draft.id, draft.revision, {"title": {"en": "All wells"}})
    assert conflict.value.present.document["title"] == {"en": "Wells of the basin"}  # type: ignore[attr-defined]
    assert "bolat" in str(conflict.value)


def test_strangers_cannot_tell_that_there_is_a_draft(draft: Draft, agencies: Catalog) -> None:
    for stranger in (VISITOR, OTHER_AGENCY):
        with pytest.raises(NotFound):
            agencies.drafts.get(stranger, draft.id)
        with pytest.raises(NotFound):
            agencies.drafts.discard(stranger, draft.id, draft.revision)
        assert agencies.drafts.page(stranger, ["water-agency"]) == []
    with pytest.raises(NotFound):
        agencies.drafts.start(OTHER_AGENCY, "water-agency")


def test_a_member_reads_and_does_not_write(draft: Draft, agencies: Catalog) -> None:
    assert agencies.drafts.get(READER, draft.id) == draft
    with pytest.raises(Denied):
        agencies.drafts.save(READER, draft.id, draft.revision, {"title": {"en": "x"}})


def test_the_file_is_read_as_it_will_be_published(draft: Draft, agencies: Catalog) -> None:
    file = agencies.draft_files.check(EDITOR, draft.id, draft.document["distribution"][0]["id"])
    assert (file.filename, file.valid, (file.table or {})["encoding"]) == ("деректер.csv", True, "cp1251")
    assert draft.document["distribution"][0]["format"] == "CSV"


def test_the_same_file_sent_again_is_not_added_again(draft: Draft, agencies: Catalog) -> None:
    upload = agencies.uploads.receive(io.BytesIO(TABLE), "деректер.csv")
    assert agencies.draft_files.add(EDITOR, draft.id, draft.revision, upload) == draft


def test_files_are_linked_ordered_replaced_and_removed(draft: Draft, agencies: Catalog) -> None:
    first = draft.document["distribution"][0]["id"]
    draft = agencies.draft_files.link(EDITOR, draft.id, draft.revision, "https://water.example/api", {"format": "JSON"})
    second = draft.document["distribution"][1]["id"]
    draft = agencies.draft_files.reorder(EDITOR, draft.id, draft.revision, [second, first])
    assert [entry["id"] for entry in draft.document["distribution"]] == [second, first]
    other = agencies.uploads.receive(io.BytesIO(b"a,b\n1,2\n"), "other.csv")
    draft = agencies.draft_files.replace(EDITOR, draft.id, draft.revision, first, other)
    assert agencies.drafts.files(EDITOR, draft.id)[0].checked == ""
    draft = agencies.draft_files.remove(EDITOR, draft.id, draft.revision, first)
    assert [entry["id"] for entry in draft.document["distribution"]] == [second]
    assert agencies.drafts.files(EDITOR, draft.id) == ()


def test_a_column_that_is_described_is_read_again(draft: Draft, agencies: Catalog) -> None:
    first = draft.document["distribution"][0]["id"]
    schema = {"fields": [{"name": "станция", "type": "integer"}, {"name": "дата", "type": "date"}]}
    agencies.draft_files.describe(EDITOR, draft.id, draft.revision, first, {"table_schema": schema})
    assert agencies.draft_files.check(EDITOR, draft.id, first).valid is False


def test_editing_what_is_published_changes_nothing_public(agencies: Catalog) -> None:
    agencies.publishing.publish(SYSTEM, a_dataset(), "new")
    draft = agencies.drafts.edit(EDITOR, "wells")
    assert agencies.drafts.edit(COLLEAGUE, "wells").id == draft.id
    agencies.drafts.save(EDITOR, draft.id, 1, {"title": {"en": "Changed"}})
    assert agencies.reading.entry(VISITOR, "wells").dataset.title["en"] == "Wells"
    agencies.drafts.discard(EDITOR, draft.id, 2)
    with pytest.raises(NotFound):
        agencies.drafts.get(EDITOR, draft.id)


def test_a_copy_has_the_description_without_name_and_files(agencies: Catalog) -> None:
    agencies.publishing.publish(SYSTEM, a_dataset(), "new")
    document = agencies.drafts.duplicate(PUBLISHER, "wells").document
    assert (document["title"]["en"], "name" in document, "distribution" in document) == ("Wells", False, False)
