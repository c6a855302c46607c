"""The demo shows what a dataset made for machine learning looks like: splits, a model card, statements."""

import io

import polars
import pytest

from catalog.access import SYSTEM
from tests.demo.conftest import Demo
from web.cli.describe import follow
from web.demo.described import BASELINES, DESCRIBED


@pytest.fixture(scope="module")
def trained(demo: Demo) -> Demo:
    for name, changes in DESCRIBED.items():
        demo.catalog.describing.describe(SYSTEM, name, changes)
        follow(demo.catalog, name)
    for name in BASELINES:
        demo.catalog.baselines.run(SYSTEM, name, "", 0, lambda stage, done, total: None)
    return demo


@pytest.mark.parametrize("name", BASELINES)
def test_its_page_shows_a_model_that_beats_the_floor_on_every_split(trained: Demo, name: str) -> None:
    page = trained.client.get(f"/dataset/{name}").text
    assert "Qoima baseline" in page
    (card,) = trained.catalog.reading.entry(SYSTEM, name).dataset.ml.model_cards
    values = {(metric.split, metric.name): metric.value for metric in card.metrics}
    better = {"R²", "accuracy"} & {measure for _, measure in values}
    assert better
    for split in ("validation", "test"):
        assert all(values[split, measure] > values[split, f"floor {measure}"] for measure in better)


def test_days_are_never_parted_and_both_formats_are_split_alike(trained: Demo) -> None:
    version = trained.catalog.versions.newest(SYSTEM, "air-quality-daily")
    assert version is not None
    days: dict[str, list[set[object]]] = {}
    for file in version.files:
        for made in (made for made in file.derived if made.split):
            with trained.catalog.files_store.open(made.sha256) as parquet:
                found = polars.read_parquet(io.BytesIO(parquet.read()))["date"]
            days.setdefault(made.split, []).append(set(found.cast(polars.String)))
    assert {len(found) for found in days.values()} == {2}
    assert all(csv == json for csv, json in days.values())
    assert sum(len(found[0]) for found in days.values()) == len(set().union(*(found[0] for found in days.values()))) == 120
