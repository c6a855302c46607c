"""What a demo portal is, and the frame that all five share: a small Flask application with loopback links only."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from flask import Flask, Response, request
from werkzeug.wrappers import Response as AnyResponse

from catalog.harvests.records import HarvestSource
from web.demo.tables import FORMS, read_table


@dataclass(frozen=True, slots=True)
class DemoPortal:
    """One portal: `offset` is added to the first port, `app` makes its WSGI application, `source` tells how to harvest it.

    `key` is what the portal demands as credential (set it as QOIMA_SECRET_<secret_name of the source>), empty for most.
    """

    name: str
    title: str
    kind: str
    offset: int
    app: Callable[[], Flask]
    source: Callable[[str], HarvestSource]
    key: str = ""


def load(portal: str, document: str) -> Any:
    """Return a JSON document of a portal's folder."""
    return json.loads((files("web.demo") / "data" / portal / f"{document}.json").read_text("utf-8"))


def application(name: str) -> Flask:
    """Return an application that answers in UTF-8 JSON, as the portals do."""
    app = Flask(f"web.demo.{name}", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    return app


def here(path: str = "") -> str:
    """Return the full address of a path of the portal that is asked."""
    return request.host_url.rstrip("/") + path


def number(name: str, default: int, *, least: int = 0, most: int = 1000) -> int:
    """Return a number of the query string within its bounds, the default where it is no number."""
    return max(least, min(most, request.args.get(name, default, type=int)))


def file_answer(portal: str, file: dict[str, Any]) -> AnyResponse:
    """Return the bytes of a described file, with ETag and Last-Modified, in parts and only when changed."""
    body = FORMS[file["form"]].write(read_table(portal, file["table"]), file)
    answer = Response(body, content_type=file.get("served_as", FORMS[file["form"]].media_type))
    answer.headers["Last-Modified"] = file.get("stamp", "Mon, 02 Nov 2026 06:00:00 GMT")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file["name"]}"'
    answer.add_etag()
    return answer.make_conditional(request, accept_ranges=True, complete_length=len(body))


class BusyOnce:
    """A portal that is too busy for one request in its life: it answers 429 with Retry-After, then never again."""

    def __init__(self) -> None:
        self._lock, self._spent = threading.Lock(), False

    def answer(self) -> Response | None:
        """Return the refusal the first time, None afterwards."""
        with self._lock:
            if self._spent:
                return None
            self._spent = True
        return Response('{"message": "Too many requests."}', 429, {"Retry-After": "1"}, content_type="application/json")
