"""Versions of files behave alike in every database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from catalog.adapters.sql import SqlStore
from catalog.records import Derivative, FileRecord, FileState, Version, VersionFile
from tests.contracts.test_store import record
from tests.contracts.test_store import store as store

FILE = VersionFile(
    distribution="csv", filename="Су деңгейі.csv", media_type="text/csv", sha256="a" * 64, byte_size=10, rows=2,
    schema={"fields": [{"name": "level"}]}, derived=(Derivative(name="table.parquet", sha256="b" * 64, byte_size=5, rows=2),),
)  # fmt: skip
FIRST = Version(dataset="wells", number=1, version="1.0.0", at="2026-11-23T12:00:00Z", because="First version.", files=(FILE,))
SECOND = replace(FIRST, number=2, version="1.1.0", at="2026-11-23T12:00:09Z", files=())


@pytest.fixture
def holding(store: SqlStore) -> Iterator[SqlStore]:
    """A store with the dataset `wells`, updated at 12:00:00, and one file of it, checked at 12:00:02."""
    made, document = record("wells")
    with store.write() as work:
        work.datasets.add(made, document, "tester", "because")
        work.files.put(
            FileRecord(
                dataset="wells", distribution="csv", state=FileState.STORED, sha256="a" * 64, checked="2026-11-23T12:00:02Z"
            ),
            source="kz",
        )
    yield store


def due(store: SqlStore, after: str = "") -> list[str]:
    with store.read() as work:
        return work.versions.due("kz", after, 10)


def test_versions_come_back_as_they_were_added_newest_first(store: SqlStore) -> None:
    with store.write() as work:
        assert work.versions.add(FIRST) and work.versions.add(SECOND)
    with store.read() as work:
        assert work.versions.of("wells") == [SECOND, FIRST]
        assert work.versions.latest(["wells", "none"]) == {"wells": SECOND}
        assert (work.versions.get("wells", 1), work.versions.get("wells", 3)) == (FIRST, None)


def test_a_number_is_given_once_and_the_transaction_goes_on(store: SqlStore) -> None:
    with store.write() as work:
        assert work.versions.add(FIRST)
        assert not work.versions.add(replace(FIRST, because="other"))
        assert work.versions.add(SECOND)
    with store.read() as work:
        assert work.versions.of("wells") == [SECOND, FIRST]


def test_of_many_workers_that_add_a_number_at_once_one_succeeds(store: SqlStore) -> None:
    def add(worker: int) -> bool:
        with store.write() as work:
            return work.versions.add(replace(FIRST, because=str(worker)))

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(add, range(20))) == 1


def test_of_a_version_only_what_the_croissant_check_found_changes(store: SqlStore) -> None:
    with store.write() as work:
        work.versions.add(FIRST)
        work.versions.put(replace(FIRST, because="other", files=(), croissant={"valid": True}))
    with store.read() as work:
        assert work.versions.get("wells", 1) == replace(FIRST, croissant={"valid": True})


def test_a_dataset_with_bytes_and_no_version_is_due(holding: SqlStore) -> None:
    assert due(holding) == ["wells"]
    assert due(holding, after="wells") == []
    with holding.read() as work:
        assert work.versions.due("other", "", 10) == []


def test_a_dataset_is_due_until_its_version_is_newer_than_the_record_and_every_check(holding: SqlStore) -> None:
    with holding.write() as work:
        work.versions.add(replace(FIRST, at="2026-11-23T12:00:02Z"))
    assert due(holding) == ["wells"]
    with holding.write() as work:
        work.versions.add(SECOND)
    assert due(holding) == []


def test_a_dataset_whose_record_changed_later_is_due_also_when_its_files_are_gone(holding: SqlStore) -> None:
    with holding.write() as work:
        work.versions.add(SECOND)
        found = work.datasets.get("wells")
        assert found
        later = replace(found, revision=2, updated="2026-11-23T13:00:00Z", content_hash="c" * 64)
        work.datasets.update(later, "{}", "tester", "because")
        work.files.remove("wells", ["csv"])
    assert due(holding) == ["wells"]


@pytest.mark.parametrize(("state", "checked"), [(FileState.STORED, ""), (FileState.WANTED, "2026-11-23T12:00:02Z")])
def test_a_dataset_with_a_file_that_waits_is_not_due(holding: SqlStore, state: FileState, checked: str) -> None:
    with holding.write() as work:
        work.files.put(FileRecord(dataset="wells", distribution="new", state=state, checked=checked), source="kz")
    assert due(holding) == []
