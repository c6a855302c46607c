"""DCAT-US 1.1: written entries are valid, harvested ones keep all they say."""

import json
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from schemas.access import AccessLevel, AccessRule
from schemas.agents import Agency, ContactPoint
from schemas.coverage import BoundingBox, Period, Place
from schemas.dataset import Dataset
from schemas.forms import load_dataset
from schemas.profiles.base import CatalogPage
from schemas.profiles.standards.dcat_us import PROFILE
from tests.builders import ENGLISH, SITE, a_dataset, a_distribution, read_all, there_and_back
from tests.payloads import payload
from tests.schemas.profiles.rich import rich_dataset


@cache
def schema(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(payload(f"g_dcatus/schema_1.1/{kind}.json").read_bytes()))


def faults(dataset: Dataset) -> list[str]:
    return [error.message for error in schema("non-federal_dataset").iter_errors(written(dataset))]


def written(dataset: Dataset) -> Any:
    return json.loads(PROFILE.write(dataset, SITE))


def one(**record: Any) -> Dataset:
    dataset, problems = load_dataset(PROFILE.read({"title": "Wells"} | record, ENGLISH).document)
    assert dataset is not None, problems
    return dataset


DATASETS = {
    "rich": rich_dataset(),
    "bare": Dataset(name="bare-one", title={"en": "Bare"}),
    "frequency only": Dataset(
        name="daily", title={"kk": "Күнде"},
        accrual_periodicity="http://publications.europa.eu/resource/authority/frequency/DAILY",
    ),
    "odd": a_dataset(
        contact_point=(ContactPoint(name={"en": "Desk"}, email="ü@wells.example"),), rights={"en": "r" * 300}, modified="2015-03",
        description={"en": "word" * 5000}, temporal=(Period(start="2001"), Period(start="2001-02", end="2003")),
        distribution=(a_distribution(media_type="text/csv; charset=utf-8"), a_distribution(id="b", media_type="", title={})),
    ),
    "closed": a_dataset(access=AccessRule(level=AccessLevel.CLOSED)),
}  # fmt: skip


@pytest.mark.parametrize("name", DATASETS)
def test_a_written_entry_is_valid(name):
    assert faults(DATASETS[name]) == []


def test_a_catalogue_is_valid_and_names_itself():
    page = CatalogPage(datasets=DATASETS.values(), self_url="https://data.example/data.json")
    catalogue = json.loads(PROFILE.write_catalog(page, SITE))
    head = {**schema("catalog").schema, "properties": {**schema("catalog").schema["properties"], "dataset": {"type": "array"}}}
    assert list(Draft202012Validator(head).iter_errors(catalogue)) == []
    assert (catalogue["@id"], len(catalogue["dataset"])) == ("https://data.example/data.json", len(DATASETS))


FILES = {
    "us_federal/cms": 139, "us_federal/consumerfinance": 11, "us_federal/fcc": 59, "us_federal/gsa": 339, "us_federal/opm": 134,
    "us_federal_earlier/fcc.2025-01-31": 59, "us_federal_earlier/opm.2025-01-31": 134, "us_federal_small/exim.data": 1,
    "us_nonfederal/wprdc.data": 316, "datagov-harvester_samples/dcatus_with_none": 402,
}  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_every_dataset_of_a_real_catalogue_is_loaded(path):
    found = read_all(PROFILE, payload(f"g_dcatus/{path}.json").read_bytes())
    assert [problems for dataset, problems in found if dataset is None] == []
    assert len(found) == FILES[path]


@pytest.mark.parametrize("path", ["us_federal/consumerfinance", "us_federal/gsa", "us_federal/opm", "us_federal/fcc"])
def test_what_was_harvested_is_published_valid_and_comes_back(path):
    for dataset, _ in read_all(PROFILE, payload(f"g_dcatus/{path}.json").read_bytes())[::3]:
        assert dataset is not None
        assert there_and_back(PROFILE, dataset) == dataset
        assert faults(dataset) == []


def test_federal_keys_are_given_on():
    dataset = one(bureauCode=["010:24"], programCode=["010:119"])
    assert {key: written(dataset)[key] for key in ("bureauCode", "programCode")} == dataset.raw


def test_every_sample_is_loaded_or_explained():
    refused: dict[str, set[str]] = {}
    for path in sorted((*payload("g_dcatus").glob("*samples/*.json"),)):
        found = read_all(PROFILE, path.read_bytes())
        assert found, path
        for dataset, problems in found:
            if dataset is None:
                refused.setdefault(path.name, set()).update(f"{problem.code}{problem.path}" for problem in problems)
    third = {"no-datasets/dataset", "missing/name", "missing/title"}
    assert refused == {
        "missing-catalog.data.json": {"missing/title"}, "missing-dataset-fields.data.json": {"missing/title"},
        "missing-identifier-title.data.json": {"missing/title"}, "missing_title.json": {"missing/title"},
        "dcatus3_0_series_with_members.json": third, "dcatus3_0_service_serves_dataset.json": third,
    }  # fmt: skip


def test_an_interval_in_place_of_a_date_is_a_frequency():
    dataset = one(modified="R/P1D")
    assert (dataset.modified, dataset.accrual_periodicity.rpartition("/")[2]) == ("", "DAILY")


def test_of_two_frequencies_none_is_lost():
    dataset = one(modified="R/P1D", accrualPeriodicity="R/P1Y")
    assert (dataset.accrual_periodicity.rpartition("/")[2], dataset.raw) == ("ANNUAL", {"modified": "R/P1D"})


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("public", "open"),
        ("restricted public", "on-request"),
        ("non-public", "closed"),
        ("ask", "closed"),
        (["public"], "closed"),
    ],
)
def test_only_what_is_called_public_is_open(said, level):
    assert one(accessLevel=said).access.level == level


def test_restricted_bytes_are_linked_through_our_page():
    (entry,) = written(a_dataset(access=AccessRule(level=AccessLevel.ON_REQUEST)))["distribution"]
    assert "downloadURL" not in entry
    assert entry["accessURL"] == "https://data.example/dataset/wells/resource/wells-csv"


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("-109.5,36.9,-102,41", Place(bbox=BoundingBox(-109.5, 36.9, -102, 41))),
        ("[[-14.6, -179.2], [71.4, 179.8]]", Place(bbox=BoundingBox(-179.2, -14.6, 179.8, 71.4))),
        ("National", Place(name={"en": "National"})),
    ],
)
def test_places_are_boxes_or_names(said, place):
    assert one(spatial=said).spatial == (place,)


@pytest.mark.parametrize("said", ["N/A", "[[10, 20], [30, 40]]", "500,1,2,3" * 1000, {"type": "Point", "coordinates": [900, 1]}])
def test_a_place_that_cannot_be_known_is_kept_as_said(said):
    assert (one(spatial=said).spatial, one(spatial=said).raw) == ((), {"spatial": said})


def test_a_made_up_address_is_not_read_back_as_a_contact():
    assert written(DATASETS["bare"])["contactPoint"]["hasEmail"].endswith(".invalid")
    assert there_and_back(PROFILE, DATASETS["bare"]) == DATASETS["bare"]


def test_the_chain_above_a_publisher_is_kept():
    chain = {"name": "Park Office", "subOrganizationOf": {"name": "Outdoors", "subOrganizationOf": {"name": "Government"}}}
    dataset = one(publisher=chain)
    assert dataset.publisher == Agency(name="park-office", title={"en": "Park Office"}, parent="outdoors")
    assert dataset.raw == {"publisher": chain}


def test_a_licence_reaches_every_file_and_stays_where_there_is_none():
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    whole = one(license=licence, distribution=[{"downloadURL": "https://a.example/1.csv"}])
    assert whole.distribution[0].license == "http://creativecommons.org/publicdomain/zero/1.0/"
    assert one(license=licence).raw == {"license": licence}


def test_two_entries_alike_are_two_distributions():
    dataset = one(distribution=[{"title": "On request"}, {"title": "On request"}])
    assert len({each.id for each in dataset.distribution}) == 2
