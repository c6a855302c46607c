"""A version is cut when files changed and all of them were checked; it never changes afterwards."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.bootstrap import Catalog, open_catalog
from catalog.records import FileState, Version
from catalog.settings import Settings
from schemas.table import Field, TableSchema
from tests.catalog.library import NAME, SOURCE, Library

LEVELS = b"station,level\nAqtau,3\nAral,4\n"


@pytest.fixture
def library(catalog: Catalog, tmp_path: Path) -> Library:
    return Library(catalog, tmp_path)


def told(versions: list[Version]) -> list[tuple[int, list[str]]]:
    return [(version.number, [file.distribution for file in version.files]) for version in versions]


def test_the_first_version_lists_every_file_with_what_was_made_of_it(library: Library) -> None:
    version = library.release(levels=LEVELS)
    assert version and (version.number, version.version) == (1, "1.0.0")
    (file,) = version.files
    assert (file.distribution, file.filename, file.byte_size, file.rows) == ("levels", "levels.csv", len(LEVELS), 2)
    assert file.schema and [field["name"] for field in file.schema["fields"]] == ["station", "level"]
    assert "table.parquet" in [made.name for made in file.derived]
    assert library.versions() == [version]


def test_nothing_is_cut_while_a_file_waits_to_be_fetched_or_checked(library: Library) -> None:
    library.publish("levels", "stations")
    library.store("levels", LEVELS)
    library.check()
    assert library.catalog.versions.cut(NAME) is None
    library.store("stations", LEVELS)
    assert library.catalog.versions.cut(NAME) is None
    assert library.catalog.versions.cut_waiting(SOURCE) == 0
    library.check()
    assert library.catalog.versions.cut_waiting(SOURCE) == 1


def test_a_version_is_cut_once(library: Library) -> None:
    library.release(levels=LEVELS)
    assert library.catalog.versions.cut(NAME) is None
    assert library.catalog.versions.cut_waiting(SOURCE) == 0
    assert library.release(levels=LEVELS) is None


def test_changed_bytes_make_the_next_version_and_leave_the_one_before_as_it_was(library: Library) -> None:
    first = library.release(levels=LEVELS)
    library.release(levels=LEVELS + b"Atyrau,5\n")
    newest, oldest = library.versions()
    assert (newest.number, oldest) == (2, first)
    assert b"".join(library.catalog.files_store.stream(oldest.files[0].sha256)) == LEVELS


def test_a_changed_schema_makes_the_next_version(library: Library) -> None:
    library.release(levels=LEVELS)
    library.publish("levels", schema=TableSchema(fields=(Field(name="station"), Field(name="level", type="number"))))
    library.store("levels", LEVELS)
    library.check()
    assert library.catalog.versions.cut_waiting(SOURCE) == 1
    assert [version.files[0].schema["fields"][1]["type"] for version in library.versions() if version.files[0].schema] == [
        "number", "integer",
    ]  # fmt: skip


def test_a_file_that_is_removed_is_not_in_the_next_version(library: Library) -> None:
    library.release(levels=LEVELS, stations=LEVELS)
    library.publish("levels")
    assert library.catalog.versions.cut_waiting(SOURCE) == 1
    library.publish()
    assert library.catalog.versions.cut_waiting(SOURCE) == 1
    assert told(library.versions()) == [(3, []), (2, ["levels"]), (1, ["levels", "stations"])]


@pytest.mark.parametrize("state", [FileState.FAILED, FileState.LINKED])
def test_a_file_that_failed_or_is_only_linked_now_stays_with_its_last_good_copy(library: Library, state: FileState) -> None:
    first = library.release(levels=LEVELS, stations=LEVELS)
    with library.catalog.store.write() as work:
        file = work.files.get(NAME, "stations")
        assert first and file
        work.files.put(replace(file, state=state, checked=""))
    library.release(levels=LEVELS + b"Atyrau,5\n")
    newest = library.versions()[0]
    assert (newest.number, newest.file("stations")) == (2, first.file("stations"))


def test_bytes_that_were_never_checked_come_without_the_table_of_older_ones(library: Library) -> None:
    library.release(levels=LEVELS)
    with library.catalog.store.write() as work:
        file = work.files.get(NAME, "levels")
        assert file
        work.files.put(replace(file, state=FileState.FAILED, sha256="e" * 64, cleared="e" * 64, checked=""))
    version = library.catalog.versions.cut(NAME)
    assert version and (version.files[0].rows, version.files[0].schema, version.files[0].derived) == (None, None, ())


def test_a_dataset_without_bytes_has_no_versions(library: Library) -> None:
    library.publish()
    assert library.catalog.versions.cut_waiting(SOURCE) == 0
    assert library.versions() == []


def test_many_workers_at_once_cut_one_version(library: Library, settings: Settings) -> None:
    library.publish("levels")
    library.store("levels", LEVELS)
    library.check()
    others = [open_catalog(settings) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        cut = list(pool.map(lambda catalog: catalog.versions.cut(NAME), others))
    for other in others:
        other.close()
    assert sum(version is not None for version in cut) == 1
    assert told(library.versions()) == [(1, ["levels"])]


def test_a_run_that_was_killed_between_check_and_cut_is_made_good_by_the_next(library: Library) -> None:
    library.publish("levels")
    library.store("levels", LEVELS)
    library.check()
    reopened = open_catalog(library.catalog.settings)
    assert reopened.versions.cut_waiting(SOURCE) == 1
    reopened.close()
