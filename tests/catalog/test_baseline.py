"""Baselines: the task follows the target, equal inputs give equal figures, and what is missing is said in words."""

from pathlib import Path
from typing import Any

import polars
import pytest

from catalog.access import SYSTEM, VISITOR
from catalog.baseline.service import CARD
from catalog.baseline.splits import MOST_ROWS, read_split
from catalog.baseline.tasks import task_of
from catalog.baseline.training import train
from catalog.bootstrap import Catalog
from catalog.errors import CatalogError, Denied
from catalog.publishing import Change
from schemas.access import AccessLevel, AccessRule
from schemas.ml import MLProfile, ModelCard, SplitRecipe
from tests.catalog.library import NAME, Library

RECIPE = SplitRecipe(key=("id",), ratios={"train": 0.6, "validation": 0.2, "test": 0.2})


def levels(rows: int = 300) -> bytes:
    """Return a table whose level follows from rain, and whose alarm from the level; some cells are empty."""
    lines = ["id,day,gauge,rain,level,alarm,remark,always,never"]
    for n in range(rows):
        rain = n * 37 % 101
        level = 2 * rain + (n % 3) * 10
        cell = "" if n % 29 == 0 else str(rain)
        lines.append(f"L{n},2026-01-{n % 28 + 1:02},g{n % 3},{cell},{level}.5,{'yes' if level > 120 else 'no'},r{n},1,")
    return ("\n".join(lines) + "\n").encode()


@pytest.fixture
def library(catalog: Catalog, tmp_path: Path) -> Library:
    return Library(catalog, tmp_path)


def prepare(library: Library, target: str, content: bytes | None = None, **ml: Any) -> None:
    library.publish("levels", ml=MLProfile(target=target, **{"splits": RECIPE, **ml}))
    library.release(levels=content or levels())


def run(catalog: Catalog, distribution: str = "", seed: int = 0) -> Any:
    return catalog.baselines.run(SYSTEM, NAME, distribution, seed, lambda stage, done, total: None)


def card(catalog: Catalog) -> ModelCard:
    (found,) = catalog.reading.entry(VISITOR, NAME).dataset.ml.model_cards
    return found


def figures(found: ModelCard) -> dict[tuple[str, str], float]:
    return {(metric.split, metric.name): metric.value for metric in found.metrics}


def test_a_number_is_predicted_better_than_by_its_mean_and_the_card_says_of_what(library: Library, catalog: Catalog) -> None:
    prepare(library, "level")
    trained = run(catalog).trained
    found = card(catalog)
    measured = figures(found)
    for split in ("validation", "test"):
        assert measured[split, "MAE"] < measured[split, "floor MAE"] / 2
        assert measured[split, "RMSE"] < measured[split, "floor RMSE"] / 2
        assert measured[split, "R²"] > 0.8 > measured[split, "floor R²"]
    (version, *_) = library.versions()
    assert (found.name, found.task, found.seed, found.data_version) == (CARD, "regression", 0, version.version)
    assert found.inputs == {made.split: made.sha256 for made in version.files[0].derived if made.split}
    assert "scikit-learn" in found.environment
    assert trained.features.used == ("day", "rain", "gauge", "alarm")
    assert trained.features.left_out == ("remark", "always", "never")


def test_a_text_is_classified(library: Library, catalog: Catalog) -> None:
    prepare(library, "alarm")
    run(catalog)
    measured = figures(card(catalog))
    assert card(catalog).task == "classification"
    assert measured["test", "accuracy"] > max(0.9, measured["test", "floor accuracy"])
    assert measured["test", "macro F1"] > measured["test", "floor macro F1"]


def test_twice_gives_the_same_card_and_changes_nothing(library: Library, catalog: Catalog) -> None:
    prepare(library, "level")
    first, second = run(catalog), run(catalog)
    assert (first.change, second.change) == (Change.CHANGED, Change.UNCHANGED)
    assert first.card == second.card
    assert run(catalog, seed=7).card["seed"] == card(catalog).seed == 7


def test_a_new_card_takes_the_place_of_the_old_one_and_of_no_other(library: Library, catalog: Catalog) -> None:
    prepare(library, "level", model_cards=(ModelCard(name="Theirs"),))
    run(catalog)
    run(catalog, seed=1)
    cards = catalog.reading.entry(VISITOR, NAME).dataset.ml.model_cards
    assert [(one.name, one.seed) for one in cards] == [("Theirs", None), (CARD, 1)]


@pytest.mark.parametrize(
    ("values", "declared", "expected"),
    [
        ([1, 2, 3] * 10, "", "classification"),
        (list(range(30)), "", "regression"),
        ([1, 2, 3] * 10, "tabular-regression", "regression"),
        ([1.0, 2.0] * 10, "", "regression"),
        ([1.0, 2.0] * 10, "Classification", "classification"),
        ([True, False] * 10, "", "classification"),
        (["a", "b"] * 10, "", "classification"),
    ],
)
def test_the_task_follows_the_target_where_none_is_declared(values: list[Any], declared: str, expected: str) -> None:
    assert task_of(polars.Series("target", values), [declared]).name == expected


@pytest.mark.parametrize(
    ("values", "declared", "words"),
    [
        ([f"t{n}" for n in range(200)], "", "200 distinct values"),
        (["same"] * 20, "", "1 distinct values"),
        (["a", "b"] * 10, "regression", "holds no numbers"),
        ([b"x", b"y"], "", "choose a column of numbers, texts or booleans"),
    ],
)
def test_a_target_that_cannot_be_learnt_is_refused(values: list[Any], declared: str, words: str) -> None:
    with pytest.raises(CatalogError, match=words):
        task_of(polars.Series("target", values), [declared])


@pytest.mark.parametrize(
    ("target", "content", "ml", "words"),
    [
        ("", None, {}, "--target COLUMN"),
        ("level", None, {"splits": None}, "--split train=0.8"),
        ("never", None, {}, "0 rows with a value in 'never'"),
        ("level", levels(25), {}, "at least"),
        ("depth", None, {}, "No table of 'rivers' has both the column 'depth' and splits"),
    ],
)
def test_what_is_missing_is_said(
    library: Library, catalog: Catalog, target: str, content: bytes | None, ml: dict[str, Any], words: str
) -> None:
    prepare(library, target, content, **ml)
    with pytest.raises(CatalogError, match=words):
        run(catalog)
    assert catalog.reading.entry(VISITOR, NAME).dataset.ml.model_cards == ()


def test_a_file_that_is_not_there_is_named_with_those_that_are(library: Library, catalog: Catalog) -> None:
    prepare(library, "level")
    with pytest.raises(CatalogError, match="no file 'depths'; it has levels"):
        run(catalog, "depths")


def test_nobody_trains_on_what_they_may_not_have(library: Library, catalog: Catalog) -> None:
    library.publish("levels", ml=MLProfile(target="level", splits=RECIPE), access=AccessRule(level=AccessLevel.ON_REQUEST))
    library.release(levels=levels())
    with pytest.raises(Denied):
        catalog.baselines.run(VISITOR, NAME, "", 0, lambda stage, done, total: None)


def test_numbers_that_cannot_be_count_as_missing() -> None:
    rows = {"level": [float(n % 7) for n in range(60)], "rain": [1e308, float("inf"), float("nan"), None, *map(float, range(56))]}
    frame = polars.DataFrame(rows)
    frames = {"train": frame.head(40), "test": frame.tail(20)}
    trained = train(frames, "level", declared=(), without=(), seed=0, progress=lambda stage, done, total: None)
    assert trained.features.numbers == ("rain",)
    assert all(abs(metric.value) < 100 for metric in trained.metrics)


def test_of_a_long_split_a_sample_is_drawn_with_the_seed(tmp_path: Path) -> None:
    path = tmp_path / "train.parquet"
    polars.DataFrame({"n": range(MOST_ROWS + 5000)}).write_parquet(path, row_group_size=10_000)
    frame, total = read_split(path, 3)
    assert (frame.height, total) == (MOST_ROWS, MOST_ROWS + 5000)
    assert frame["n"].is_sorted()
    assert frame["n"].n_unique() == MOST_ROWS
    assert frame.equals(read_split(path, 3)[0])
    assert not frame.equals(read_split(path, 4)[0])
