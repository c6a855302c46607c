"""data.go.kr: rows are operations, so a dataset that comes again is no second one; loops end."""

from typing import Any

import pytest

from harvesters.sources.datagokr import LIST, SOURCE
from tests.harvesters.fake_http import run

URL = f"http://portal{LIST}"


def page(number: int) -> str:
    return f"{URL}?page={number}&perPage=1000"


def test_operations_of_one_dataset_are_one_record() -> None:
    answers = {page(1): {"data": [{"list_id": 1}, {"list_id": "1"}, {"list_id": 2}]}, page(2): {"data": [{"list_id": 2}]},
               page(3): {"data": []}}  # fmt: skip
    records, problems, checkpoints = run(SOURCE, answers)
    assert ([record.identifier for record in records], problems) == (["1", "2"], [])
    assert [point.token for point in checkpoints] == ["2", "3"]


def test_a_pager_without_end_is_left() -> None:
    records, problems, _ = run(SOURCE, {URL: {"data": [{"list_id": 1}]}})
    assert (len(records), [problem.code for problem in problems]) == (1, ["endless-pager"])


@pytest.mark.parametrize("junk", [None, [], "x", {"data": {}}])
def test_a_list_that_is_none_is_a_problem(junk: Any) -> None:
    records, problems, _ = run(SOURCE, {URL: junk})
    assert (records, [problem.code for problem in problems]) == ([], ["unexpected-answer"])


def test_rows_without_list_id_are_reported() -> None:
    records, problems, _ = run(SOURCE, {page(1): {"data": [None, {}, {"list_id": 3}]}, page(2): {"data": []}})
    assert (len(records), [problem.code for problem in problems]) == (1, ["no-identifier"] * 2)
