"""Rows that pass a filter are sent as a file, up to a limit that is said."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import polars
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.tables.query import service
from catalog.tables.query.writing import harmless

TABLE = "/dataset/air-temperature/resource/readings/rows"
REGIONS = "/dataset/population-by-region/resource/csv/rows"


def fetched(client: FlaskClient, ending: str, path: str = TABLE, **query: Any) -> Any:
    answer = client.get(f"{path}.{ending}", query_string=query)
    assert answer.status_code == 200, answer.text
    return answer


def test_every_form_holds_the_same_rows(client: FlaskClient) -> None:
    asked = {"where": "\"station\" <> 'Тараз'", "orderby": '"temperature" DESC', "columns": "temperature,date,station"}
    rows = [(2.5, "2026-01-01", "Шымкент"), (-18.5, "2026-01-01", "Астана"), (None, "2026-01-01", "Алматы")]
    names = ("temperature", "date", "station")
    objects = [dict(zip(names, row, strict=True)) for row in rows]
    assert fetched(client, "json", **asked).json == objects
    assert [json.loads(line) for line in fetched(client, "jsonl", **asked).text.splitlines()] == objects
    table = list(csv.reader(io.StringIO(fetched(client, "csv", **asked).text)))
    assert table == [list(names), *([str(cell) if cell is not None else "" for cell in row] for row in rows)]
    frame = polars.read_parquet(io.BytesIO(fetched(client, "parquet", **asked).data))
    assert frame.schema == {"temperature": polars.Float64, "date": polars.Date, "station": polars.String}
    assert [(row[0], row[1].isoformat(), row[2]) for row in frame.rows()] == rows


def test_the_whole_table_keeps_its_types(client: FlaskClient) -> None:
    whole = polars.read_parquet(io.BytesIO(fetched(client, "parquet").data))
    assert (whole.height, list(whole.columns)) == (17, ["station", "date", "temperature"])


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "parquet"])
def test_no_rows_are_an_empty_table(client: FlaskClient, ending: str) -> None:
    answer = fetched(client, ending, where="\"station\" = ''")
    read: dict[str, Callable[[], Any]] = {
        "csv": lambda: list(csv.DictReader(io.StringIO(answer.text))), "json": lambda: answer.json,
        "jsonl": lambda: answer.text.splitlines(), "parquet": lambda: polars.read_parquet(io.BytesIO(answer.data)).rows(),
    }  # fmt: skip
    assert read[ending]() == []


def test_what_was_asked_is_told_in_headers(client: FlaskClient) -> None:
    answer = fetched(client, "csv", REGIONS, query="қазақстан")
    assert (answer.headers["X-Total-Count"], answer.headers["X-Rows-Limit"]) == ("1", "100000")
    assert "population-by-region-csv.csv" in answer.headers["Content-Disposition"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    described = answer.headers["Link"].partition(">")[0].strip("<")
    assert client.get(described).status_code == 200


def test_a_split_is_sent_alone(client: FlaskClient) -> None:
    parts = [fetched(client, "json", REGIONS, split=split, columns="region").json for split in ("train", "test", "")]
    regions = [{row["region"] for row in part} for part in parts]
    assert regions[0] | regions[1] == regions[2]
    assert not regions[0] & regions[1]


def test_more_rows_than_are_written_out_are_refused_with_the_way_out(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST", 16)
    answer = client.get(f"{TABLE}.json")
    assert answer.status_code == 400
    assert "17 rows and at most 16" in answer.text
    assert "/dataset/air-temperature/versions/1/made/readings/table.parquet" in answer.text
    assert client.get(f"{TABLE}.json", query_string={"where": "\"station\" = 'Тараз'"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{TABLE}.xml", 404), (f"{TABLE}.csv?where=1", 400), (f"{TABLE}.csv?orderby=x", 400), (f"{TABLE}.csv?columns=x", 400),
        (f"{TABLE}.csv?filter=x", 400), (f"{TABLE}.csv?split=test", 404), ("/dataset/photos/resource/a/rows.csv", 404),
        ("/dataset/health-checkups/resource/zip/rows.csv", 403), ("/dataset/old-register/resource/a/rows.csv", 410),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_refused(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2+3", "'-2+3"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("-5", "-5"), ("+5.25", "+5.25"), ("-1e-9", "-1e-9"), ("-3,5", "-3,5"), ("-", "'-"),
        ("a=1", "a=1"), ("", ""), (-5, -5), (None, None),
    ],
)  # fmt: skip
def test_formulas_are_made_harmless_and_negative_numbers_stay(cell: Any, written: Any) -> None:
    assert harmless(cell) == written


def test_a_table_is_described_with_its_columns(client: FlaskClient) -> None:
    answer = client.get("/dataset/population-by-region/resource/csv/openapi.json")
    body: Any = json.loads(answer.text)
    assert (answer.status_code, answer.mimetype, body["openapi"]) == (200, "application/vnd.oai.openapi+json", "3.1.0")
    columns = body["components"]["schemas"]["Row"]["properties"]
    assert list(columns) == ["region", "name", "population", "area_km2"]
    assert columns["population"] == {"type": ["integer", "null"], "format": "int64", "x-unit": "persons"}
    assert columns["region"]["title"] == "Region code (ISO 3166-2)"
    assert columns["region"]["x-codes"] == {"KZ-10": "Абай облысы"}
    assert body["components"]["parameters"]["columns"]["schema"]["items"]["enum"] == list(columns)
    assert body["components"]["parameters"]["split"]["schema"]["enum"] == ["train", "test"]
    for path in body["paths"]:
        asked = {"dataset": "population-by-region", "config": "csv", "split": "test", "orderby": '"name"'}
        assert client.get(path, query_string=asked if "viewer" in path else {}).status_code == 200
    assert client.get("/dataset/health-checkups/resource/zip/openapi.json").status_code == 403


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["where", "orderby", "query", "columns", "split", "other"]), st.binary(max_size=30))
def test_any_bytes_are_answered_or_refused(client: FlaskClient, parameter: str, value: bytes) -> None:
    for ending in ("csv", "parquet"):
        assert client.get(f"{TABLE}.{ending}", query_string={parameter: value}).status_code in (200, 400, 404)
