"""A DMI collection becomes a dataset in open time, with its box, its query and a copy that stays the same."""

from typing import Any

import pytest

from schemas.dataset import Dataset
from schemas.forms import load_dataset
from schemas.profiles.base import ReadContext
from schemas.profiles.portals.dmi import READER


def read(collection: dict[str, Any], service: str = "metObs", **options: Any) -> Dataset:
    body = {"service": service, "root": f"https://portal/v2/{service}", "collection": collection, "about": {}}
    dataset, problems = load_dataset(READER.read(body, ReadContext(options=options)).document)
    assert dataset is not None, problems
    return dataset


@pytest.mark.parametrize("box", [[7, 54, 16, 58], [[7, 54, 16, 58]], [7, 54, 0, 16, 58, 90]])
@pytest.mark.parametrize("interval", [["2018-01-01T00:00:00Z", "2026-01-01T00:00:00Z"], [["2018-01-01T00:00:00Z", None]]])
def test_extents_are_read_flat_or_nested_and_time_stays_open(box: list[Any], interval: list[Any]) -> None:
    dataset = read({"id": "observation", "extent": {"spatial": {"bbox": box}, "temporal": {"interval": interval}}})
    assert (dataset.temporal[0].start, dataset.temporal[0].end) == ("2018-01-01T00:00:00Z", "")
    found = dataset.spatial[0].bbox
    assert found is not None
    assert (found.west, found.south, found.east, found.north) == (7, 54, 16, 58)


def test_texts_by_language_are_kept_and_no_language_is_invented() -> None:
    assert read({"id": "station", "title": {"en": "Stations", "da": "Stationer"}}).title == {
        "en": "Meteorological observations: Stations", "da": "Meteorologiske observationer: Stationer"}  # fmt: skip
    assert list(read({"id": "station", "title": "Stations"}).title) == ["en"]


def test_the_extract_is_a_fixed_interval_with_station_ids_as_text() -> None:
    query, extract = read({"id": "observation"}, extract="2024-06-01T00:00:00Z/2024-06-01T01:00:00Z", rows="9").distribution
    assert extract.download_url == (
        "https://portal/v2/metObs/collections/observation/items?datetime=2024-06-01T00:00:00Z/2024-06-01T01:00:00Z&limit=9"
    )
    assert extract.table_schema is not None
    assert {field.name: field.type for field in extract.table_schema.fields}["stationId"] == "string"
    assert (query.download_url, query.access_service is not None) == ("", True)


def test_the_licence_is_asserted_unless_the_collection_says_it() -> None:
    asserted, said = read({"id": "a"}), read({"id": "a", "license": "CC-BY-4.0"})
    assert (asserted.license_asserted, said.license_asserted) == (True, False)
    assert asserted.distribution[0].license == said.distribution[0].license != ""


def test_it_is_a_high_value_dataset() -> None:
    dataset = read({"id": "a"})
    assert (len(dataset.hvd_category), len(dataset.applicable_legislation)) == (1, 1)


@pytest.mark.parametrize(
    "body", [None, [], {}, {"service": "metObs"}, {"service": [], "collection": {"id": "a"}}, {"collection": {}}]
)
def test_junk_becomes_problems(body: Any) -> None:
    reading = READER.read(body, ReadContext())
    assert (reading.document, [problem.code for problem in reading.problems]) == ({}, ["unexpected-answer"])


@pytest.mark.parametrize("extent", [5, [], {"spatial": []}, {"spatial": {"bbox": ["a", None]}}, {"temporal": {"interval": [[]]}}])
def test_an_extent_of_wrong_shape_is_left_out(extent: Any) -> None:
    dataset = read({"id": "a", "extent": extent, "keywords": 5, "title": None, "description": []})
    assert (dataset.temporal, [place.bbox for place in dataset.spatial if place.bbox]) == ((), [])
