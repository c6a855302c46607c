"""An entry of data.go.kr loses the agency from its title, and nothing else."""

from typing import Any

import pytest

from schemas.forms import load_dataset
from schemas.profiles.base import ReadContext
from schemas.profiles.portals.datagokr import READER


@pytest.mark.parametrize("keys", [("list_title", "org_nm", "end_point_url"), ("title", "org", "endpoint")])
def test_both_spellings_of_the_keys_are_read(keys: tuple[str, str, str]) -> None:
    body = {"list_id": 7, **dict(zip(keys, ("기관_자료", "기관", "https://api.example/x"), strict=True)), "keywords": " 가 ,나,"}
    dataset, _ = load_dataset(READER.read(body, ReadContext()).document)
    assert dataset is not None
    assert (dataset.title, dataset.raw, dataset.keyword) == ({"ko": "자료"}, {"title": "기관_자료"}, {"ko": ("가", "나")})
    assert dataset.service[0].endpoint_url == "https://api.example/x"


def test_an_endpoint_without_scheme_is_kept_and_reported() -> None:
    reading = READER.read({"list_id": "7", "title": "자료", "endpoint": "api.example/x"}, ReadContext())
    assert [problem.code for problem in reading.problems] == ["not-an-address"]
    assert (reading.document["raw"], "service" in reading.document) == ({"endpoint": "api.example/x"}, False)


@pytest.mark.parametrize("body", [None, [], {}, {"list_id": None}])
def test_junk_becomes_problems(body: Any) -> None:
    reading = READER.read(body, ReadContext())
    assert (reading.document, len(reading.problems)) == ({}, 1)
