"""The language of a page stands in its address: `/kk/…`, `/ru/…`, `/en/…`; the default language has no prefix."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, abort, current_app, redirect, request
from flask_babel import Babel
from werkzeug.wrappers import Response

from schemas.texts import INTERFACE_LANGUAGES
from web.translations import template_words

NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
_KEY = "qoima.language"
_PATH = "qoima.path"
_READER = "qoima.reader"


class LanguagePrefix:
    """WSGI middleware that moves the language from the path to SCRIPT_NAME, so that `url_for` keeps it by itself."""

    def __init__(self, application: Callable[..., Iterable[bytes]], default: str) -> None:
        self._application, self._default = application, default

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Serve the request below its prefix."""
        path = environ.get("PATH_INFO", "")
        head, _, rest = path[1:].partition("/")
        environ[_PATH], environ[_READER] = path, self._default
        if head in INTERFACE_LANGUAGES:
            environ[_KEY] = environ[_READER] = head
            environ[_PATH] = environ["PATH_INFO"] = "/" + rest.lstrip("/")
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{head}"
        return self._application(environ, start_response)


def init_app(app: Flask, pages: frozenset[str], default: str) -> None:
    """Serve pages (blueprints named in `pages`) in three languages; everything else has no prefix."""
    Babel(app, default_locale=default, locale_selector=current_language)
    app.wsgi_app = LanguagePrefix(app.wsgi_app, default)  # type: ignore[method-assign]
    app.config["QOIMA_LANGUAGE"] = default
    words = template_words(str(Path(__file__).parent / "translations"))
    app.context_processor(lambda: words[current_language()])

    @app.before_request
    def keep_one_address() -> Response | None:
        prefix = request.environ.get(_KEY)
        if prefix is None:
            return None
        if request.blueprint is not None and request.blueprint not in pages:
            abort(404)
        return redirect(address(default), 301) if prefix == default and request.method in ("GET", "HEAD") else None


def current_language() -> str:
    """Return the language of the page that is being answered."""
    try:
        chosen: str | None = request.environ.get(_READER)
    except RuntimeError:  # no request is being answered
        chosen = None
    return chosen or current_app.config["QOIMA_LANGUAGE"]


def address(language: str, path: str = "", query: str | None = None) -> str:
    """Return the address of `path` (this page) in a language, with its query string; never one that leaves the site."""
    chosen = path or quote(request.environ.get(_PATH, "/"), safe="/~!$&'()*+,;=:@%-._")
    words = request.query_string.decode("latin-1") if query is None else query
    prefix = "" if language == current_app.config["QOIMA_LANGUAGE"] else f"/{language}"
    return f"{prefix}/{chosen.lstrip('/')}" + (f"?{words}" if words else "")
