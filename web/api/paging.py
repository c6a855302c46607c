"""Cursors: where the next page begins, signed, so that nobody can make one up."""

from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from catalog.errors import Invalid
from schemas.problems import Problem
from web.catalog import catalog


def cursor(value: Any) -> str:
    """Return a cursor for a place in a listing."""
    return _serializer().dumps(value)


def place(given: str, default: Any) -> Any:
    """Return the place of a cursor; raises Invalid for one that we did not make."""
    if not given:
        return default
    try:
        return _serializer().loads(given)
    except BadSignature:
        message = "This cursor is not one of ours; begin again without it."
        raise Invalid(message, [Problem("bad-cursor", "/cursor", message)]) from None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(catalog().settings.secret_key, salt="cursor")
