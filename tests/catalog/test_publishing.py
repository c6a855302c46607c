"""Publishing is one transaction: record, revision, audit entry, outbox event and wanted files, or nothing."""

from dataclasses import replace

import pytest

from catalog.access import SYSTEM, VISITOR, harvester
from catalog.bootstrap import Catalog
from catalog.errors import Denied, Gone, Invalid, NotFound
from catalog.publishing import Change, Origin
from catalog.records import FileState
from schemas.access import AccessLevel, AccessRule
from schemas.agents import Agency
from schemas.dataset import Dataset
from schemas.distribution import Distribution

COPIED = Origin(source="portal", kind="ckan", files="copy")


def dataset(**changes: object) -> Dataset:
    made = Dataset(
        name="rivers", title={"en": "Rivers"}, publisher=Agency(name="water", title={"en": "Water agency"}),
        distribution=(Distribution(id="csv", download_url="https://example.org/rivers.csv", format="CSV"),),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_same_content_twice_changes_nothing(catalog: Catalog) -> None:
    assert catalog.publishing.publish(SYSTEM, dataset(), "new") is Change.ADDED
    assert catalog.publishing.publish(SYSTEM, dataset(), "again") is Change.UNCHANGED
    assert catalog.publishing.publish(SYSTEM, dataset(version="2"), "better") is Change.CHANGED
    assert [r.because for r in catalog.reading.revisions(VISITOR, "rivers")] == ["better", "new"]


def test_a_visitor_publishes_nothing(catalog: Catalog) -> None:
    with pytest.raises(Denied):
        catalog.publishing.publish(VISITOR, dataset(), "mine")
    with pytest.raises(NotFound):
        catalog.reading.entry(VISITOR, "rivers")


def test_a_harvest_changes_only_what_it_brought(catalog: Catalog) -> None:
    catalog.publishing.publish(harvester("portal"), dataset(), "harvested", COPIED)
    with pytest.raises(Denied):
        catalog.publishing.publish(harvester("other"), dataset(version="9"), "taken over", Origin(source="other"))


def test_files_are_wanted_when_they_are_to_be_copied(catalog: Catalog) -> None:
    catalog.publishing.publish(harvester("portal"), dataset(), "harvested", COPIED)
    assert catalog.reading.entry(VISITOR, "rivers").files[0].state is FileState.WANTED


def test_a_file_that_did_not_move_is_not_fetched_again(catalog: Catalog) -> None:
    catalog.publishing.publish(harvester("portal"), dataset(), "harvested", COPIED)
    with catalog.store.write() as work:
        file = work.files.of("rivers")[0]
        work.files.put(replace(file, state=FileState.STORED, sha256="a" * 64, cleared="a" * 64))
    catalog.publishing.publish(harvester("portal"), dataset(version="2"), "harvested", COPIED)
    assert catalog.reading.entry(VISITOR, "rivers").files[0].state is FileState.STORED
    moved = (Distribution(id="csv", download_url="https://example.org/new.csv", format="CSV"),)
    catalog.publishing.publish(harvester("portal"), dataset(distribution=moved), "harvested", COPIED)
    file = catalog.reading.entry(VISITOR, "rivers").files[0]
    assert (file.state, file.url, file.sha256) == (FileState.WANTED, "https://example.org/new.csv", "a" * 64)


def test_a_withdrawn_dataset_leaves_a_tombstone_and_can_be_restored(catalog: Catalog) -> None:
    catalog.publishing.publish(SYSTEM, dataset(), "new")
    catalog.publishing.withdraw(SYSTEM, "rivers", "It was wrong")
    with pytest.raises(Gone) as gone:
        catalog.reading.entry(VISITOR, "rivers")
    assert gone.value.record.reason == "It was wrong"  # type: ignore[attr-defined]
    catalog.publishing.restore(SYSTEM, "rivers", "It was right")
    assert catalog.reading.entry(VISITOR, "rivers").record.revision == 3


@pytest.mark.parametrize("level", [level for level in AccessLevel if level is not AccessLevel.OPEN])
def test_bytes_of_a_dataset_that_is_not_open_are_refused(catalog: Catalog, level: AccessLevel) -> None:
    catalog.publishing.publish(SYSTEM, dataset(access=AccessRule(level=level)), "new")
    with pytest.raises(Denied) as denied:
        catalog.downloads.open(VISITOR, "rivers", "csv")
    assert denied.value.reason == level
    exported = catalog.reading.export(VISITOR, "rivers", "https://site")
    assert exported.distribution[0].download_url == ""


def test_an_embargo_ends_by_the_clock(catalog: Catalog) -> None:
    catalog.publishing.publish(SYSTEM, dataset(access=AccessRule(embargo="2999-01-01")), "new")
    with pytest.raises(Denied):
        catalog.downloads.open(VISITOR, "rivers", "csv")
    catalog.publishing.publish(SYSTEM, dataset(access=AccessRule(embargo="2020-01-01")), "released")
    with pytest.raises(NotFound):
        catalog.downloads.open(VISITOR, "rivers", "csv")


def test_a_dataset_for_others_looks_absent(catalog: Catalog) -> None:
    catalog.publishing.publish(SYSTEM, dataset(access=AccessRule(visible_to=("ministry",))), "new")
    with pytest.raises(NotFound):
        catalog.reading.entry(VISITOR, "rivers")
    assert catalog.reading.newest(VISITOR, 5) == []


def test_a_correction_is_kept_by_harvests_and_audited(catalog: Catalog) -> None:
    catalog.publishing.publish(harvester("portal"), dataset(), "harvested", COPIED)
    catalog.publishing.correct(SYSTEM, "rivers", "csv", {"encoding": "cp1251", "header": 3}, "Read it again")
    catalog.publishing.publish(harvester("portal"), dataset(version="2"), "harvested", COPIED)
    found = catalog.reading.entry(VISITOR, "rivers").dataset
    assert (found.version, found.distribution[0].correction) == ("2", {"encoding": "cp1251", "header": 3})
    assert "Read it again" in [r.because for r in catalog.reading.revisions(VISITOR, "rivers")]
    catalog.publishing.correct(SYSTEM, "rivers", "csv", {}, "As it was")
    assert catalog.reading.entry(VISITOR, "rivers").dataset.distribution[0].correction == {}


def test_a_corrected_file_waits_to_be_validated_again(catalog: Catalog) -> None:
    catalog.publishing.publish(harvester("portal"), dataset(), "harvested", COPIED)
    with catalog.store.write() as work:
        file = work.files.of("rivers")[0]
        work.files.put(replace(file, state=FileState.STORED, sha256="a" * 64, cleared="a" * 64, checked="2026-11-23T12:00:00Z"))
    catalog.publishing.correct(SYSTEM, "rivers", "csv", {"delimiter": ";"}, "Read it again")
    file = catalog.reading.entry(VISITOR, "rivers").files[0]
    assert (file.state, file.checked) == (FileState.STORED, "")


def test_a_source_cannot_bring_a_correction(catalog: Catalog) -> None:
    sent = dataset(distribution=(Distribution(id="csv", correction={"encoding": "cp1251"}),))
    catalog.publishing.publish(harvester("portal"), sent, "harvested", COPIED)
    assert catalog.reading.entry(VISITOR, "rivers").dataset.distribution[0].correction == {}


@pytest.mark.parametrize("wrong", [
    {"encoding": "nothing"}, {"encoding": "rot13"}, {"delimiter": ";;"}, {"delimiter": '"'}, {"header": -1}, {"colour": 1},
])  # fmt: skip
def test_a_correction_that_cannot_be_is_refused(wrong: dict[str, object], catalog: Catalog) -> None:
    catalog.publishing.publish(SYSTEM, dataset(), "new")
    with pytest.raises(Invalid):
        catalog.publishing.correct(SYSTEM, "rivers", "csv", wrong, "wrong")
    with pytest.raises(NotFound, match="it has csv"):
        catalog.publishing.correct(SYSTEM, "rivers", "xlsx", {}, "nowhere")
