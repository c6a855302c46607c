"""Each demo portal answers as the portals of its kind do: pages end, errors have their envelope, keys and expiry count."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.web.demo.conftest import AJAX, FIRST, fresh
from web.demo.portals import datagovsg, egovkz

Open = Callable[[str], FlaskClient]


@pytest.mark.parametrize("kind", FIRST)
def test_a_portal_is_busy_once_and_says_for_how_long(kind: str) -> None:
    client = fresh(kind)
    refusal = client.get(FIRST[kind], headers=AJAX)
    assert (refusal.status_code, refusal.headers["Retry-After"]) == (429, "1")
    assert client.get(FIRST[kind], headers=AJAX).status_code in (200, 502)


def test_ckan_pages_hold_five_and_end_at_the_count(portal: Open) -> None:
    client, ids = portal("ckan"), []
    while page := client.get(f"/api/3/action/package_search?rows=1000&start={len(ids)}").json["result"]["results"]:
        assert len(page) <= 5
        ids += [package["id"] for package in page]
    count = client.get("/api/3/action/package_search").json["result"]["count"]
    assert len(set(ids)) == len(ids) == count == 16
    assert ids == sorted(ids)


def test_ckan_narrows_by_modification(portal: Open) -> None:
    filter_query = "metadata_modified:[2026-06-01T00:00:00Z TO *]"
    result = portal("ckan").get("/api/3/action/package_search", query_string={"fq": filter_query}).json["result"]
    assert result["count"] == 15


def test_ckan_failures_have_its_envelope(portal: Open) -> None:
    client = portal("ckan")
    unknown = client.get("/api/3/action/package_show?id=nowhere")
    assert (unknown.status_code, unknown.json["success"], unknown.json["error"]["__type"]) == (404, False, "Not Found Error")
    assert client.get("/api/3/action/package_burn").status_code == 400


def test_ckan_shows_packages_organizations_and_its_status(portal: Open) -> None:
    client = portal("ckan")
    assert client.get("/api/3/action/package_show?id=libraries").json["result"]["title"] == "Public libraries"
    assert len(client.get("/api/3/action/organization_list?all_fields=true").json["result"]) == 3
    assert client.get("/api/3/action/status_show").json["result"]["ckan_version"]


def test_files_know_when_they_are_unchanged(portal: Open) -> None:
    client = portal("ckan")
    resource = client.get("/api/3/action/package_show?id=schools").json["result"]["resources"][0]
    answer = client.get(urlsplit(resource["url"]).path)
    assert len(answer.data) == resource["size"]
    again = client.get(urlsplit(resource["url"]).path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    part = client.get(urlsplit(resource["url"]).path, headers={"Range": "bytes=0-8"})
    assert (part.status_code, part.data) == (206, b"school_id")


def test_singapore_pages_end_where_it_says(portal: Open) -> None:
    client = portal("datagovsg")
    pages = [client.get(f"/v2/public/api/datasets?page={page}").json["data"] for page in (1, 2, 3, 4)]
    assert {page["pages"] for page in pages} == {3}
    assert [page["rowCount"] for page in pages] == [5, 5, 2, 0]


def test_singapore_gives_a_csv_only_when_asked_to_prepare_it_and_for_an_hour() -> None:
    now = [1_790_000_000.0]
    client = datagovsg.make_app(lambda: now[0]).test_client()
    client.get("/v2/public/api/datasets")
    key = next(e["datasetId"] for e in client.get("/v2/public/api/datasets").json["data"]["datasets"] if e["format"] == "CSV")
    root = f"/v1/public/api/datasets/{key}"
    assert client.get(f"{root}/poll-download").json["errorMsg"]
    assert client.get(f"{root}/initiate-download").json["code"] == 0
    url = client.get(f"{root}/poll-download").json["data"]["url"]
    assert client.get(url).status_code == 200
    now[0] += 3599
    assert client.get(url).status_code == 200
    now[0] += 1
    expired = client.get(url)
    assert (expired.status_code, b"expired" in expired.data) == (403, True)
    assert client.get(url.replace("X-Amz-Date=1790000000", "X-Amz-Date=1790003600")).status_code == 403


def test_singapore_rows_are_paged_and_all_texts(portal: Open) -> None:
    client, seen = portal("datagovsg"), 0
    key = client.get("/v2/public/api/datasets").json["data"]["datasets"][0]["datasetId"]
    url = f"/api/action/datastore_search?resource_id={key}"
    while (result := client.get(url).json["result"])["records"]:
        seen, url = seen + len(result["records"]), result["_links"]["next"]
        assert isinstance(result["records"][0]["rainfall_mm"], str)
    assert seen == result["total"] == 216


def test_singapore_describes_columns_in_order(portal: Open) -> None:
    client = portal("datagovsg")
    key = client.get("/v2/public/api/datasets").json["data"]["datasets"][0]["datasetId"]
    columns = client.get(f"/v2/public/api/datasets/{key}/metadata").json["data"]["columnMetadata"]
    names = [columns["metaMapping"][column]["name"] for column in columns["order"]]
    assert names == ["month", "station_id", "station", "rainfall_mm", "rain_days"]


def test_danish_items_are_paged_by_next_links_without_a_total(portal: Open) -> None:
    client, url, ids = portal("dmi"), "/v2/metObs/collections/observation/items?limit=100", []
    while url:
        page = client.get(url).json
        ids += [feature["id"] for feature in page["features"]]
        assert "numberMatched" not in page
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    assert len(set(ids)) == len(ids) == 288


def test_danish_items_are_narrowed_by_station_and_time(portal: Open) -> None:
    query = {"stationId": "06030", "parameterId": "temp_dry", "datetime": "2026-10-01T00:00:00Z/2026-10-01T05:00:00Z"}
    found = portal("dmi").get("/v2/metObs/collections/observation/items", query_string=query).json["features"]
    assert {feature["properties"]["stationId"] for feature in found} == {"06030"}
    assert len(found) == 6


def test_danish_forecasts_are_stac_items_with_one_file(portal: Open) -> None:
    client = portal("dmi")
    item = client.get("/v1/forecastdata/collections/wam_dw/items").json["features"][0]
    assert client.get(item["asset"]["points"]["href"]).mimetype == "text/csv"
    assert client.get("/v2/forecastdata/collections").status_code == 404


def test_korean_texts_come_with_a_wrong_status_and_trees_are_drawn(portal: Open) -> None:
    client = portal("aihub")
    listing = client.get("/info/dataset.do")
    assert (listing.status_code, "90101, 한강 수위" in listing.text) == (502, True)
    assert "        │  └─라벨링데이터" in client.get("/info/90101.do").text
    assert "페이지가 존재하지 않습니다." in client.get("/info/90199.do").text


def test_korean_files_are_refused_with_and_without_a_key(portal: Open) -> None:
    client = portal("aihub")
    assert client.get("/down/0.6/90101.do?fileSn=all").status_code == 401
    assert client.get("/down/0.6/90101.do?fileSn=all", headers={"apikey": "anything"}).status_code == 403


def test_kazakh_lists_give_ten_whatever_one_asks_for(portal: Open) -> None:
    client = portal("egovkz")
    sizes = [len(client.get(f"/datasets/getdatasetsre?page={page}&count=500", headers=AJAX).json) for page in (1, 2, 3)]
    assert sizes == [10, 9, 0]
    assert client.get("/datasets/getdatasetsrecount").json == 19
    assert client.get("/datasets/getdatasetsre?page=1").status_code == 403


def test_kazakh_rows_need_the_key_and_passports_do_not(portal: Open) -> None:
    client = portal("egovkz")
    assert client.get("/meta/qala_halqy_2021/v1").json["fields"]["id"]["pk"] is True
    assert client.get("/api/v4/qala_halqy_2021/v1").status_code == 403
    query = {"apiKey": egovkz.KEY, "source": json.dumps({"from": 20, "size": 100})}
    assert len(client.get("/api/v4/qala_halqy_2021/v1", query_string=query).json) == 2
    assert client.get("/api/detailed/qala_halqy_2021/v1", query_string=query).json["totalCount"] == 22
    assert client.get("/api/v4/qala_halqy_2021/v1", query_string={**query, "source": "[1"}).status_code == 400


def test_kazakh_datasets_kept_at_agencies_come_through_the_proxy(portal: Open) -> None:
    client = portal("egovkz")
    assert client.get("/meta/qaldyq_turleri_7/v1").status_code == 404
    hosted = client.get(f"/proxy/qaldyq_turleri_7?apiKey={egovkz.KEY}").json
    assert (hosted["meta"]["apiUri"], len(hosted["data"])) == ("qaldyq_turleri_7", 32)
    assert client.get("/proxy/gp_od_kyzmet_9").json["status"] == 500
