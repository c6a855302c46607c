"""Errors as pages for people and as problem documents (RFC 9457) for programs; never a path, a query or a stack trace."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from catalog.errors import (
    Busy,
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
from schemas.problems import Problem
from web import identity, security, sentences

log = logging.getLogger(__name__)

STATUS: dict[type[CatalogError], int] = {
    NotFound: 404, Gone: 410, Denied: 403, Invalid: 400, IndexUnavailable: 503, Busy: 503, Conflict: 409,
    TooLarge: 413, NoRoom: 507, Unauthenticated: 401, Throttled: 429,
}  # fmt: skip
RETRY_SECONDS = "60"


def init_app(app: Flask, pages: frozenset[str]) -> None:
    """Answer every error; blueprints named in `pages` and unknown addresses outside the API answer with a page."""

    def for_people() -> bool:
        if (request.path.startswith("/api/") and request.path != "/api/docs") or request.path == "/healthz":
            return False
        return request.blueprint in (None, *pages) or "text/html" in request.accept_mimetypes.values()

    def answer(
        status: int, message: str = "", problems: tuple[Problem, ...] = (), record: Any = None, reason: str = ""
    ) -> Response:
        made = _page(status, problems, record, reason) if for_people() else document(status, message, problems)
        made.status_code = status
        made.headers["Cache-Control"] = "no-store"
        return made

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        if error.response is not None or error.code is None or error.code < 400:
            return error.get_response()
        made = answer(error.code, "", tuple(_wrong_fields(error)))
        given = dict(error.get_headers())
        made.headers.update({name: value for name, value in given.items() if name in ("Allow", "Retry-After")})
        return made

    @app.errorhandler(CatalogError)
    def refused(error: CatalogError) -> BaseResponse:
        if isinstance(error, Unauthenticated) and (led := identity.led_to_sign_in(pages)):
            return led
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
        if status >= 500:
            log.error("Request %s was not answered: %s", security.request_id(), error)
        told = (getattr(error, "problems", ()), getattr(error, "record", None), getattr(error, "reason", ""))
        made = answer(status, str(error), *told)
        if isinstance(error, Throttled):
            made.headers["Retry-After"] = str(error.seconds)
        if status == 401:
            made.headers["WWW-Authenticate"] = 'Bearer realm="Qoima"'
        return made

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        log.exception("Request %s failed.", security.request_id())
        return answer(500)


def _page(status: int, problems: tuple[Problem, ...], record: Any, reason: str) -> Response:
    title, advice = sentences.ERRORS.get(status, sentences.ERRORS[400 if status < 500 else 500])
    advice = sentences.ACCESS.get(reason, advice)
    words = {"status": status, "title": gettext(title), "advice": gettext(advice), "problems": problems}
    made = make_response(
        render_template("error.html", **words, request_id=security.request_id(), record=record, retry=RETRY_SECONDS)
    )
    if status in (429, 503):
        made.headers.setdefault("Retry-After", RETRY_SECONDS)
    return made


def document(status: int, message: str, problems: tuple[Problem, ...] = (), **more: Any) -> Response:
    """Return a problem document; `more` are members of its own."""
    title, advice = sentences.ERRORS.get(status, sentences.ERRORS[400 if status < 500 else 500])
    made = jsonify(
        type="about:blank", title=title, status=status, detail=message if message and status < 500 else advice,
        instance=f"urn:request:{security.request_id()}", problems=[asdict(problem) for problem in problems], **more,
    )  # fmt: skip
    made.mimetype, made.status_code = "application/problem+json", status
    if status in (429, 503):
        made.headers.setdefault("Retry-After", RETRY_SECONDS)
    return made


def _wrong_fields(error: HTTPException) -> Iterator[Problem]:
    """Yield what webargs found wrong with the parameters of an API call."""
    data = getattr(error, "data", None)
    for place in (data or {}).get("messages", {}).values() if isinstance(data, Mapping) else ():
        for name, messages in place.items() if isinstance(place, Mapping) else ():
            said = " ".join(map(str, messages)) if isinstance(messages, list) else str(messages)
            yield Problem("bad-parameter", f"/{name}", said)
