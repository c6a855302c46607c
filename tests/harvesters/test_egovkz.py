"""data.egov.kz: ten a page to the empty one, passports by version, keys only at the moment of fetching."""

from typing import Any

import pytest

from catalog.harvests.records import HarvestSource
from harvesters.base import Fetching
from harvesters.http.errors import FetchError
from harvesters.sources.egovkz import SOURCE
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from tests.harvesters.fake_http import FakeHttp, run

LIST = "http://portal/datasets/getdatasetsre"


def listed(number: int) -> str:
    return f"{LIST}?page={number}&count=10&text=&status=PUBLISHED"


def test_pages_are_read_until_an_empty_one_whatever_the_count_says() -> None:
    answers = {
        listed(1): {"datasets": [{"apiUri": f"a{n}"} for n in range(10)]}, listed(2): {"datasets": [{"apiUri": "b"}]},
        listed(3): {"datasets": []}, "http://portal/datasets/getdatasetsrecount?status=PUBLISHED": 3923,
    }  # fmt: skip
    records, problems, checkpoints = run(SOURCE, answers)
    assert (len(records), [problem.code for problem in problems]) == (11, ["fewer-than-counted"])
    assert [(point.token, point.total) for point in checkpoints] == [("2", 3923), ("3", 3923)]


def test_a_pager_without_end_is_left() -> None:
    records, problems, _ = run(SOURCE, {LIST: [{"apiUri": "a"}]})
    assert (len(records), [problem.code for problem in problems]) == (1, ["endless-pager"])


def test_a_run_goes_on_at_its_page() -> None:
    answers = {listed(2): [{"apiUri": "b"}], listed(3): []}
    records, problems, _ = run(SOURCE, answers, resume="2")
    assert ([record.identifier for record in records], problems) == (["b"], [])


def test_the_passport_is_asked_in_the_version_of_the_list() -> None:
    answers = {listed(1): [{"apiUri": "a", "version": 7}], listed(2): [], "http://portal/meta/a/v7": {"nameRu": "Имя"}}
    (record,), _, _ = run(SOURCE, answers)
    assert (record.body["version"], record.body["passport"]) == ("v7", {"nameRu": "Имя"})


def test_a_passport_that_names_an_agency_host_is_asked_for_rows_through_the_proxy() -> None:
    answers = {
        listed(1): [{"apiUri": "a"}], listed(2): [], "http://portal/meta/a/v1": {"apiUri": "https://agency.example/x"},
        "http://portal/proxy/a?apiKey=k": {"meta": {}, "data": [{"Id": "01"}, {"Id": 2, "v": 1.5}, {"v": None}]},
    }  # fmt: skip
    (record,), _, _ = run(SOURCE, answers, key="k")
    assert record.body["data"] == {"rows": 3, "columns": {"Id": ["integer", "string"], "v": ["number"]}}


def test_a_silent_agency_does_not_take_the_passport_away() -> None:
    answers = {
        listed(1): [{"apiUri": "a"}], listed(2): [], "http://portal/meta/a/v1": {"apiUri": "https://agency.example/x"},
        "http://portal/proxy/a": FetchError("status", "The server answers 500.", status=500),
    }  # fmt: skip
    (record,), _, _ = run(SOURCE, answers)
    assert ("failure" in record.body, record.body["no_data"]) == (False, "The server answers 500.")


@pytest.mark.parametrize("answer", [[1], "x", {"status": 500, "error": "Internal Server Error"}])
def test_a_passport_that_is_none_fails_its_record(answer: Any) -> None:
    (record,), _, _ = run(SOURCE, {listed(1): [{"apiUri": "a"}], listed(2): [], "http://portal/meta/a/v1": answer})
    assert record.body["failure"]


@pytest.mark.parametrize("junk", [None, {}, "x", {"datasets": 5}])
def test_a_list_that_is_none_is_a_problem(junk: Any) -> None:
    records, problems, _ = run(SOURCE, {LIST: junk})
    assert (records, [problem.code for problem in problems]) == ([], ["unexpected-answer"])


def test_entries_without_apiuri_and_repeated_ones_are_reported() -> None:
    answers = {listed(1): [{"apiUri": "a"}, {"apiUri": "a"}, {"nameRu": "x"}, None, {"apiUri": 5}], listed(2): []}
    records, problems, _ = run(SOURCE, answers)
    assert (len(records), [problem.code for problem in problems]) == (1, ["repeated-identifier", *["no-identifier"] * 3])


@pytest.mark.parametrize(
    ("access", "expected"),
    [
        ("http://portal/api/v4/a/v1", "http://portal/api/v4/a/v1?apiKey=k&source=%7B%22from%22%3A+0%2C+%22size%22%3A+50%7D"),
        ("http://portal/proxy/a", "http://portal/proxy/a?apiKey=k"),
        ("http://portal/datasets/view?index=a", ""),
    ],
)
def test_the_key_is_added_only_to_the_address_fetched_now(access: str, expected: str) -> None:
    source = HarvestSource(name="p", kind="egovkz", url="http://portal", options={"rows": "50"})
    fetching = Fetching(source=source, http=FakeHttp({}), secrets={"key": "k"})
    dataset = Dataset(name="a", title={"ru": "Имя"})
    assert SOURCE.file_url(fetching, dataset, Distribution(id="data", access_url=access)) == expected
