"""Serves recorded answers the way each portal would: hosts rewritten, envelopes as documented, and nothing invented.

What no payload holds is answered as the portal answers an unknown address. Bodies that the payloads lack are the documented
shape, not a recorded answer.
"""

import ast
import csv
import io
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.loopback import Answer, Request, Route
from tests.payloads import payload

TREE_UNKNOWN = "d_korea/aihubshell_detail/not_found.txt"
PASSPORTS = (
    "opendata-api-uri493", "the_volume_of_hazardous_waste_1", "volume_of_medical_waste_by_reg", "volumes_of_generated_waste_by_",
    "waste_volume_by_type",
)  # fmt: skip
FAILED_PROXY = "gp_od_service_5"


def read_json(path: str) -> Any:
    """Return a payload as JSON."""
    return json.loads(payload(path).read_text("utf-8"))


def read_rows(path: str) -> list[dict[str, str]]:
    """Return a CSV payload as rows; cells may be longer than the library's own limit."""
    csv.field_size_limit(2**24)
    return list(csv.DictReader(io.StringIO(payload(path).read_text("utf-8-sig"), newline="")))


def aihub(list_status: int = 200) -> dict[str, Route]:
    """Return AI Hub: the list as lines, the tree of 86, the recorded answer to every other key, the catalogue with details."""
    titles = read_json("d_korea/aihub/aihub_catalog.json")
    lines = "\n".join(f"{entry['id']}, {entry['title']}" for entry in titles)
    listing = f"{'=' * 42}\n{lines}\n{'=' * 42}\n".encode()

    def tree(request: Request) -> Answer:
        recorded = "d_korea/aihubshell_detail/86.txt" if request.path == "/info/86.do" else TREE_UNKNOWN
        return Answer(body=payload(recorded).read_bytes(), status=list_status)

    return {
        "/info/dataset.do": lambda request: Answer(body=listing, status=list_status),
        "/info/": tree,
        "/catalogue.json": lambda request: read_json("d_korea/aihub/aihub_catalog_detail.json"),
    }


def datagokr() -> dict[str, Route]:
    """Return the list of open APIs in the documented envelope; the category, a key of the copy, goes back into its entries."""
    categories = read_json("d_korea/data.go.kr_open-data-list/public_data_all.json")["categories"]
    rows = [{**entry, "category_nm": category} for category, entries in categories.items() for entry in entries]

    def page(request: Request) -> dict[str, Any]:
        number, size = int(request.params["page"]), int(request.params["perPage"])
        data = rows[(number - 1) * size : number * size]
        counts = {"currentCount": len(data), "matchCount": len(rows), "totalCount": len(rows)}
        return {**counts, "data": data, "page": number, "perPage": size}

    return {"/api/15077093/v1/open-data-list": page}


def egovkz(entries: list[dict[str, Any]], proxied: Mapping[str, Answer | dict[str, Any]]) -> dict[str, Route]:
    """Return data.egov.kz: a list of ten a page, its count, and answers behind `/proxy/` by apiUri."""

    def page(request: Request) -> dict[str, Any]:
        start = (int(request.params["page"]) - 1) * 10
        return {"datasets": entries[start : start + 10], "totalCount": len(entries)}

    def proxy(request: Request) -> Any:
        return proxied.get(unquote(request.path.removeprefix("/proxy/")), Answer(status=404))

    return {"/datasets/getdatasetsre": page, "/datasets/getdatasetsrecount": lambda request: len(entries), "/proxy/": proxy}


def crawl_entries() -> list[dict[str, Any]]:
    """Return the rows of the crawl as list entries: what the pages said, without their headings."""
    return [_entry(row) for row in read_rows("e_kazakhstan/catalogue_crawl/byCGO.csv")]


def _entry(row: Mapping[str, str]) -> dict[str, Any]:
    link = urlsplit(row["Data Link"]).path.split("/")
    return {
        "apiUri": parse_qs(urlsplit(row["Dataset URL"]).query)["index"][0],
        "version": link[4] if "v4" in link[:4] and len(link) > 4 else "",
        "nameRu": row["Version Name"], "descriptionRu": row["Version Description"],
        "responsible": {"fullnameRu": row["Version Owner"]},
        "keywords": row["Keywords"].removeprefix("Ключевые слова").strip(),
    }  # fmt: skip


def passports() -> tuple[list[dict[str, Any]], dict[str, Answer | dict[str, Any]]]:
    """Return list entries for the recorded proxy answers, and those answers by apiUri; the last one failed."""
    answers: dict[str, Answer | dict[str, Any]] = {}
    for name in PASSPORTS:
        (row,) = read_rows(f"e_kazakhstan/passport_and_data/{name}.csv")
        answers[name] = {"meta": ast.literal_eval(row["meta"]), "data": ast.literal_eval(row["data"])}
    (failed,) = read_rows(f"e_kazakhstan/passport_and_data/{FAILED_PROXY}.csv")
    status = int(failed["status"])
    body = {**{name: failed[name] for name in ("timestamp", "error", "message", "path")}, "status": status}
    answers[FAILED_PROXY] = Answer(status=status, body=json.dumps(body).encode())
    return [{"apiUri": uri} for uri in answers], answers


def dmi(url: list[str]) -> dict[str, Route]:
    """Return metObs as its OpenAPI describes it, over the one recorded page; `url[0]` is set to the server's own address."""
    described = read_json("c_dmi/openapi/dmi_openapi_spec.json")
    observations = payload("c_dmi/metObs_observation/station_data.json").read_text("utf-8")
    names = sorted({path.split("/")[4] for path in described["paths"] if path.startswith("/v2/metObs/collections/")})

    def landing(request: Request) -> Any:
        return {**{key: described["info"][key] for key in ("title", "description")}, "links": [
            {"rel": "service-desc", "href": f"{url[0]}/v2/metObs/api"}]}

    def items(request: Request) -> Answer:
        if int(request.params.get("offset", 0)):
            return Answer(status=404)
        return Answer(body=observations.replace("https://dmigw.govcloud.dk", url[0]).encode())

    exact: dict[str, Route] = {
        "/v2/metObs/": landing,
        "/v2/metObs/api": lambda request: described,
        "/v2/metObs/collections": lambda request: {"collections": [{"id": name, "itemType": "feature"} for name in names]},
        "/v2/metObs/collections/observation/items": items,
    }
    return {"/": lambda request: exact[request.path](request) if request.path in exact else Answer(status=404)}
