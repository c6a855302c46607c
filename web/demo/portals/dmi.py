"""A weather service that speaks OGC API Features and STAC, as DMI does; titles come as texts by language, an addition of ours."""

import uuid
from typing import Any
from urllib.parse import urlencode

from flask import Flask, abort, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from catalog.harvests.records import HarvestSource
from web.demo.base import BusyOnce, DemoPortal, application, file_answer, here, load, number
from web.demo.tables import feature, read_table

NAME = "dmi"
STAMP = "2026-11-02T06:00:00Z"
FORECAST = "forecastdata"
_LIMIT_MAX = 300_000
_TEXTS = frozenset({"stationId", "municipalityId"})
_FILTERS = ("stationId", "parameterId", "status", "type", "municipalityId", "timeResolution")


Collections = dict[tuple[str, str], dict[str, Any]]


def make_app() -> Flask:
    """Make the portal."""
    app, listed = application(NAME), load(NAME, "collections")
    collections: Collections = {(entry["service"], entry["id"]): entry for entry in listed["collections"]}
    _lists(app, collections, listed["bbox"], BusyOnce())
    _items(app, collections)
    app.register_error_handler(404, lambda _: (jsonify({"code": "NotFound", "description": "No such resource."}), 404))
    return app


def _lists(app: Flask, collections: Collections, bbox: list[float], busy: BusyOnce) -> None:
    @app.get("/<any(v1,v2):version>/<service>/")
    def landing(version: str, service: str) -> Any:
        root = here(f"/{version}/{_known(version, service, collections)}")
        links = [_link(root, "self"), _link(f"{root}/collections", "data")]
        return jsonify({"title": service, "description": "Demo service", "links": links})

    @app.get("/<any(v1,v2):version>/<service>/collections")
    def list_collections(version: str, service: str) -> Any:
        root = here(f"/{version}/{_known(version, service, collections)}")
        entries = [_collection(root, entry, bbox) for (owner, _), entry in collections.items() if owner == service]
        return busy.answer() or jsonify({"collections": entries, "links": [_link(f"{root}/collections", "self")]})

    @app.get("/<any(v1,v2):version>/<service>/collections/<key>")
    def collection(version: str, service: str, key: str) -> Any:
        root = here(f"/{version}/{_known(version, service, collections)}")
        return jsonify(_collection(root, collections.get((service, key)) or abort(404), bbox))


def _items(app: Flask, collections: Collections) -> None:
    @app.get("/<any(v1,v2):version>/<service>/collections/<key>/items")
    def items(version: str, service: str, key: str) -> Any:
        entry = collections.get((_known(version, service, collections), key)) or abort(404)
        return _page([_run(entry)] if service == FORECAST else _features(entry), here(request.path))

    @app.get("/v2/<service>/collections/<key>/items/<identifier>")
    def item(service: str, key: str, identifier: str) -> Any:
        entry = collections.get((_known("v2", service, collections), key)) or abort(404)
        return jsonify(next((found for found in _features(entry) if found["id"] == identifier), None) or abort(404))

    @app.get("/v1/forecastdata/download/<key>.csv")
    def download(key: str) -> AnyResponse:
        entry = collections.get((FORECAST, key)) or abort(404)
        return file_answer(NAME, {"name": f"{key}.csv", "form": "csv", "table": entry["table"]})


def _known(version: str, service: str, collections: Collections) -> str:
    """Return the service when it exists under this version of the API."""
    if (version == "v1") != (service == FORECAST) or service not in {owner for owner, _ in collections}:
        abort(404)
    return service


def _link(href: str, rel: str, media_type: str = "application/json") -> dict[str, str]:
    return {"href": href, "rel": rel, "type": media_type}


def _collection(root: str, entry: dict[str, Any], bbox: list[float]) -> dict[str, Any]:
    extent = {"spatial": {"bbox": [bbox]}, "temporal": {"interval": [[entry["start"], None]]}}
    links = [_link(f"{root}/collections/{entry['id']}/items", "items", "application/geo+json")]
    told = {name: entry[name] for name in ("id", "title", "description", "keywords")}
    return {**told, "license": "CC-BY-4.0", "extent": extent, "itemType": "feature", "links": links}


def _features(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the features that the query asks for, in the order of the table."""
    table = read_table(NAME, entry["table"])
    found = []
    for place, record in enumerate(table.records(texts=_TEXTS)):
        if _is_asked(record) and _in_time(record, entry):
            key = uuid.uuid5(uuid.NAMESPACE_URL, f"{entry['table']}/{place}")
            found.append({"id": str(key), **feature(record)})
    return found


def _is_asked(record: dict[str, Any]) -> bool:
    asked = {name: wanted for name in _FILTERS if (wanted := request.args.get(name))}
    return all(str(record.get(name, wanted)) == wanted for name, wanted in asked.items())


def _in_time(record: dict[str, Any], entry: dict[str, Any]) -> bool:
    """Tell whether a feature lies in `datetime` (an instant or `from/to`, `..` for open); one without a time always does."""
    asked = request.args.get("datetime", "")
    if not asked or not entry["stamp"]:
        return True
    start, _, end = asked.partition("/") if "/" in asked else (asked, "", asked)
    stamp = str(record[entry["stamp"]])
    return (start in ("", "..") or start <= stamp) and (end in ("", "..") or stamp <= end)


def _page(found: list[dict[str, Any]], address: str) -> AnyResponse:
    limit, offset = number("limit", 1000, least=1, most=_LIMIT_MAX), number("offset", 0, most=10**9)
    shown = found[offset : offset + limit]
    pages = {"self": offset} | ({"next": offset + limit} if offset + limit < len(found) else {})
    links = [_link(f"{address}?{_query(limit, start)}", rel, "application/geo+json") for rel, start in pages.items()]
    facts = {"timeStamp": STAMP, "numberReturned": len(shown), "links": links}
    answer = jsonify({"type": "FeatureCollection", "features": shown, **facts})
    answer.content_type = "application/geo+json"
    answer.add_etag()
    return answer.make_conditional(request)


def _query(limit: int, offset: int) -> str:
    asked = {key: value for key, value in request.args.items() if key not in ("offset", "limit", "api-key")}
    return urlencode({**asked, "limit": limit, "offset": offset})


def _run(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the one model run as a STAC item; DMI names its files `asset`."""
    href = here(f"/v1/forecastdata/download/{entry['id']}.csv")
    files = {"points": {"href": href, "type": "text/csv", "title": "Points of the model run as CSV", "roles": ["data"]}}
    properties = {"datetime": entry["start"], "modelRun": entry["start"], "created": STAMP}
    return {"type": "Feature", "stac_version": "1.0.0", "id": f"{entry['id']}-run", "collection": entry["id"], "geometry": None,
            "properties": properties, "asset": files, "links": []}  # fmt: skip


def _source(base_url: str) -> HarvestSource:
    extract = "2021-01-01T00:00:00Z/2026-10-31T23:59:59Z"
    return HarvestSource(
        name="demo-dmi", kind="dmi", url=base_url, title=PORTAL.title, language="en",
        license="http://creativecommons.org/licenses/by/4.0/", options={"extract": extract, "rate": "100"},
    )  # fmt: skip


PORTAL = DemoPortal("demo-dmi", "Danish weather service (demo, OGC API and STAC)", "dmi", 2, make_app, _source)
