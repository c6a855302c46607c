"""Splits are a function of the row's key alone: rows never move, and equal keys are never parted."""

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from catalog.tables.convert import make_parquet
from catalog.tables.copying import Copy, copied
from catalog.tables.sandbox import Sandbox
from catalog.tables.splits import NoSplits, make_splits
from schemas.forms import load_dataset
from schemas.ml import SplitRecipe
from schemas.problems import Problem
from tests.catalog.tables.tables import schema, validate

HALVES = {"train": 0.5, "test": 0.5}
COLUMNS = ("key", "group", "note")
Row = tuple[str, ...]


def split(folder: Path, rows: Sequence[Row], recipe: SplitRecipe) -> dict[str, list[Row]]:
    """Return the rows of each split of a table of three columns of texts, as they stand in its Parquet file."""
    path, work = folder / "given.csv", folder / "work"
    work.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    copy = copied(path, work, {"filename": "given.csv", "delimiter": ",", "encoding": "utf-8"})
    assert isinstance(copy, Copy)
    types = schema(**dict.fromkeys(COLUMNS, "string"))
    make_parquet(copy, types, work)
    return {made["split"]: _read(work / made["name"]) for made in make_splits(copy, types, recipe, work)}


def _read(path: Path) -> list[Row]:
    return [tuple(value or "" for value in row.values()) for row in parquet.read_table(path).to_pylist()]


def where(found: Mapping[str, list[Row]]) -> dict[Row, str]:
    """Return the split of each row."""
    return {row: name for name, rows in found.items() for row in rows}


_WORD = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=4)
_ROW = st.tuples(st.sampled_from("abcdefgh"), _WORD.map(lambda word: f"g{word}"), st.just("x"))
_ROWS = st.lists(_ROW, min_size=2, max_size=40)


@settings(max_examples=60, deadline=None)
@given(rows=_ROWS, more=_ROWS, salt=_WORD)
def test_rows_stay_where_they_are_when_others_come(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], more: list[Row], salt: str
) -> None:
    recipe = SplitRecipe(key=("key", "group"), salt=salt, ratios=HALVES)
    folder = tmp_path_factory.mktemp("splits")
    before, after = where(split(folder, rows, recipe)), where(split(folder, [*more, *rows, *more], recipe))
    assert before.items() <= after.items()


_RECIPES = st.sampled_from([
    SplitRecipe(key=("key",), ratios=HALVES), SplitRecipe(group_by="key", ratios=HALVES),
    SplitRecipe(key=("key",), stratify_by="group", ratios=HALVES), SplitRecipe(group_by="key", stratify_by="note", ratios=HALVES),
])  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(rows=_ROWS, recipe=_RECIPES)
def test_equal_keys_are_never_in_two_splits(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], recipe: SplitRecipe
) -> None:
    strata = {row[0]: {other[1] for other in rows if other[0] == row[0]} for row in rows}
    try:
        found = split(tmp_path_factory.mktemp("splits"), rows, recipe)
    except NoSplits:
        assert recipe.stratify_by == "group"
        assert any(len(seen) > 1 for seen in strata.values())
        return
    keys = [{row[0] for row in part} for part in found.values()]
    assert not keys[0] & keys[1]
    assert sorted(row for part in found.values() for row in part) == sorted(rows)


def test_the_place_of_a_row_can_be_computed_by_anybody(tmp_path: Path) -> None:
    rows = [(f"station {number}", "g", "x") for number in range(200)]
    found = where(split(tmp_path, rows, SplitRecipe(key=("key", "group"), salt="соль", ratios={"train": 0.7, "test": 0.3})))
    for row in rows:
        digest = hashlib.sha256(json.dumps(["соль", *row[:2]], ensure_ascii=False, separators=(",", ":")).encode()).digest()
        assert found[row] == ("train" if int.from_bytes(digest[:8], "big") / 2**64 < 0.7 else "test")


def test_cells_are_told_apart_whatever_stands_in_them(tmp_path: Path) -> None:
    rows = [(f'a{n}","b', "c", "x") for n in range(64)] + [(f"a{n}", 'b","c', "x") for n in range(64)]
    found = where(split(tmp_path, rows, SplitRecipe(key=("key", "group"), ratios=HALVES)))
    assert any(found[one] != found[other] for one, other in zip(rows[:64], rows[64:], strict=True))


def test_ratios_hold_up_to_chance_and_another_salt_is_another_draw(tmp_path: Path) -> None:
    rows = [(f"k{number}", "g", "x") for number in range(4000)]
    ratios = {"train": 0.8, "validation": 0.1, "test": 0.1}
    found = split(tmp_path, rows, SplitRecipe(key=("key",), ratios=ratios))
    assert list(found) == ["train", "validation", "test"]
    for name, ratio in ratios.items():
        assert abs(len(found[name]) - 4000 * ratio) < 5 * (4000 * ratio * (1 - ratio)) ** 0.5
    assert where(found) != where(split(tmp_path, rows, SplitRecipe(key=("key",), salt="2", ratios=ratios)))


def test_every_stratum_is_split_on_its_own(tmp_path: Path) -> None:
    rows = [(f"k{number}", f"g{number % 4}", "x") for number in range(4000)]
    found = split(tmp_path, rows, SplitRecipe(key=("key",), stratify_by="group", ratios=HALVES))
    for stratum in "0123":
        assert abs(sum(row[1] == f"g{stratum}" for row in found["train"]) - 500) < 5 * 250**0.5


def test_a_key_in_two_strata_is_refused_since_it_would_be_parted(tmp_path: Path) -> None:
    rows = [("same", "one", "x"), ("same", "two", "x")]
    with pytest.raises(NoSplits, match="several strata of 'group'"):
        split(tmp_path, rows, SplitRecipe(key=("key",), stratify_by="group", ratios=HALVES))


def test_rows_without_a_whole_key_are_in_no_split(tmp_path: Path) -> None:
    rows = [("a", "b", "whole"), ("", "b", "no key"), ("a", " ", "no group")]
    assert list(where(split(tmp_path, rows, SplitRecipe(key=("key", "group"), ratios=HALVES)))) == [("a", "b", "whole")]


def test_without_a_key_the_whole_row_is_the_key(tmp_path: Path) -> None:
    rows = [(f"k{number % 50}", "", "x") for number in range(100)]
    found = split(tmp_path, rows, SplitRecipe(ratios=HALVES))
    assert not set(found["train"]) & set(found["test"])
    assert len(found["train"]) + len(found["test"]) == 100


def test_blank_and_short_rows_do_not_shift_the_others(tmp_path: Path) -> None:
    rows: list[Row] = [("a", "1", "x"), ("", "", ""), ("b",), (), ("c", "3", "x")]
    found = where(split(tmp_path, rows, SplitRecipe(key=("key",), ratios=HALVES)))
    whole = where(split(tmp_path, [("a", "1", "x"), ("b", "", ""), ("c", "3", "x")], SplitRecipe(key=("key",), ratios=HALVES)))
    assert found == whole


def test_types_do_not_decide_the_split(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    path.write_text("id,value\n" + "".join(f"0{number},{number}\n" for number in range(100)))
    recipe = {"key": ["id"], "ratios": HALVES}
    kept: dict[str, list[int]] = {}
    for kind in ("string", "integer"):
        result = validate(path, sandbox, schema=schema(id=kind, value="integer"), splits=recipe)
        assert [one.name for one in result.derived if one.split] == ["train.parquet", "test.parquet"]
        made = {one.split: [one.rows] for one in result.derived if one.split}
        assert kept in ({}, made)
        kept = made


def test_a_table_without_the_key_is_read_all_the_same_and_says_so(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    path.write_text("id,value\n1,2\n")
    result = validate(path, sandbox, splits={"key": ["gauge"], "ratios": HALVES})
    assert result.valid
    assert not [made for made in result.derived if made.split]
    assert "no column 'gauge'" in str((result.table or {})["notes"])


@pytest.mark.parametrize(
    ("recipe", "code"),
    [
        ({"ratios": {"train": 0.8, "test": 0.3}}, "out-of-range"),
        ({"ratios": {"train": 1.0}}, "out-of-range"),
        ({"ratios": {"train": 1.2, "test": -0.2}}, "out-of-range"),
        ({"ratios": {"table": 0.5, "test": 0.5}}, "not-a-split"),
        ({"ratios": {"../x": 0.5, "test": 0.5}}, "not-a-split"),
        ({"key": ["id"]}, "missing"),
        ({"key": ["id"], "group_by": "site", "ratios": HALVES}, "contradiction"),
    ],
)
def test_a_recipe_that_cannot_be_is_a_problem(recipe: dict[str, object], code: str) -> None:
    dataset, problems = load_dataset({"name": "rivers", "title": {"en": "Rivers"}, "ml": {"splits": recipe}})
    assert dataset is None
    assert [(problem.code, problem.path.startswith("/ml/splits")) for problem in problems] == [(code, True)]
    assert all(isinstance(problem, Problem) for problem in problems)
