"""AI Hub's drawn trees and page sections become files, splits and the machine-learning part of a dataset."""

from typing import Any

import pytest

from schemas.access import AccessLevel
from schemas.dataset import Dataset
from schemas.forms import load_dataset
from schemas.profiles.aihub.page import read_page
from schemas.profiles.aihub.tree import is_tree, read_tree
from schemas.profiles.base import ReadContext
from schemas.profiles.portals.aihub import READER

TREE = """==========
aihubshell version 1
==========
    └─데이터
        ├─1.Training
        │  ├─라벨링 | 데이터
        │  │  └─a|b (1).zip | 1.5 GB | 7
        └─2.Validation
            └─b.tar | 12KB | 8
"""

PAGE = """<html><head><style>h3{}</style></head><body><nav><h3>소개</h3>메뉴</nav>
<h3>1. 소개</h3><p>첫 줄<br>둘째 줄</p><h3>구축목적</h3><p>목적</p>
<table><tr><th>데이터 영역</th><td>교육</td><th>라벨링 유형</th><td>분류</td></tr>
<tr><th>데이터 구축년도/데이터 구축량</th><td>2021년 / 10만 건</td></tr></table>
<h3>AI 모델</h3><p>기준 모델</p><h4>알 수 없는 제목</h4><p>버림</p></body></html>"""


def read(**given: Any) -> Dataset:
    body = {"key": "5", "title": "제목", "tree": TREE, "landing_page": "https://portal/view?5", **given}
    dataset, problems = load_dataset(READER.read(body, ReadContext()).document)
    assert dataset is not None, problems
    return dataset


def test_folders_sizes_and_keys_are_read_from_the_drawing() -> None:
    files, unread = read_tree(TREE)
    assert [(file.folders[1:], file.name, file.size, file.key, file.split) for file in files] == [
        (("1.Training", "라벨링 | 데이터"), "a|b (1).zip", "1.5 GB", "7", "training"),
        (("2.Validation",), "b.tar", "12KB", "8", "validation"),
    ]
    assert unread == []


def test_wider_drawings_are_read_too() -> None:
    files, _ = read_tree("set\n├── README.txt | 1.5KB | 1\n├── data/\n│   └── train.txt | 2.3MB | 2\n└── m.json | 15KB | 3")
    assert [file.path for file in files] == ["README.txt", "data/train.txt", "m.json"]


def test_lines_that_cannot_be_read_are_told() -> None:
    assert read_tree("└─a.zip | big | x") == ([], ["a.zip | big | x"])


@pytest.mark.parametrize("text", ["", "<html><h1>502 Bad Gateway</h1></html>", "Error"])
def test_an_error_page_is_no_tree(text: str) -> None:
    assert not is_tree(text)


def test_sections_and_tables_of_a_page_are_found_by_their_labels() -> None:
    assert read_page(PAGE) == {
        "introduction": "첫 줄\n둘째 줄", "purpose": "목적", "domain": "교육", "labelling_type": "분류",
        "year_and_volume": "2021년 / 10만 건", "model": "기준 모델",
    }  # fmt: skip


def test_page_sections_reach_their_properties() -> None:
    dataset = read(page=PAGE)
    assert (dataset.description, dataset.purpose) == ({"ko": "첫 줄\n둘째 줄"}, {"ko": "목적"})
    assert (dataset.ml.domain, dataset.ml.build_year, dataset.ml.model_cards[0].name) == ("교육", "2021", "기준 모델")
    assert dataset.ml.annotation is not None
    assert dataset.ml.annotation.labelling_type == "분류"


def test_only_residents_get_the_bytes_and_everybody_learns_how() -> None:
    dataset = read()
    assert dataset.access.level is AccessLevel.RESIDENTS
    assert sorted(dataset.access.eligibility) == ["en", "kk", "ko", "ru"]
    assert {file.download_url for file in dataset.distribution} == {""}


@pytest.mark.parametrize(
    "body",
    [None, [], "x", {}, {"key": None}, {"key": "5"}, {"key": "5", "tree": 5}, {"key": "5", "failure": "500"},
     {"key": "5", "tree": "페이지가 존재하지 않습니다."}],
)  # fmt: skip
def test_junk_becomes_problems(body: Any) -> None:
    reading = READER.read(body, ReadContext())
    assert reading.document == {}
    assert reading.problems


@pytest.mark.parametrize(
    "junk", [5, [], {"tags": 5, "field": [], "year": {}, "updated": "soon", "title": None}, {"tags": [None, 5]}]
)
def test_a_catalogue_of_wrong_types_leaves_the_rest(junk: Any) -> None:
    assert read(catalogue=junk).title == {"ko": "제목"}
