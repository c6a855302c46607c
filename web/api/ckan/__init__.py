"""`/api/3/action/<name>`: what programs written for CKAN ask, answered in CKAN's form.

Every action is a file in `web/api/ckan/actions`.
"""

import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from werkzeug.exceptions import BadRequest, HTTPException

from catalog.access import VISITOR
from catalog.access import Action as DatasetAction
from catalog.errors import (
    CatalogError,
    Conflict,
    Denied,
    Gone,
    IndexUnavailable,
    Invalid,
    NoRoom,
    NotFound,
    Throttled,
    TooLarge,
    Unauthenticated,
)
from schemas.plugins import discover
from web import bodies, security
from web.api.ckan import actions as package
from web.api.ckan.base import Action, Refused
from web.catalog import current_actor
from web.machines.exports import base_url
from web.pace import writer
from web.surfaces import Lets, declared

log = logging.getLogger(__name__)
blueprint = declared(
    Blueprint("ckan", __name__, url_prefix="/api", description="Reading and publishing as with CKAN"),
    Lets.METADATA, Lets.BYTES, changes=DatasetAction.PUBLISH.value,
)

_ERRORS: dict[type[CatalogError], tuple[int, str, str]] = {
    NotFound: (404, "Not Found Error", "Not found: "), Gone: (404, "Not Found Error", "Not found: "),
    Denied: (403, "Authorization Error", "Access denied: "),
    IndexUnavailable: (409, "Search Error", "Search error: "),
    Unauthenticated: (403, "Authorization Error", "Access denied: "), Throttled: (429, "Throttled", "Too many requests: "),
    TooLarge: (413, "Validation Error", ""), NoRoom: (507, "Internal Server Error", ""),
}  # fmt: skip


@lru_cache
def offered() -> Mapping[str, Action]:
    """Return the actions by name."""
    return discover(package, "ACTION")


@blueprint.route("/3/action/<name>", methods=["GET", "POST"])
@blueprint.route("/action/<name>", methods=["GET", "POST"])
@bodies.takes(bodies.UPLOAD)
@blueprint.alt_response(200, description="`{help, success: true, result}`")
@blueprint.alt_response(404, description="`{help, success: false, error}`; also for what the reader may not know of")
def call(name: str) -> Response:
    """Call an action of CKAN by its name; arguments as query, form or JSON, a file in the field `upload`."""
    action = offered().get(name)
    if action is None:
        return _json(f"Bad request: Action name not known: {name[:100]}", 400)
    if action.writes and request.method != "POST":
        return _json(f"Bad request: {name} changes something, so it is called by POST", 400)
    try:
        if action.writes:
            writer()
        return _json({"help": _help(name), "success": True, "result": action.run(_arguments())}, 200)
    except Refused as error:
        return _failed(name, error.status, error.body)
    except Conflict as error:
        return _failed(name, 409, {"__type": "Validation Error", "name": [str(error)]})
    except Invalid as error:
        problems = {problem.path.strip("/") or "data": [problem.message] for problem in error.problems} or {"data": [str(error)]}
        return _failed(name, 409, {"__type": "Validation Error", **problems})
    except CatalogError as error:
        known = next((known for known in _ERRORS if isinstance(error, known)), None)
        return _failed(name, _ERRORS[known][0], _fault(known, error)) if known else _broken(name)
    except HTTPException as error:
        return _json(f"Bad request: {error.description}", error.code or 400)
    except Exception:  # the border of an action: a page of HTML would break every client
        return _broken(name)


@blueprint.errorhandler(Unauthenticated)
def unknown(error: Unauthenticated) -> Response:
    """Refuse a token that does not hold, as CKAN does."""
    return _failed((request.view_args or {}).get("name", ""), 403, _fault(Unauthenticated, error))


@blueprint.get("/3")
@blueprint.alt_response(200, description="`{version: 3}`")
def version() -> Response:
    """The version of this API."""
    return _json({"version": 3}, 200)


def _arguments() -> Mapping[str, Any]:
    """Return what was given: a JSON object, else form and query, where a repeated name is a list."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = min(request.max_content_length or bodies.TEXTS, bodies.TEXTS)
    document = request.get_data(cache=True) if request.is_json else _lonely()
    if document is None:
        given = request.values.to_dict(flat=False)
        return {name: values[0] if len(values) == 1 else values for name, values in given.items()}
    try:
        found = json.loads(document or b"{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadRequest("JSON Error: the body must be a JSON object")
    return found


def _lonely() -> str | None:
    """Return a JSON document that a form has as its only name, as `curl -d '{…}'` sends it."""
    form = request.form.to_dict()
    name, value = next(iter(form.items()), ("", ""))
    return name if len(form) == 1 and name.startswith("{") and value in ("", "1") else None


def _help(name: str) -> str:
    return f"{base_url()}/api/3/action/help_show?name={name}"


def _failed(name: str, status: int, error: Mapping[str, Any]) -> Response:
    return _json({"help": _help(name), "success": False, "error": error}, status)


def _fault(kind: type[CatalogError], error: CatalogError) -> dict[str, str]:
    _, called, begin = _ERRORS[kind]
    return {"__type": called, "message": begin + str(error)}


def _broken(name: str) -> Response:
    log.exception("Request %s failed.", security.request_id())
    return _failed(name, 500, {"__type": "Internal Server Error", "message": "Internal Server Error"})


def _json(body: Any, status: int) -> Response:
    made = Response(json.dumps(body, ensure_ascii=False, allow_nan=False), status, mimetype="application/json")
    made.headers["Access-Control-Allow-Origin"] = "*"
    public = status == 200 and current_actor() == VISITOR and request.method == "GET"
    made.headers["Cache-Control"] = "max-age=30" if public else "private, no-store"
    return made
