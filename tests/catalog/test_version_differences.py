"""A version is numbered by what changed in its tables, and what changed can be told row by row."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from catalog.access import VISITOR
from catalog.adapters.object_files import FolderFiles
from catalog.bootstrap import Catalog
from catalog.records import Derivative, Version, VersionFile
from catalog.versions.comparing import Comparing
from catalog.versions.difference import Cell, FileChange, Level, Matched, RowDifference
from catalog.versions.levels import next_version
from catalog.versions.pair import Incomparable
from catalog.versions.rows import compare_rows
from schemas.ml import MLProfile, SplitRecipe
from schemas.table import Field, TableSchema
from tests.catalog.library import NAME, PICTURE, Library

LEVELS = b"station,level\nAqtau,3\nAral,4\n"
PRIMARY = [(Matched.PRIMARY_KEY, ("id",))]


@pytest.fixture
def library(catalog: Catalog, tmp_path: Path) -> Library:
    return Library(catalog, tmp_path)


@pytest.mark.parametrize(
    ("after", "version", "because"),
    [
        (LEVELS + b"Atyrau,5\n", "1.1.0", "levels.csv: 1 row added."),
        (b"station,level,unit\nAqtau,3,m\nAral,4,m\n", "1.1.0", "levels.csv: column added: unit."),
        (LEVELS.replace(b",", b";"), "1.0.1", "levels.csv: the same rows in other packaging."),
        (b"level,station\n4,Aral\n3,Aqtau\n", "1.0.1", "levels.csv: the same rows in other packaging."),
        (b"station,level\nAqtau,3\nAral,5\n", "2.0.0", "levels.csv: 1 row added, 1 row removed."),
        (b"station,level\nAqtau,3\n", "2.0.0", "levels.csv: 1 row removed."),
        (b"station\nAqtau\nAral\n", "2.0.0", "levels.csv: column removed: level."),
        (b"station,level\nAqtau,3\nAral,4.5\n", "2.0.0",
         "levels.csv: 2 rows added, 2 rows removed, column of another type: level."),
        (b"a,b\n1,2\n", "2.0.0", "levels.csv: it cannot be told what changed, since the tables have no column in common."),
        (b"<html><body>Sign in</body></html>", "2.0.0",
         "levels.csv: it cannot be told what changed, since only the older one could be read as a table."),
    ],
)  # fmt: skip
def test_the_number_of_a_version_says_what_kind_of_change_it_is(
    library: Library, after: bytes, version: str, because: str
) -> None:
    library.release(levels=LEVELS)
    second = library.release(levels=after)
    assert second and (second.version, second.because) == (version, because)


def test_a_file_that_comes_is_minor_and_one_that_goes_is_major(library: Library) -> None:
    library.release(levels=LEVELS)
    library.publish("levels", "stations")
    second = library.release(stations=LEVELS)
    library.publish("levels")
    third = library.catalog.versions.cut(NAME)
    assert second and third
    assert [(v.version, v.because) for v in (second, third)] == [
        ("1.1.0", "stations.csv: file added."), ("2.0.0", "stations.csv: file removed."),
    ]  # fmt: skip


def test_of_a_file_that_is_no_table_it_cannot_be_told_what_changed(library: Library) -> None:
    library.release(picture=b"\x89PNG\r\n\x1a\n one")
    second = library.release(picture=b"\x89PNG\r\n\x1a\n two")
    assert second and (second.version, second.because) == (
        "2.0.0", "picture.png: it cannot be told what changed, since it is no table.",
    )  # fmt: skip
    assert second.file(PICTURE)


def test_by_a_primary_key_it_is_told_which_cells_of_which_rows_changed(library: Library) -> None:
    fields = (Field(name="station", type="string"), Field(name="level", type="integer"))
    library.publish("levels", schema=TableSchema(fields=fields, primary_key=("station",)))
    library.release(levels=LEVELS)
    second = library.release(levels=b"station,level\nAral,5\nAqtau,3\nAtyrau,1\n")
    assert second and (second.version, second.because) == ("2.0.0", "levels.csv: 1 row added, 1 row changed.")
    (file,) = library.catalog.versions.difference(VISITOR, NAME, 1, 2).files
    rows = file.rows
    assert rows and (rows.matched, rows.key, rows.before, rows.after) == (Matched.PRIMARY_KEY, ("station",), 2, 3)
    assert [(row.key, row.cells) for row in rows.examples_changed] == [(("Aral",), (Cell("level", "4", "5"),))]
    assert [(row.number, row.key) for row in rows.examples_added] == [(3, ("Atyrau",))]


def test_without_a_primary_key_the_key_of_the_splits_matches_rows(library: Library) -> None:
    recipe = SplitRecipe(key=("station",), salt="s", ratios={"train": 0.5, "test": 0.5})
    library.publish("levels", ml=MLProfile(splits=recipe))
    library.release(levels=LEVELS)
    library.release(levels=b"station,level\nAqtau,3\nAral,5\n")
    (file,) = library.catalog.versions.difference(VISITOR, NAME, 1, 2).files
    assert file.rows and (file.rows.matched, file.rows.changed) == (Matched.SPLIT_KEY, 1)


def test_a_difference_may_be_asked_between_any_two_versions_in_both_directions(library: Library) -> None:
    for count in range(1, 4):
        library.release(levels=LEVELS + b"Atyrau,5\n" * count)
    forth = library.catalog.versions.difference(VISITOR, NAME, 1, 3)
    back = library.catalog.versions.difference(VISITOR, NAME, 3, 1)
    assert (forth.level, forth.because) == (Level.MINOR, "levels.csv: 2 rows added.")
    assert (back.level, back.because) == (Level.MAJOR, "levels.csv: 2 rows removed.")
    assert library.catalog.versions.difference(VISITOR, NAME, 2, 2).because == "Nothing changed."


@pytest.mark.parametrize(
    ("version", "level", "expected"),
    [("1.2.3", Level.MAJOR, "2.0.0"), ("1.2.3", Level.MINOR, "1.3.0"), ("1.2.3", Level.PATCH, "1.2.4")],
)
def test_numbers_follow_each_other(version: str, level: Level, expected: str) -> None:
    assert next_version(version, level) == expected


def compared(folder: Path, old: dict[str, Any], new: dict[str, Any], keys: Any = ()) -> RowDifference:
    paths = folder / "old's.parquet", folder / "new.parquet"
    for path, columns in zip(paths, (old, new), strict=True):
        parquet.write_table(pyarrow.table(columns), path)
    return compare_rows(*paths, keys, 30)


def counts(found: RowDifference) -> tuple[int, int, int]:
    return found.added, found.removed, found.changed


def test_equal_rows_are_counted_as_often_as_they_stand_there(tmp_path: Path) -> None:
    found = compared(tmp_path, {"a": [1, 1, 2, None]}, {"a": [1, 2, 2, None, None]})
    assert counts(found) == (2, 1, 0)
    assert [row.cells for row in found.examples_removed] == [(Cell("a", "1", None),)]


@pytest.mark.parametrize("ids", [[1, 1], [1, None]])
def test_a_key_with_repeats_or_gaps_is_not_used(tmp_path: Path, ids: list[int | None]) -> None:
    found = compared(tmp_path, {"id": [1, 2], "a": [1, 2]}, {"id": ids, "a": [1, 3]}, PRIMARY)
    assert (found.matched, counts(found)) == (Matched.WHOLE_ROW, (1, 1, 0))


def test_a_key_of_another_type_still_matches(tmp_path: Path) -> None:
    found = compared(tmp_path, {"id": [1, 2], "a": [1, 2]}, {"id": ["2", "1"], "a": [2, 7]}, PRIMARY)
    assert (found.matched, found.retyped, counts(found)) == (Matched.PRIMARY_KEY, ("id",), (0, 0, 1))


def test_missing_values_and_odd_names_are_compared_like_others(tmp_path: Path) -> None:
    old = {"id": [1, 2, 3], 'weird "name"; --': ["x", None, None], "A": [1.5, 2.5, 3.5], "a": [True, False, None]}
    new = {**old, 'weird "name"; --': ["x", "y", None], "a": [True, None, None]}
    found = compared(tmp_path, old, new, PRIMARY)
    assert [(row.key, row.cells) for row in found.examples_changed] == [
        (("2",), (Cell('weird "name"; --', None, "y"), Cell("a", "false", None))),
    ]  # fmt: skip


def test_long_texts_are_cut_and_still_differ(tmp_path: Path) -> None:
    found = compared(tmp_path, {"id": [1], "a": ["x" * 999 + "y"]}, {"id": [1], "a": ["x" * 1000]}, PRIMARY)
    ((cell,),) = (row.cells for row in found.examples_changed)
    assert cell.before != cell.after and cell.after and len(cell.after) < 220


def test_of_many_rows_the_first_fifty_are_shown(tmp_path: Path) -> None:
    found = compared(tmp_path, {"id": list(range(1000))}, {"id": list(range(500, 3000))}, PRIMARY)
    assert counts(found) == (2000, 500, 0)
    assert [row.key[0] for row in found.examples_removed] == [str(number) for number in range(50)]
    assert [row.number for row in found.examples_added] == list(range(501, 551))


def test_a_comparison_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"a": pyarrow.array(range(3_000_000))}), tmp_path / "big.parquet")
    with pytest.raises(Incomparable, match="took longer"):
        compare_rows(tmp_path / "big.parquet", tmp_path / "big.parquet", PRIMARY, 0.001)


class Shelf:
    """Versions of one table with splits, straight from Parquet."""

    def __init__(self, folder: Path) -> None:
        self.files, self.folder = FolderFiles(folder / "files"), folder

    def version(self, number: int, **tables: list[int]) -> Version:
        """Return a version whose table holds all the rows of its splits."""
        made = [self._made("table.parquet", [row for rows in tables.values() for row in rows])]
        made += [replace(self._made(f"{name}.parquet", rows), split=name) for name, rows in tables.items()]
        schema = {"fields": [{"name": "id", "type": "integer"}]}
        file = VersionFile(
            distribution="csv", filename="t.csv", media_type="text/csv", sha256=f"{number:064}", byte_size=1, schema=schema,
            derived=tuple(made),
        )  # fmt: skip
        return Version(dataset=NAME, number=number, version="1.0.0", at="", because="", files=(file,))

    def _made(self, name: str, rows: list[int]) -> Derivative:
        path = self.folder / name
        parquet.write_table(pyarrow.table({"id": pyarrow.array(rows, pyarrow.int64())}), path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        self.files.put(path, digest)
        return Derivative(name=name, sha256=digest, byte_size=1)


@pytest.mark.parametrize(
    ("after", "level", "because"),
    [
        ({"train": [1, 2, 3], "test": [4, 5]}, Level.MINOR, "t.csv: 1 row added."),
        ({"train": [1, 2, 4], "test": [3]}, Level.MAJOR, "t.csv: rows moved out of splits: train, test."),
        ({"train": [1, 2, 3, 4]}, Level.MAJOR, "t.csv: rows moved out of splits: test."),
        ({"train": [1, 2, 3], "test": [4], "check": []}, Level.MINOR, "t.csv: splits added: check."),
    ],
)
def test_rows_that_move_between_splits_are_a_major_change(
    tmp_path: Path, after: dict[str, list[int]], level: Level, because: str
) -> None:
    shelf = Shelf(tmp_path)
    found = Comparing(shelf.files).compare(shelf.version(1, train=[1, 2, 3], test=[4]), shelf.version(2, **after))
    assert (found.level, found.because) == (level, because)


def test_a_table_that_is_damaged_or_lost_is_told_as_not_compared(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    old, new = shelf.version(1, train=[1]), shelf.version(2, train=[2])
    path = next((tmp_path / "files").rglob(old.files[0].derived[0].sha256))
    path.write_bytes(b"PAR1 no longer")
    assert Comparing(shelf.files).compare(old, new).files[0].change is FileChange.UNREAD
    path.unlink()
    found = Comparing(shelf.files).compare(old, new)
    assert (found.level, found.files[0].because) == (Level.MAJOR, "a table is not held any more")


def test_what_gets_no_turn_in_time_is_told_as_not_compared(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    found = Comparing(shelf.files).compare(shelf.version(1, train=[1]), shelf.version(2, train=[2]), seconds=0)
    assert found.files[0].because == "comparing the files before it took all the time there is"
