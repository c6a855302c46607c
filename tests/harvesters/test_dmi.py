"""DMI: pages are followed at the portal's own host, loops end, one failing service does not stop the others."""

from typing import Any

import pytest

from harvesters.http.errors import FetchError
from harvesters.sources.dmi import SOURCE
from schemas.forms import load_dataset
from schemas.profiles.base import ReadContext
from schemas.profiles.portals.dmi import READER
from tests.harvesters.fake_http import run

MET = "http://portal/v2/metObs"
FORECAST = "http://portal/v1/forecastdata"


def page(*names: str, following: str = "") -> dict[str, Any]:
    links = [{"rel": "next", "href": following}] if following else []
    return {"collections": [{"id": name} for name in names], "links": links}


def test_next_links_are_followed_at_the_host_asked_first() -> None:
    answers = {
        f"{MET}/collections": page("station", following="https://gateway.example/v2/metObs/collections?offset=1"),
        f"{MET}/collections?offset=1": page("observation"),
    }
    records, problems, _ = run(SOURCE, answers, services="metObs", forecast="no")
    assert ([record.identifier for record in records], problems) == (["metObs/station", "metObs/observation"], [])


def test_a_next_link_to_the_same_page_ends_with_a_problem() -> None:
    answers = {f"{MET}/collections": page("station", following=f"{MET}/collections")}
    records, problems, _ = run(SOURCE, answers, services="metObs", forecast="no")
    assert (len(records), [problem.code for problem in problems]) == (1, ["endless-pager"])


def test_a_failing_service_leaves_the_others() -> None:
    answers = {
        f"{MET}/collections": FetchError("status", "The server answers 500.", status=500),
        "http://portal/v2/oceanObs/collections": page("tidewater"),
    }
    records, problems, checkpoints = run(SOURCE, answers, services="metObs, oceanObs", forecast="no")
    assert [record.identifier for record in records] == ["oceanObs/tidewater"]
    assert [problem.code for problem in problems] == ["status"]
    assert [point.token for point in checkpoints] == ["metObs", "oceanObs"]


def test_a_killed_run_goes_on_after_the_last_whole_service() -> None:
    answers = {f"{MET}/collections": page("station"), "http://portal/v2/oceanObs/collections": page("station")}
    records, _, _ = run(SOURCE, answers, resume="metObs", services="metObs,oceanObs", forecast="no")
    assert [record.identifier for record in records] == ["oceanObs/station"]


@pytest.mark.parametrize("member", ["asset", "assets"])
def test_forecast_files_are_found_under_either_name_and_without_their_passing_addresses(member: str) -> None:
    file = {"href": "http://portal/download/run-1.grib", "type": "application/x-grib", "title": "Forecast file"}
    answers = {
        f"{FORECAST}/collections": page("wam_dw"),
        f"{FORECAST}/collections/wam_dw/items?limit=1": {"features": [{member: {"data": file}}]},
    }
    (record,), problems, _ = run(SOURCE, answers, services="")
    assert (record.body["assets"], problems) == ({"data": {"type": "application/x-grib", "title": "Forecast file"}}, [])
    dataset, _ = load_dataset(READER.read(record.body, ReadContext()).document)
    assert dataset is not None
    assert [(file.id, file.format) for file in dataset.distribution] == [("items", "GEOJSON"), ("asset-data", "GRIB")]


@pytest.mark.parametrize("junk", [None, [], "x", {"collections": None}, {"collections": {"a": 1}}, 7])
def test_an_answer_that_is_no_list_is_a_problem(junk: Any) -> None:
    records, problems, _ = run(SOURCE, {f"{MET}/collections": junk}, services="metObs", forecast="no")
    assert (records, [problem.code for problem in problems]) == ([], ["unexpected-answer"])


def test_entries_without_id_and_repeated_ones_are_reported() -> None:
    listed = {"collections": [{"id": "a"}, {"id": "a"}, {"title": "b"}, None, {"id": 5}]}
    records, problems, _ = run(SOURCE, {f"{MET}/collections": listed}, services="metObs", forecast="no")
    assert len(records) == 1
    assert [problem.code for problem in problems] == ["repeated-identifier", *["no-identifier"] * 3]
