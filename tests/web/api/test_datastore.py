"""Programs written for CKAN's datastore read our tables."""

import json
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import ckanapi  # type: ignore[import-untyped]
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

REGIONS, READINGS = "population-by-region/csv", "readings"


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def remote(client: FlaskClient) -> Iterator[Any]:
    server = make_server("127.0.0.1", 0, client.application, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    with ckanapi.RemoteCKAN(f"http://127.0.0.1:{server.server_port}") as site:
        yield site.action
    server.shutdown()
    thread.join()
    server.server_close()


def search(client: FlaskClient, status: int = 200, **given: Any) -> Any:
    answer = client.post("/api/3/action/datastore_search", json=given)
    body: Any = answer.json
    assert answer.status_code == status, answer.text
    assert body["success"] is (status == 200)
    assert body["help"].endswith("/api/3/action/help_show?name=datastore_search")
    return body["result"] if status == 200 else body["error"]


def test_ckanapi_reads_rows(remote: Any) -> None:
    found = remote.datastore_search(resource_id=REGIONS, filters={"region": ["KZ-10", "KZ-11"]}, sort="population desc", limit=5)
    assert [row["_id"] for row in found["records"]] == [2, 1]
    assert found["records"][0] == {"_id": 2, "region": "KZ-11", "name": "Ақмола облысы", "population": 787_900, "area_km2": 146.2}
    assert (found["total"], found["limit"], found["offset"]) == (2, 5, 0)
    assert [(field["id"], field["type"]) for field in found["fields"]] == [
        ("_id", "int"), ("region", "text"), ("name", "text"), ("population", "int"), ("area_km2", "numeric"),
    ]  # fmt: skip
    assert found["fields"][3]["info"]["unit"] == "persons"


def test_ckanapi_understands_errors(remote: Any) -> None:
    with pytest.raises(ckanapi.NotFound):
        remote.datastore_search(resource_id="nothing")
    with pytest.raises(ckanapi.NotFound):
        remote.datastore_search(resource_id="photos/csv")
    with pytest.raises(ckanapi.NotAuthorized):
        remote.datastore_search(resource_id="health-checkups/zip")
    with pytest.raises(ckanapi.ValidationError, match="Missing value"):
        remote.datastore_search()
    with pytest.raises(ckanapi.CKANAPIError, match="Action name not known: datastore_search_sql"):
        remote.datastore_search_sql(sql="SELECT 1")


def test_pages_follow_each_other(remote: Any) -> None:
    found: list[dict[str, Any]] = []
    pages = 0
    while page := remote.datastore_search(resource_id=READINGS, limit=7, offset=len(found))["records"]:
        found += page
        pages += 1
    assert (pages, [row["_id"] for row in found]) == (3, list(range(1, 18)))


def test_a_get_request_carries_json_in_its_parameters(client: FlaskClient) -> None:
    query = {"resource_id": READINGS, "filters": json.dumps({"station": "Тараз"}), "limit": "2", "fields": "station,_id"}
    body: Any = client.get("/api/action/datastore_search", query_string=query).json
    assert body["result"]["records"] == [{"_id": 4, "station": "Тараз"}, {"_id": 5, "station": "Тараз"}]
    assert body["result"]["total"] == 14
    following: Any = client.get(body["result"]["_links"]["next"]).json
    assert [row["_id"] for row in following["result"]["records"]] == [6, 7]


def test_a_form_may_be_json_as_curl_sends_it(client: FlaskClient) -> None:
    document = json.dumps({"resource_id": READINGS, "limit": 1})
    answer = client.post("/api/3/action/datastore_search", data=document, content_type="application/x-www-form-urlencoded")
    body: Any = answer.json
    assert len(body["result"]["records"]) == 1


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({"filters": {"population": {"gte": 1_134_900}}}, [4, 7, 9]),
        ({"filters": {"population": {"gt": 700_000, "lt": 710_000}}}, [5]),
        ({"filters": {"$or": [{"region": "KZ-10"}, {"$and": [{"region": "KZ-47"}, {"population": 786_900}]}]}}, [1, 12]),
        ({"filters": {"_id": [3, 5]}}, [3, 5]),
        ({"filters": {"region": None}}, []),
        ({"filters": {"region": [None, "KZ-10"]}}, [1]),
        ({"q": "ҚАЗАҚСТАН облысы"}, [6]),
        ({"q": {"name": "обл", "region": "kz-1"}}, [1, 2, 3, 4]),
        ({"sort": "_id desc", "limit": 2}, [12, 11]),
        ({"sort": '"population" desc nulls last, region', "limit": 1}, [4]),
        ({"offset": 11}, [12]),
        ({"limit": 0}, []),
    ],
)
def test_rows_are_chosen(client: FlaskClient, given: dict[str, Any], ids: list[int]) -> None:
    assert [row["_id"] for row in search(client, resource_id=REGIONS, **given)["records"]] == ids


def test_next_page_is_a_filter(client: FlaskClient) -> None:
    found = search(client, resource_id=REGIONS, limit=5, include_next_page=True)
    following = search(client, resource_id=REGIONS, limit=5, **found["next_page"])
    assert following["records"][0]["_id"] == 6


def test_distinct_rows_have_no_number(client: FlaskClient) -> None:
    found = search(client, resource_id=READINGS, fields=["station"], distinct=True, sort="station")
    assert [row["station"] for row in found["records"]] == ["Алматы", "Астана", "Тараз", "Шымкент"]
    assert (found["total"], [field["id"] for field in found["fields"]]) == (4, ["station"])


@pytest.mark.parametrize(
    ("form", "records"),
    [
        ("lists", [[1, "Астана", "2026-01-01", -18.5]]),
        ("csv", "1,Астана,2026-01-01,-18.5\n"),
        ("tsv", "1\tАстана\t2026-01-01\t-18.5\n"),
    ],
)
def test_records_have_the_form_asked_for(client: FlaskClient, form: str, records: Any) -> None:
    assert search(client, resource_id=READINGS, limit=1, records_format=form)["records"] == records


def test_the_total_may_be_left_out(client: FlaskClient) -> None:
    assert "total" not in search(client, resource_id=READINGS, include_total=False)


@pytest.mark.parametrize(
    "given",
    [
        {"filters": {"nothing": 1}}, {"filters": {"population": "many"}}, {"filters": {"population": {"like": 1}}},
        {"filters": "[1]"}, {"filters": "{"}, {"filters": {"region": []}}, {"sort": "nothing"}, {"sort": "region; drop table"},
        {"sort": "(select 1)"}, {"fields": ["nothing"]}, {"limit": -1}, {"limit": "1e3"}, {"offset": "x"},
        {"q": {"nothing": "a"}},
        {"q": ["a"]}, {"distinct": "perhaps"}, {"distinct": True, "fields": ["region"], "sort": "name"},
        {"records_format": "xml"}, {"q": "a b c d e f g h i"},
    ],
)  # fmt: skip
def test_wrong_arguments_are_named(client: FlaskClient, given: dict[str, Any]) -> None:
    error = search(client, 409, resource_id=REGIONS, **given)
    (name,) = set(error) - {"__type"}
    assert error["__type"] == "Validation Error"
    assert name in given
    assert error[name][0]


def test_a_limit_above_the_most_is_cut_and_told(client: FlaskClient) -> None:
    assert search(client, resource_id=REGIONS, limit=10**9)["limit"] == 32_000


def test_what_is_not_understood_is_a_bare_text(client: FlaskClient) -> None:
    for body in (b"{", b"[1]", b"[" * 10_000):
        answer = client.post("/api/3/action/datastore_search", data=body, content_type="application/json")
        assert (answer.status_code, answer.mimetype) == (400, "application/json")
        assert str(answer.json).startswith("Bad request: JSON Error")


def test_fields_and_size_are_told(client: FlaskClient) -> None:
    body: Any = client.get("/api/3/action/datastore_info", query_string={"id": REGIONS}).json
    assert body["result"]["meta"]["count"] == 12
    assert body["result"]["fields"][0] == {"id": "_id", "type": "int"}


def test_every_action_has_its_help(client: FlaskClient) -> None:
    body: Any = client.get("/api/3/action/help_show?name=datastore_search").json
    assert "resource_id" in body["result"]
    assert client.get("/api/3/action/help_show?name=nothing").status_code == 404
    assert client.get("/api/3").json == {"version": 3}


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(
        st.sampled_from(["region", "population", "_id", "$or", "$and", "gt", "no", "$$x"]), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["filters", "q", "sort", "fields", "limit", "offset", "distinct"]), ANYTHING, max_size=3))
def test_any_arguments_are_answered_or_refused(client: FlaskClient, given: dict[str, Any]) -> None:
    body = json.dumps({"resource_id": REGIONS, **given})
    answer = client.post("/api/3/action/datastore_search", data=body, content_type="application/json")
    assert answer.status_code in (200, 409), (given, answer.text)
