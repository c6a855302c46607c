"""What can be asked for rows stands in the reference, with its parameters."""

from typing import Any

from flask.testing import FlaskClient


def test_the_reference_holds_viewer_and_datastore(client: FlaskClient) -> None:
    document: Any = client.get("/api/v1/openapi.json").json
    calls = {"is-valid", "splits", "first-rows", "rows", "search", "filter", "parquet", "size", "info", "statistics"}
    assert {path.rpartition("/")[2] for path in document["paths"] if path.startswith("/api/viewer/")} == calls
    asked = document["paths"]["/api/viewer/filter"]["get"]["parameters"]
    needed = {one["name"] for one in asked if one["required"]}
    assert (needed, {one["name"] for one in asked} - needed) == (
        {"dataset", "config", "split"}, {"where", "orderby", "offset", "length"},
    )  # fmt: skip
    assert set(document["paths"]["/api/3/action/{name}"]) >= {"get", "post"}


def test_the_page_of_the_api_shows_them(client: FlaskClient) -> None:
    page = client.get("/api/docs").text
    assert "/api/viewer/filter" in page
    assert "/api/3/action/{name}" in page


def test_unknown_addresses_below_the_api_are_answered_as_json(client: FlaskClient) -> None:
    for path in ("/api/3/nothing", "/api/viewer/nothing", "/api/v1/nothing"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
