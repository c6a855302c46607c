"""A data.json becomes one record a dataset; what is not taken is told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from catalog.harvests.records import HarvestSource
from harvesters.apply import read_record
from harvesters.base import Checkpoint, Fetching, HarvestRecord
from harvesters.http import FetchError
from harvesters.sources.dcat_us import SOURCE, address
from schemas.problems import Problem
from tests.payloads import payload


@dataclass
class OneAnswer:
    """A portal that gives one answer."""

    answer: Any
    asked: str = ""

    def get_json(self, url: str, *, params: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None) -> Any:
        self.asked = url
        return self.answer

    def get_text(self, url: str, **_: Any) -> str:
        raise AssertionError("Nothing but JSON is asked for.")


PORTAL = HarvestSource(name="agency", kind="dcat_us", url="http://agency.example/", language="en")


def harvested(answer: Any) -> list[HarvestRecord | Checkpoint | Problem]:
    return list(SOURCE.records(Fetching(source=PORTAL, http=OneAnswer(answer))))


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("http://a.example", "http://a.example/data.json"),
        ("http://a.example/x/", "http://a.example/x/data.json"),
        ("http://a.example/all.json?v=1", "http://a.example/all.json?v=1"),
    ],
)
def test_the_host_or_the_file_may_be_given(given, asked):
    assert address(given) == asked


def test_an_entry_without_identifier_keeps_its_identity_when_it_changes():
    first, second = ({"title": "Wells", "modified": day} for day in ("2025-01-01", "2025-02-01"))
    assert harvested({"dataset": [first]})[0].identifier == harvested({"dataset": [second]})[0].identifier


def test_an_identifier_that_stands_twice_is_told():
    record, problem, end = harvested({"dataset": [{"identifier": "a", "title": "1"}, {"identifier": "a", "title": "2"}]})
    assert (record.body["title"], problem.code, problem.path) == ("1", "repeated-identifier", "/dataset/1/identifier")
    assert end == Checkpoint("", 2)


@pytest.mark.parametrize("answer", [{"dataset": {}}, {}, 7, None, "text"])
def test_an_answer_without_datasets_ends_the_run(answer):
    with pytest.raises(FetchError, match="no list `dataset`"):
        harvested(answer)


def test_lists_of_the_third_version_are_not_passed_over_in_silence():
    assert [item.code for item in harvested({"dataset": [], "catalog": [{}]}) if isinstance(item, Problem)] == ["not-read"]


@pytest.mark.parametrize(("name", "count"), [("cms", 139), ("gsa", 339), ("opm", 134), ("fcc", 59), ("consumerfinance", 11)])
def test_every_dataset_of_the_federal_catalogues_is_read(name, count):
    items = harvested(json.loads(payload(f"g_dcatus/us_federal/{name}.json").read_bytes()))
    read = [read_record(item, PORTAL)[0] for item in items if isinstance(item, HarvestRecord)]
    assert len(read) == count
    assert all(read)
