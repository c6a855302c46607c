"""Versions in the API: pages of them, one with its files, and what differs between two."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.bootstrap import Catalog
from schemas.access import AccessLevel, AccessRule
from tests.catalog.library import Library
from web import create_app

LEVELS = b"station,level\nAqtau,3\nAral,4\n"
ADDRESS = "/api/v1/datasets/rivers/versions"


@pytest.fixture
def library(catalog: Catalog, tmp_path: Path) -> Library:
    made = Library(catalog, tmp_path)
    made.release(levels=LEVELS)
    made.release(levels=LEVELS + b"Atyrau,5\n")
    return made


@pytest.fixture
def asking(library: Library) -> FlaskClient:
    return create_app(catalog=library.catalog).test_client()


def test_versions_come_newest_first_a_page_at_a_time(asking: FlaskClient) -> None:
    first = asking.get(f"{ADDRESS}?limit=1").get_json()
    rest = asking.get(ADDRESS, query_string={"cursor": first["next"]}).get_json()
    assert [(item["number"], item["version"], item["files"]) for item in first["items"]] == [(2, "1.1.0", 1)]
    assert [(item["number"], item["because"], item["bytes"]) for item in rest["items"]] == [(1, "First version.", len(LEVELS))]
    assert rest["next"] is None
    assert asking.get(first["items"][0]["url"].removeprefix("http://127.0.0.1:8000")).get_json()["number"] == 2


def test_a_version_lists_what_its_manifest_lists(asking: FlaskClient) -> None:
    assert asking.get(f"{ADDRESS}/1").get_json() == asking.get("/dataset/rivers/versions/1/manifest.json").get_json()


def test_a_difference_tells_level_columns_and_rows(asking: FlaskClient) -> None:
    found = asking.get(f"{ADDRESS}/1..2").get_json()
    (file,) = found["files"]
    rows = file["rows"]
    assert (found["level"], file["change"], rows["matched"], rows["added"], rows["removed"]) == (
        "minor", "changed", "whole-row", 1, 0,
    )  # fmt: skip
    (row,) = rows["examples_added"]
    assert (row["number"], row["cells"][0]) == (3, {"column": "station", "before": None, "after": "Atyrau"})


@pytest.mark.parametrize("path", ["/3", "/0", "/1..9", "/99999999999999999999"])
def test_what_is_not_there_is_a_problem_document(asking: FlaskClient, path: str) -> None:
    answer = asking.get(ADDRESS + path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_of_what_is_not_open_only_numbers_and_dates_are_told(library: Library, asking: FlaskClient) -> None:
    library.publish("levels", access=AccessRule(level=AccessLevel.CLOSED))
    items = asking.get(ADDRESS).get_json()["items"]
    assert [set(item) for item in items] == [{"number", "version", "created", "url"}] * 2
    assert {asking.get(f"{ADDRESS}/{path}").status_code for path in ("1", "1..2")} == {403}


def test_the_description_of_the_api_names_the_addresses(asking: FlaskClient) -> None:
    described = asking.get("/api/v1/openapi.json").get_json()["paths"]
    assert {"/api/v1/datasets/{name}/versions", "/api/v1/datasets/{name}/versions/{before}..{after}"} <= set(described)
