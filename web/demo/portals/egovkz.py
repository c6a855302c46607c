"""A portal that speaks like data.egov.kz: a list by ten, passports, rows that need a key, and datasets kept at agencies."""

import json
from html import escape
from typing import Any

from flask import Flask, Response, abort, jsonify, request

from catalog.harvests.records import HarvestSource
from web.demo.base import BusyOnce, DemoPortal, application, load, number
from web.demo.tables import read_table

NAME = "egovkz"
PER_PAGE = 10
KEY = "demo-key"
"""The key that this demonstration takes; no secret."""

_OURS = frozenset({"table", "fields", "proxied", "failing"})
_PASSPORT = ("apiUri", "keywords", "responsible", "fields")


Datasets = dict[str, dict[str, Any]]


def make_app() -> Flask:
    """Make the portal."""
    app, datasets = application(NAME), {entry["apiUri"]: entry for entry in load(NAME, "datasets")}
    _lists(app, datasets, BusyOnce())
    _rows_of_the_portal(app, datasets)
    _rows_of_agencies(app, datasets)
    for status, words in ((403, "Forbidden"), (404, "Not Found"), (400, "Bad Request")):
        app.register_error_handler(status, lambda _, status=status, words=words: _error(status, words))
    return app


def _lists(app: Flask, datasets: Datasets, busy: BusyOnce) -> None:
    @app.get("/datasets/getdatasetsre")
    def listing() -> Any:
        if request.headers.get("X-Requested-With") != "XMLHttpRequest":
            abort(403)
        page = number("page", 1, least=1, most=10**6)
        size = number("count", PER_PAGE, least=1, most=PER_PAGE)
        return busy.answer() or jsonify([_entry(entry) for entry in _matching(datasets)[(page - 1) * size : page * size]])

    @app.get("/datasets/getdatasetsrecount")
    def count() -> Response:
        return jsonify(len(_matching(datasets)))

    @app.get("/datasets/view")
    def view() -> str:
        entry = datasets.get(request.args.get("index", "")) or abort(404)
        words = f"<h1>{escape(entry['nameRu'])}</h1><p>{escape(entry['descriptionRu'])}</p>"
        return f"<!doctype html><html lang=ru><title>{escape(entry['nameRu'])}</title>{words}</html>"

    @app.get("/meta/<uri>/<version>")
    def passport(uri: str, version: str) -> Response:
        return jsonify(_passport(_find(datasets, uri, version)))


def _rows_of_the_portal(app: Flask, datasets: Datasets) -> None:
    @app.get("/api/v4/<uri>/<version>")
    def rows(uri: str, version: str) -> Any:
        return _keyed() or jsonify(_slice(_rows(_find(datasets, uri, version))))

    @app.get("/api/detailed/<uri>/<version>")
    def detailed(uri: str, version: str) -> Any:
        found = _rows(_find(datasets, uri, version))
        return _keyed() or jsonify({"totalCount": len(found), "data": _slice(found)})

    @app.get("/api/v4/mapping/<uri>/<version>")
    def mapping(uri: str, version: str) -> Any:
        fields = _find(datasets, uri, version)["fields"]
        return _keyed() or jsonify({"properties": {name: {"type": field["type"].casefold()} for name, field in fields.items()}})


def _rows_of_agencies(app: Flask, datasets: Datasets) -> None:
    @app.get("/proxy/<uri>")
    def hosted(uri: str) -> Any:
        entry = datasets.get(uri)
        if not entry or not entry.get("proxied"):
            abort(404)
        if entry.get("failing"):  # under a good status, or each harvest would wait through the retries of a 500
            return _error(500, "Internal Server Error")[0]
        return _keyed() or jsonify({"meta": _passport(entry), "data": _rows(entry)})


def _find(datasets: Datasets, uri: str, version: str) -> dict[str, Any]:
    """Return what the portal holds itself; the passports of agencies come with their rows."""
    entry = datasets.get(uri)
    if entry is None or version != f"v{entry['version']}" or entry.get("proxied"):
        abort(404)
    return entry


def _entry(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in _OURS}


def _error(status: int, words: str) -> tuple[Response, int]:
    """Return an error as Spring writes it."""
    body = {"timestamp": "2026-11-02T06:00:00.000+00:00", "status": status, "error": words, "message": "", "path": request.path}
    return jsonify(body), status


def _keyed() -> Any:
    """Return a refusal unless the request carries the key."""
    return None if request.args.get("apiKey") == KEY else _error(403, "Forbidden")


def _matching(datasets: Datasets) -> list[dict[str, Any]]:
    words = request.args.get("text", "").casefold()
    return [entry for entry in datasets.values() if any(words in entry[f"name{code}"].casefold() for code in ("Kk", "Ru", "En"))]


def _passport(entry: dict[str, Any]) -> dict[str, Any]:
    """Return a passport; it carries neither dates nor licence nor category."""
    texts = [f"{part}{code}" for part in ("name", "description") for code in ("Kk", "Ru", "En")]
    return {name: entry[name] for name in (*texts, *_PASSPORT)}


def _rows(entry: dict[str, Any]) -> list[dict[str, Any]]:
    texts = [name for name, field in entry["fields"].items() if field["type"] == "String"]
    return read_table(NAME, entry["table"]).records(texts)


def _slice(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what `source={"from", "size"}` asks for; a batch that is no JSON object is refused."""
    try:
        asked = json.loads(request.args.get("source") or "{}")
        start, size = int(asked.get("from", 0)), int(asked.get("size", 100))
    except (ValueError, TypeError, AttributeError):
        abort(400)
    return rows[max(0, start) : max(0, start) + max(0, size)]


def _source(base_url: str) -> HarvestSource:
    return HarvestSource(
        name="demo-egovkz", kind="egovkz", url=base_url, title=PORTAL.title, language="ru", secret_name="DEMO",
        options={"rate": "100"},
    )  # fmt: skip


PORTAL = DemoPortal("demo-egovkz", "Портал открытых данных (demo, data.egov.kz)", "egovkz", 4, make_app, _source, KEY)
