"""The viewer answers as that of the Hugging Face Hub does, so that clients of the one read the other."""

from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests import Response

TABLE: dict[str, Any] = {"dataset": "air-temperature", "config": "readings", "split": "train"}
SPLIT: dict[str, Any] = {"dataset": "population-by-region", "config": "csv", "split": "train"}


def ask(client: FlaskClient, call: str, status: int = 200, **query: Any) -> Any:
    answer = client.get(f"/api/viewer/{call}", query_string=query)
    assert answer.status_code == status, answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == ("max-age=30" if status == 200 else "no-store")
    body: Any = answer.json
    return body if status == 200 else (answer.headers["X-Error-Code"], body["error"])


def test_rows_come_with_their_features_and_numbers(client: FlaskClient) -> None:
    found = ask(client, "rows", **TABLE, offset=1, length=1)
    assert found == {
        "features": [
            {"feature_idx": 0, "name": "station", "type": {"dtype": "string", "_type": "Value"}},
            {"feature_idx": 1, "name": "date", "type": {"dtype": "date32", "_type": "Value"}},
            {"feature_idx": 2, "name": "temperature", "type": {"dtype": "float64", "_type": "Value"}},
        ],
        "rows": [
            {"row_idx": 1, "row": {"station": "Алматы", "date": "2026-01-01", "temperature": None}, "truncated_cells": []}
        ],
        "num_rows_total": 17, "num_rows_per_page": 100, "partial": False,
    }  # fmt: skip


def test_first_rows_tell_whether_there_are_more(client: FlaskClient) -> None:
    found = ask(client, "first-rows", **TABLE)
    assert (found["dataset"], found["config"], found["split"]) == tuple(TABLE.values())
    assert (len(found["rows"]), found["truncated"]) == (17, False)


def test_search_finds_cyrillic_in_any_case(client: FlaskClient) -> None:
    found = ask(client, "search", **TABLE, query="алмАТЫ")
    assert [row["row_idx"] for row in found["rows"]] == [1]


def test_filters_and_orders_are_obeyed(client: FlaskClient) -> None:
    found = ask(client, "filter", **SPLIT, where='"population" > 900000', orderby='"population" DESC', length=2)
    populations = [row["row"]["population"] for row in found["rows"]]
    assert (populations[0], populations) == (1_531_200, sorted(populations, reverse=True))
    assert found["num_rows_total"] > 2


def test_splits_are_those_of_the_recipe_and_train_where_there_is_none(client: FlaskClient) -> None:
    assert [one["split"] for one in ask(client, "splits", dataset=SPLIT["dataset"])["splits"]] == ["train", "test"]
    assert ask(client, "splits", dataset=TABLE["dataset"]) == {"splits": [TABLE], "pending": [], "failed": []}


def test_splits_share_no_row(client: FlaskClient) -> None:
    parts = [ask(client, "rows", **(SPLIT | {"split": split}))["rows"] for split in ("train", "test")]
    regions = [row["row"]["region"] for part in parts for row in part]
    assert (len(regions), len(set(regions))) == (12, 12)


def test_parquet_files_load(client: FlaskClient) -> None:
    (file,) = ask(client, "parquet", dataset=TABLE["dataset"])["parquet_files"]
    body = client.get(file["url"].removeprefix("https://data.example.kz")).data
    assert (file["filename"], file["size"]) == ("table.parquet", len(body))
    assert body.startswith(b"PAR1")


def test_sizes_add_up(client: FlaskClient) -> None:
    found = ask(client, "size", dataset=SPLIT["dataset"])["size"]
    assert (
        found["dataset"]["num_rows"] == found["configs"][0]["num_rows"] == sum(one["num_rows"] for one in found["splits"]) == 12
    )
    assert ask(client, "size", dataset=SPLIT["dataset"], config="csv")["size"]["config"] == found["configs"][0]


def test_statistics_have_the_type_of_each_column(client: FlaskClient) -> None:
    found = ask(client, "statistics", **TABLE)
    told = {one["column_name"]: (one["column_type"], one["column_statistics"]) for one in found["statistics"]}
    assert {name: kind for name, (kind, _) in told.items()} == {
        "station": "string_label", "date": "datetime", "temperature": "float",
    }  # fmt: skip
    assert told["station"][1]["frequencies"]["Тараз"] == 14
    assert (told["temperature"][1]["nan_count"], told["temperature"][1]["min"]) == (1, -18.5)
    assert sum(told["temperature"][1]["histogram"]["hist"]) == 16
    assert len(told["temperature"][1]["histogram"]["bin_edges"]) == len(told["temperature"][1]["histogram"]["hist"]) + 1


def test_splits_have_statistics_of_their_own(client: FlaskClient) -> None:
    rows = {one["split"]: one["num_rows"] for one in ask(client, "size", dataset=SPLIT["dataset"])["size"]["splits"]}
    told = {split: ask(client, "statistics", **SPLIT | {"split": split})["num_examples"] for split in rows}
    assert told == rows and len(told) > 1


def test_what_can_be_asked_is_told(client: FlaskClient) -> None:
    everything = {"preview": True, "viewer": True, "search": True, "filter": True, "statistics": True}
    assert ask(client, "is-valid", **TABLE) == everything
    assert ask(client, "is-valid", dataset=SPLIT["dataset"])["viewer"] is True
    assert ask(client, "is-valid", dataset="photos") == dict.fromkeys(everything, False)


@pytest.mark.parametrize(
    ("call", "query", "status", "code"),
    [
        ("rows", {"dataset": "nowhere", "config": "csv", "split": "train"}, 404, "ExternalAuthenticatedError"),
        ("rows", {"dataset": "old-register", "config": "csv", "split": "train"}, 404, "ExternalAuthenticatedError"),
        ("rows", {"dataset": "health-checkups", "config": "zip", "split": "train"}, 401, "ExternalUnauthenticatedError"),
        ("rows", TABLE | {"config": "other"}, 404, "ResponseNotFound"),
        ("rows", TABLE | {"split": "test"}, 404, "ResponseNotFound"),
        ("statistics", TABLE | {"split": "test"}, 404, "ResponseNotFound"),
        ("rows", {"dataset": "air-temperature"}, 422, "MissingRequiredParameter"),
        ("rows", TABLE | {"length": 101}, 422, "MissingRequiredParameter"),
        ("rows", TABLE | {"offset": -1}, 422, "MissingRequiredParameter"),
        ("rows", TABLE | {"offset": 10**30}, 422, "MissingRequiredParameter"),
        ("search", TABLE, 422, "MissingRequiredParameter"),
        ("search", TABLE | {"query": "a b c d e f g h i"}, 422, "MissingRequiredParameter"),
        ("filter", TABLE, 422, "MissingRequiredParameter"),
        ("filter", TABLE | {"where": "1=1"}, 422, "MissingRequiredParameter"),
    ],
)
def test_errors_have_the_codes_of_the_hub(client: FlaskClient, call: str, query: dict[str, Any], status: int, code: str) -> None:
    assert ask(client, call, status, **query)[0] == code


def test_who_shows_credentials_learns_no_more_than_of_what_is_not_there(client: FlaskClient) -> None:
    token = {"Authorization": "Bearer something"}
    query = {"config": "zip", "split": "train"}
    denied, missing = (
        client.get("/api/viewer/rows", query_string={"dataset": name, **query}, headers=token)
        for name in ("health-checkups", "nowhere")
    )
    assert (denied.status_code, denied.data) == (missing.status_code, missing.data)


@pytest.mark.parametrize("parameter", ["where", "orderby"])
def test_a_wrong_filter_says_where_it_goes_wrong(client: FlaskClient, parameter: str) -> None:
    _, text = ask(client, "filter", 422, **TABLE, **{parameter: '"station" !'})
    assert text.startswith(f"Parameter '{parameter}' contains invalid symbols. In `{parameter}` at character 11: expected")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["where", "orderby", "query", "offset", "length", "split", "config", "dataset"]), st.binary(max_size=40))
def test_any_bytes_are_answered_or_refused(client: FlaskClient, parameter: str, value: bytes) -> None:
    given = {**TABLE, "where": "\"station\" = 'a'", "query": "a"} | {parameter: value}
    for call in ("filter", "search", "rows"):
        assert client.get(f"/api/viewer/{call}", query_string=given).status_code in (200, 404, 422)


class Session:
    """Asks our site where the library would ask the Hub."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def get(self, url: str, **_: Any) -> Response:
        parts, answer = urlsplit(url), Response()
        given = self._client.get(f"/api/viewer{parts.path}?{parts.query}")
        answer.status_code, answer._content = given.status_code, given.data
        answer.headers.update(given.headers)
        return answer


def test_the_library_datasets_reads_files_and_facts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    library: Any = import_module("datasets.utils._dataset_viewer")
    monkeypatch.setattr(library, "get_session", lambda: Session(client))
    (file,) = library.get_exported_parquet_files(TABLE["dataset"], None, None)
    infos = library.get_exported_dataset_infos(TABLE["dataset"], None, None)
    told = import_module("datasets").DatasetInfo.from_dict(infos["readings"])
    assert file["filename"] == "table.parquet"
    assert (told.splits["train"].num_examples, list(told.features)) == (17, ["station", "date", "temperature"])
