"""The older form of data.gov.sg is read from its recorded answers; packages that are not recorded become Problems."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from catalog.access import VISITOR
from catalog.bootstrap import Catalog, open_catalog
from catalog.harvests.records import HarvestSource, RunState
from catalog.settings import Settings
from harvesters.base import Checkpoint, Fetching, HarvestRecord
from harvesters.http import HttpClient
from harvesters.runner import run_harvest
from harvesters.sources.datagovsg import SOURCE
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from tests.loopback import Answer, Loopback, Request, loopback
from tests.payloads import payload

FOLDER = "b_datagovsg/ckan_api_2023"
LICENCE = "https://data.gov.sg/open-data-licence"


def recorded(name: str) -> Any:
    return json.loads(payload(f"{FOLDER}/{name}.json").read_text("utf-8"))


@pytest.fixture
def portal() -> Iterator[Loopback]:
    package = recorded("package_show")

    def show(request: Request) -> Any:
        return package if request.params["id"] == package["result"]["name"] else Answer(status=404)

    with loopback({"/api/action/package_list": lambda _: recorded("package_list"), "/api/action/package_show": show}) as server:
        yield server


@pytest.fixture
def opened(portal: Loopback, settings: Settings) -> Iterator[Catalog]:
    catalog = open_catalog(replace(settings, harvest_allow=(portal.host,)))
    yield catalog
    catalog.close()


def source(portal: Loopback) -> HarvestSource:
    return HarvestSource(
        name="sg", kind="datagovsg", url=portal.url, language="en", license=LICENCE, files="link", options={"form": "ckan"}
    )


def fetching(portal: Loopback, resume: str = "") -> Fetching:
    return Fetching(source=source(portal), http=HttpClient(allow=[portal.host]), resume=resume)


def test_every_name_is_published_or_listed_as_a_problem(portal: Loopback, opened: Catalog) -> None:
    names = recorded("package_list")["result"]
    run = run_harvest(opened, source(portal))
    told = {problem.identifier for problem in opened.harvests.problems(run.id, limit=len(names))}
    assert (run.state, run.counts.added, run.counts.failed) == (RunState.COMPLETE, 1, len(names) - 1)
    assert told | {"resale-flat-prices"} == set(names)


def test_a_package_says_what_the_portal_says(portal: Loopback, opened: Catalog) -> None:
    portal.routes["/api/action/package_list"] = lambda _: {"success": True, "result": ["resale-flat-prices"]}
    run_harvest(opened, source(portal))
    dataset, told = opened.reading.entry(VISITOR, "resale-flat-prices").dataset, recorded("package_show")["result"]
    assert dataset.title == {"en": told["title"]}
    assert dataset.publisher and dataset.publisher.title == {"en": told["organization"]["title"]}
    assert dataset.accrual_periodicity.endswith("/MONTHLY")
    assert (dataset.temporal[0].start, dataset.temporal[0].end) == (told["coverage_start"], told["coverage_end"])
    assert {item.license for item in dataset.distribution} == {LICENCE} and dataset.license_asserted
    assert [item.download_url for item in dataset.distribution] == [item["url"] for item in told["resources"]]
    assert len(dataset.service) == sum(item["datastore_active"] for item in told["resources"])
    assert dataset.raw["sources"] == told["sources"]


def test_columns_have_types_and_units(portal: Loopback, opened: Catalog) -> None:
    portal.routes["/api/action/package_list"] = lambda _: {"success": True, "result": ["resale-flat-prices"]}
    run_harvest(opened, source(portal))
    table = opened.reading.entry(VISITOR, "resale-flat-prices").dataset.distribution[0].table_schema
    assert table
    types = {field.name: (field.type, field.unit) for field in table.fields}
    assert types["month"] == ("yearmonth", "")
    assert types["lease_commence_date"] == ("year", "")
    assert types["floor_area_sqm"] == ("number", "sqm")
    assert types["town"] == ("string", "")


def test_a_harvest_goes_on_after_the_package_that_is_done(portal: Loopback) -> None:
    portal.routes["/api/action/package_list"] = lambda _: {"success": True, "result": ["a-1", "../x", "b-1", "c-1"]}
    found = list(SOURCE.records(fetching(portal, resume="1")))
    assert [item.identifier for item in found if isinstance(item, HarvestRecord)] == ["b-1", "c-1"]
    assert [getattr(item, "code", "") for item in found] == ["no-identifier", "", "", ""]
    assert found[-1] == Checkpoint("4", 4)


def test_an_error_in_the_envelope_is_a_problem(portal: Loopback) -> None:
    portal.routes["/api/action/package_list"] = lambda _: {"success": False, "error": {"message": "no"}}
    assert [getattr(item, "code", "") for item in SOURCE.records(fetching(portal))] == ["refused"]


def test_a_file_keeps_its_own_link(portal: Loopback) -> None:
    distribution = Distribution(id="1", format="CSV", download_url="https://storage.example/x.csv")
    dataset = Dataset(name="x", title={}, identifier="d_1")
    assert SOURCE.file_url(fetching(portal), dataset, distribution) == "https://storage.example/x.csv"
    assert portal.requests == []
