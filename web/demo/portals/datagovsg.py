"""A portal that speaks the v2 API of data.gov.sg: lists, metadata, files by initiate and poll with presigned links, rows."""

import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from catalog.harvests.records import HarvestSource
from web.demo.base import BusyOnce, DemoPortal, application, file_answer, here, load, number
from web.demo.tables import FORMS, read_table

NAME = "datagovsg"
PER_PAGE = 5
"""The portal gives 10; less, so that every harvest turns pages."""
LIFE = 3600
"""Seconds that a presigned link lives."""
_SIGNING = b"only signs links of a demonstration on loopback"


def make_app(clock: Callable[[], float] = time.time) -> Flask:
    """Make the portal; `clock` gives the seconds since 1970 by which links expire."""
    app, datasets = application(NAME), {entry["datasetId"]: entry for entry in load(NAME, "datasets")}
    _lists(app, datasets, BusyOnce())
    _collections(app, datasets)
    _downloads(app, datasets, clock)
    app.register_error_handler(404, lambda _: _refuse("Dataset not found."))
    return app


def _lists(app: Flask, datasets: dict[str, Any], busy: BusyOnce) -> None:
    @app.get("/v2/public/api/datasets")
    def list_datasets() -> Any:
        return busy.answer() or _page("datasets", [_entry(entry) for entry in datasets.values()])

    @app.get("/v2/public/api/datasets/<key>/metadata")
    def metadata(key: str) -> Response:
        return _answer(_metadata(datasets.get(key) or abort(404)))

    @app.get("/api/action/datastore_search")
    def rows() -> Any:
        found = datasets.get(request.args.get("resource_id", ""))
        if not found or found["format"] != "CSV":
            error = {"__type": "Not Found Error", "message": "Not found: Resource was not found."}
            return jsonify({"success": False, "error": error}), 404
        return jsonify({"success": True, "result": _rows(found)})


def _collections(app: Flask, datasets: dict[str, Any]) -> None:
    collections = {entry["collectionId"]: entry for entry in load(NAME, "collections")}

    @app.get("/v2/public/api/collections")
    def list_collections() -> Response:
        return _page("collections", list(collections.values()))

    @app.get("/v2/public/api/collections/<key>/metadata")
    def collection(key: str) -> Response:
        found = collections.get(key) or abort(404)
        answer: dict[str, Any] = {"collectionMetadata": {**found, "managedBy": found["managedByAgencyName"]}}
        if "withDatasetMetadata" in request.args:
            answer["datasetMetadata"] = [_metadata(datasets[child]) for child in found["childDatasets"]]
        return _answer(answer)


def _downloads(app: Flask, datasets: dict[str, Any], clock: Callable[[], float]) -> None:
    asked = set[str]()

    @app.get("/v1/public/api/datasets/<key>/initiate-download")
    def initiate(key: str) -> Response:
        asked.add((datasets.get(key) or abort(404))["datasetId"])
        return _answer({"message": "Download successfully initiated. Proceed to poll download."})

    @app.get("/v1/public/api/datasets/<key>/poll-download")
    def poll(key: str) -> Any:
        entry = datasets.get(key) or abort(404)
        if entry["format"] == "CSV" and key not in asked:
            return _refuse("Initiate the download first.")
        return _answer({"status": "DOWNLOAD_SUCCESS", "url": here(_presigned(entry, int(clock())))})

    @app.get("/files/<key>/<name>")
    def download(key: str, name: str) -> AnyResponse:
        entry = datasets.get(key) or abort(404)
        return file_answer(NAME, _file(entry)) if _is_valid(request.path, clock()) else _denied()


def _denied() -> Response:
    words = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
    return Response(words, 403, content_type="application/xml")


def _answer(data: dict[str, Any]) -> Response:
    return jsonify({"code": 0, "data": data, "errorMsg": ""})


def _refuse(message: str) -> tuple[Response, int]:
    return jsonify({"code": 4, "data": None, "errorMsg": message, "name": "NOT_FOUND"}), 404


def _page(what: str, entries: list[Any]) -> Response:
    page, pages = number("page", 1, least=1), -(-len(entries) // PER_PAGE)
    listed = entries[(page - 1) * PER_PAGE : page * PER_PAGE]
    return _answer({what: listed, "pages": pages, "rowCount": len(listed), "totalRowCount": len(entries)})


_LISTED = ("datasetId", "createdAt", "name", "format", "lastUpdatedAt", "coverageStart", "coverageEnd")


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    return {**{name: entry[name] for name in _LISTED}, "status": "active", "managedByAgencyName": entry["managedBy"]}


def _metadata(entry: dict[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in entry.items() if key not in ("table", "form", "columns")}
    size = len(FORMS[entry["form"]].write(read_table(NAME, entry["table"]), _file(entry)))
    keys = {column["name"]: f"c_{hashlib.md5(column['name'].encode()).hexdigest()[:20]}" for column in entry["columns"]}
    columns = {
        "order": list(keys.values()), "map": {keys[column["name"]]: column["columnTitle"] for column in entry["columns"]},
        "metaMapping": {keys[c["name"]]: {**c, "index": str(place)} for place, c in enumerate(entry["columns"])},
    }  # fmt: skip
    return {**told, "datasetSize": size, "columnMetadata": columns}


def _file(entry: dict[str, Any]) -> dict[str, Any]:
    return {"name": f"{entry['table']}.{entry['format'].lower()}", "form": entry["form"], "table": entry["table"]}


def _sign(path: str, date: str) -> str:
    return hmac.new(_SIGNING, f"{path}\n{date}".encode(), hashlib.sha256).hexdigest()


def _presigned(entry: dict[str, Any], now: int) -> str:
    path, date = f"/files/{entry['datasetId']}/{_file(entry)['name']}", str(now)
    return f"{path}?{urlencode({'X-Amz-Date': date, 'X-Amz-Expires': LIFE, 'X-Amz-Signature': _sign(path, date)})}"


def _is_valid(path: str, now: float) -> bool:
    date = request.args.get("X-Amz-Date", "")
    signed = hmac.compare_digest(_sign(path, date).encode(), request.args.get("X-Amz-Signature", "").encode())
    return signed and now < int(date) + LIFE


def _rows(entry: dict[str, Any]) -> dict[str, Any]:
    table, key = read_table(NAME, entry["table"]), entry["datasetId"]
    offset, limit = number("offset", 0, most=10**6), number("limit", 100, most=1000)
    records = [{"_id": place, **dict(zip(table.columns, row, strict=False))} for place, row in enumerate(table.rows, 1)]
    kinds = {column["name"]: column["dataType"].casefold() for column in entry["columns"]}
    fields = [{"type": "int4", "id": "_id"}, *({"type": kinds.get(name, "text"), "id": name} for name in table.columns)]
    service = "/api/action/datastore_search?"
    following = service + urlencode({"resource_id": key, "limit": limit, "offset": offset + limit})
    return {
        "resource_id": key, "fields": fields, "records": records[offset : offset + limit],
        "_links": {"start": f"{service}resource_id={key}", "next": following}, "total": len(records),
    }  # fmt: skip


def _source(base_url: str) -> HarvestSource:
    return HarvestSource(
        name="demo-datagovsg", kind="datagovsg", url=base_url, title=PORTAL.title, language="en",
        license="https://data.gov.sg/open-data-licence", options={"downloads": base_url, "rows": base_url, "rate": "100"},
    )  # fmt: skip


PORTAL = DemoPortal("demo-datagovsg", "Singapore-like portal (demo, data.gov.sg v2)", "datagovsg", 1, make_app, _source)
