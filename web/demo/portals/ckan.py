"""A city portal that speaks CKAN's Action API v3, as the portals of the United Kingdom do; a page holds five packages at most."""

import hashlib
import re
import uuid
from typing import Any

from flask import Flask, Response, abort, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from catalog.harvests.records import HarvestSource
from web.demo.base import BusyOnce, DemoPortal, application, file_answer, here, load, number
from web.demo.tables import FORMS, read_table

NAME = "ckan"
ROWS_MAX = 5
"""CKAN's `ckan.search.rows_max`, kept small so that every harvest turns pages."""


def make_app() -> Flask:
    """Make the portal."""
    app, busy, packages = application(NAME), BusyOnce(), _packages()

    @app.get("/api/3/action/<action>")
    def act(action: str) -> Any:
        if action == "package_search" and (refusal := busy.answer()):
            return refusal
        if action not in _ACTIONS:
            return _failure(400, "Bad request", f"Action name not known: {action}")
        return _ACTIONS[action](packages)

    @app.get("/dataset/<package>/resource/<resource>/download/<name>")
    def download(package: str, resource: str, name: str) -> AnyResponse:
        listed = packages.get(package, {}).get("resources", ())
        found = (file for file in listed if _identifier(package, file["name"]) == resource and "table" in file)
        return file_answer(NAME, next(found, {}) or abort(404))

    @app.get("/planning/<name>")
    def planning(name: str) -> str:
        return "<!doctype html><title>Planning</title><h1>Planning register</h1><p>Search the register by street.</p>"

    return app


def _packages() -> dict[str, dict[str, Any]]:
    """Return the packages by id; the list is sorted by it."""
    listed = {_identifier("package", package["name"]): package for package in load(NAME, "packages")}
    return dict(sorted(listed.items()))


def _identifier(kind: str, name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}/{name}"))


def _success(result: Any) -> Response:
    return jsonify({"help": _help(), "success": True, "result": result})


def _failure(status: int, kind: str, message: str) -> tuple[Response, int]:
    return jsonify({"help": _help(), "success": False, "error": {"__type": kind, "message": message}}), status


def _help() -> str:
    return here(f"/api/3/action/help_show?name={request.path.rpartition('/')[2]}")


def _search(packages: dict[str, Any]) -> Any:
    """Answer `rows`, `start` and the filter on `metadata_modified` that deltas use."""
    since = re.search(r"metadata_modified:\[(\S+?)Z? TO \*\]", request.args.get("fq", ""))
    found = [key for key, package in packages.items() if not since or package["modified"] >= since[1]]
    start, rows = number("start", 0), number("rows", 10, most=ROWS_MAX)
    results = [_package(key, packages[key]) for key in found[start : start + rows]]
    return _success({"count": len(found), "sort": "id asc", "facets": {}, "search_facets": {}, "results": results})


def _show(packages: dict[str, Any]) -> Any:
    wanted = request.args.get("id", "")
    key = next((key for key, package in packages.items() if wanted and wanted in (key, package["name"])), None)
    return _success(_package(key, packages[key])) if key else _failure(404, "Not Found Error", "Not found")


def _names(packages: dict[str, Any]) -> Any:
    return _success([package["name"] or key for key, package in packages.items()])


def _organizations(_: dict[str, Any]) -> Any:
    listed = [_organization(body["name"]) for body in load(NAME, "organizations")]
    return _success(listed if request.args.get("all_fields") else [body["name"] for body in listed])


def _status(_: dict[str, Any]) -> Any:
    return _success({"site_title": PORTAL.title, "site_url": here(), "ckan_version": "2.11.0", "extensions": []})


def _organization(name: str) -> dict[str, Any]:
    body = next(body for body in load(NAME, "organizations") if body["name"] == name)
    return {**body, "id": _identifier("organization", name), "type": "organization", "is_organization": True, "state": "active"}


def _package(key: str, given: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": key, "name": given["name"], "title": given["title"], "notes": given["notes"], "type": "dataset", "state": "active",
        "private": False, "license_id": given["license_id"], "metadata_created": given["created"],
        "metadata_modified": given["modified"], "organization": _organization(given["org"]),
        "groups": [{"name": given["group"].casefold(), "display_name": given["group"]}] if given["group"] else [],
        "tags": [{"name": tag, "display_name": tag} for tag in given["tags"]], "num_resources": len(given["resources"]),
        "extras": [{"key": key, "value": value} for key, value in given["extras"].items()],
        "resources": [_resource(key, place, described, given) for place, described in enumerate(given["resources"])],
    }  # fmt: skip


def _resource(package: str, place: int, described: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    key = _identifier(package, described["name"])
    url = described.get("url") or here(f"/dataset/{package}/resource/{key}/download/{described['name']}")
    facts: dict[str, Any] = {"url": here(described["page"]) if "page" in described else url}
    if "table" in described:
        body = FORMS[described["form"]].write(read_table(NAME, described["table"]), described)
        facts |= {"size": len(body), "hash": hashlib.sha256(body).hexdigest(), "url_type": "upload"}
        facts["mimetype"] = FORMS[described["form"]].media_type.partition(";")[0]
    elif "page" not in described:
        facts["url_type"] = "upload"
    return {
        "id": key, "package_id": package, "position": place, "name": described["title"], "format": described["format"],
        "mimetype": described.get("mimetype"), "created": given["created"], "last_modified": given["modified"],
        "state": "active", **facts,
    }  # fmt: skip


_ACTIONS = {
    "package_search": _search, "package_show": _show, "package_list": _names, "organization_list": _organizations,
    "status_show": _status,
}  # fmt: skip


def _source(base_url: str) -> HarvestSource:
    return HarvestSource(name="demo-ckan", kind="ckan", url=base_url, title=PORTAL.title, language="en", options={"rate": "100"})


PORTAL = DemoPortal("demo-ckan", "Aldermere Open Data (demo, CKAN)", "ckan", 0, make_app, _source)
