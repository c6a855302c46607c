"""Splits, model cards and responsible-AI statements on the dataset page, with words of what to do where there are none."""

import io
from dataclasses import replace
from pathlib import Path

import polars
import pytest
from flask.testing import FlaskClient

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from schemas.access import AccessLevel, AccessRule
from schemas.ml import RESPONSIBLE_AI, Metric, MLProfile, ModelCard, SplitRecipe
from tests.catalog.library import NAME, Library
from tests.web.pages.test_dataset import page, words
from web import create_app
from web.pages.machine_learning import TITLES

LEVELS = b"id,gauge,level\n" + b"".join(b"%d,g%d,%d\n" % (n, n % 3, n) for n in range(200)) + b",g1,5\n"
CARD = ModelCard(
    name="Baseline", task="regression", seed=7, environment="Python 3", data_version="2.0.0", inputs={"train": "ab" * 32},
    metrics=(Metric(name="MAE", value=0.5, split="test"), Metric(name="floor MAE", value=2.25, split="test")),
)  # fmt: skip
ML = MLProfile(
    tasks=("regression",), target="level", model_cards=(CARD,),
    splits=SplitRecipe(key=("id",), salt="2026", ratios={"test": 0.2, "train": 0.8}),
    responsible_ai={"dataBiases": {"en": "Few gauges upstream.", "ru": "Мало постов."}},
)  # fmt: skip


@pytest.fixture
def client(catalog: Catalog, tmp_path: Path) -> FlaskClient:
    library = Library(catalog, tmp_path)
    library.publish("levels", ml=ML)
    library.release(levels=LEVELS)
    return create_app(catalog=catalog).test_client()


def section(text: str, name: str) -> str:
    """Return one section of a page."""
    return text.partition(f'<section aria-labelledby="{name}">')[2].partition("</section>")[0]


def test_splits_are_told_in_words_with_rows_and_files_that_hold_them(client: FlaskClient) -> None:
    shown = section(page(client, f"/dataset/{NAME}"), "splits")
    told = words(shown)
    assert "Shares: train 80 %, test 20 %." in told
    assert "The key of a row is id" in told
    assert "1 row has no complete key and is in no split." in told
    links = [part.partition('"')[0] for part in shown.split('<a href="')[1:]]
    assert [link.rpartition("/")[2] for link in links] == ["train.parquet", "test.parquet"]
    tables = [polars.read_parquet(io.BytesIO(client.get(link).data)) for link in links]
    assert sum(table.height for table in tables) == 200
    assert not set(tables[0]["id"]) & set(tables[1]["id"])
    assert f"train {tables[0].height} " in told


def test_a_card_shows_scores_beside_their_floor_and_what_they_were_measured_on(client: FlaskClient) -> None:
    told = words(section(page(client, f"/dataset/{NAME}"), "model"))
    assert "Split Measure Model Floor test MAE 0.5 2.25" in told
    for fact in ("Column to predict level", "Seed 7", "Environment Python 3", "Version of the data 2.0.0", "ab" * 32):
        assert fact in told


def test_statements_stand_under_their_titles_in_the_language_of_the_reader(client: FlaskClient) -> None:
    assert "Known biases Few gauges upstream." in words(section(page(client, f"/dataset/{NAME}"), "responsible"))
    assert "Мало постов." in section(page(client, f"/ru/dataset/{NAME}"), "responsible")


def test_every_property_of_responsible_ai_has_a_title() -> None:
    assert set(TITLES) == set(RESPONSIBLE_AI)


def test_what_is_empty_says_how_to_fill_it(catalog: Catalog, tmp_path: Path) -> None:
    Library(catalog, tmp_path).release(levels=LEVELS)
    text = page(create_app(catalog=catalog).test_client(), f"/dataset/{NAME}")
    for name in ("splits", "model", "responsible"):
        assert f"qoima dataset describe {NAME}" in words(section(text, name))
    catalog.describing.describe(SYSTEM, NAME, {"target": "level", "splits": {"ratios": {"train": 0.5, "test": 0.5}}})
    text = page(create_app(catalog=catalog).test_client(), f"/dataset/{NAME}")
    assert f"qoima baseline {NAME}" in words(section(text, "model"))
    assert "No file has splits yet" in words(section(text, "splits"))


def test_of_data_that_is_not_open_neither_columns_nor_splits_are_shown(catalog: Catalog, tmp_path: Path) -> None:
    library = Library(catalog, tmp_path)
    library.publish("levels", ml=replace(ML, model_cards=()), access=AccessRule(level=AccessLevel.ON_REQUEST))
    library.release(levels=LEVELS)
    text = page(create_app(catalog=catalog).test_client(), f"/dataset/{NAME}")
    assert "parquet" not in section(text, "splits").casefold()
    assert "<code>level</code>" not in text
