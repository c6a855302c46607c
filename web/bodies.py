"""How large a request may be: little everywhere, more where a view says so and somebody is known."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from web.catalog import catalog, current_actor

V = TypeVar("V", bound=Callable[..., Any])
_KEY = "qoima-body"
UPLOAD = -1
"""Stands for as many bytes as one uploaded file may have, and a little for the form around it."""
TEXTS = 4 * 2**20
"""Bytes of a form of long texts in three languages."""


def takes(most: int) -> Callable[[V], V]:
    """Let a view take requests of up to `most` bytes."""

    def mark(view: V) -> V:
        view.__dict__[_KEY] = most
        return view

    return mark


def init_app(app: Flask) -> None:
    """Set the limits before anything reads the request."""

    @app.before_request
    def widen() -> None:
        most = getattr(current_app.view_functions.get(request.endpoint or ""), _KEY, 0)
        if most and request.method in ("POST", "PUT", "PATCH") and current_actor().kind == "account":
            request.max_content_length = catalog().settings.upload_limit + TEXTS if most == UPLOAD else most
            request.max_form_memory_size = TEXTS
