"""Answers and errors as the dataset viewer of the Hugging Face Hub gives them."""

import logging
from collections.abc import Mapping
from typing import Any

import orjson
from flask import Response, request
from flask_smorest import Blueprint
from werkzeug.exceptions import HTTPException

from catalog.access import VISITOR
from catalog.errors import CatalogError, Denied, Gone, Invalid, NotFound
from catalog.tables.query.table import NoTable
from web import security
from web.catalog import current_actor
from web.surfaces import Lets, declared

log = logging.getLogger(__name__)
blueprint = declared(
    Blueprint("viewer", __name__, url_prefix="/api/viewer", description="Rows of tables, as the Hugging Face Hub serves them"),
    Lets.BYTES,
)

HIDDEN = (
    "The dataset does not exist, or is not accessible with the current credentials (private or gated). "
    "Please check the spelling of the dataset name or retry with other authentication credentials."
)
UNNAMED = (
    "The dataset does not exist, or is not accessible without authentication (private or gated). "
    "Please check the spelling of the dataset name or retry with authentication."
)


def answer(body: Mapping[str, Any], **headers: str) -> Response:
    """Return a body as JSON in the order that it stands in; what everybody may see may be kept for half a minute."""
    made = Response(orjson.dumps(body), mimetype="application/json")
    made.headers["Cache-Control"] = "max-age=30" if current_actor() == VISITOR else "private, no-store"
    made.headers.extend({name.replace("_", "-"): value for name, value in headers.items()})
    return made


def refusal(status: int, code: str, message: str) -> Response:
    """Return an error: its text in the body, its code in `X-Error-Code`."""
    made = answer({"error": message})
    made.status_code = status
    made.headers["X-Error-Code"] = code
    made.headers["Cache-Control"] = "no-store"
    return made


@blueprint.errorhandler(NoTable)
def no_table(error: NoTable) -> Response:
    """Answer where the dataset has no such config or split."""
    return refusal(404, "ResponseNotFound", str(error))


@blueprint.errorhandler(NotFound)
@blueprint.errorhandler(Gone)
def missing(error: CatalogError) -> Response:
    """Answer where there is no such dataset for this reader."""
    return refusal(404, "ExternalAuthenticatedError", HIDDEN)


@blueprint.errorhandler(Denied)
def denied(error: Denied) -> Response:
    """Answer where the rows are not for this reader; who shows credentials learns no more than of what is not there."""
    if "Authorization" in request.headers:
        return refusal(404, "ExternalAuthenticatedError", HIDDEN)
    return refusal(401, "ExternalUnauthenticatedError", UNNAMED)


@blueprint.errorhandler(Invalid)
def invalid(error: Invalid) -> Response:
    """Answer to a parameter that cannot be used, beginning with the Hub's own words."""
    problem = error.problems[0] if error.problems else None
    parameter = problem.path.strip("/") if problem and problem.code == "bad-filter" else ""
    begin = f"Parameter '{parameter}' contains invalid symbols. " if parameter in ("where", "orderby") else ""
    return refusal(422, "MissingRequiredParameter", begin + str(error))


@blueprint.errorhandler(HTTPException)
def wrong(error: HTTPException) -> Response:
    """Answer to what webargs or Flask refuse."""
    if error.code != 422:
        return refusal(error.code or 500, "ResponseNotFound" if error.code == 404 else "UnexpectedError", str(error.description))
    messages = (getattr(error, "data", None) or {}).get("messages", {}).get("query", {})
    return refusal(422, "MissingRequiredParameter", "; ".join(text for texts in messages.values() for text in texts))


@blueprint.errorhandler(Exception)
def failed(error: Exception) -> Response:
    """Answer when something of ours is broken."""
    log.exception("Request %s failed.", security.request_id())
    return refusal(500, "UnexpectedError", "Something went wrong here; try again later.")


@blueprint.after_request
def shared(response: Response) -> Response:
    """Let pages of other sites read."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "X-Error-Code, X-Revision"
    return response
