"""A small HTTP server on loopback for tests: routes are functions, every request is remembered."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """What came in; `params` has the last value of each parameter."""

    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes out. A `body` of pieces is sent as they come; `length` may lie (None: no Content-Length, the end closes)."""

    body: bytes | Iterator[bytes] = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = -1


Route = Callable[[Request], Any]
"""Returns an Answer, or a JSON value."""


@dataclass
class Loopback:
    """A running server. The longest route that begins the path answers; without one it is a 404."""

    routes: dict[str, Route]
    requests: list[Request] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Return the base address, without slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        """Return what stands in QOIMA_HARVEST_ALLOW."""
        return f"127.0.0.1:{self.port}"

    def count(self, path: str) -> int:
        """Return how many requests began with `path`."""
        return sum(request.path.startswith(path) for request in self.requests)

    def answer(self, request: Request) -> Answer:
        """Return what the routes say."""
        self.requests.append(request)
        route = max((path for path in self.routes if request.path.startswith(path)), key=len, default=None)
        given = Answer(status=404, body=b"not found") if route is None else self.routes[route](request)
        return given if isinstance(given, Answer) else json_answer(given)


def json_answer(value: Any, status: int = 200) -> Answer:
    """Return a JSON answer."""
    return Answer(status=status, body=json.dumps(value).encode(), headers=(("Content-Type", "application/json"),))


@contextmanager
def loopback(routes: dict[str, Route]) -> Iterator[Loopback]:
    """Serve `routes` on a free port while the context lasts."""
    portal = Loopback(routes)
    handler = type("Handler", (_Handler,), {"portal": portal})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    portal.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    portal: Loopback
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        params = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        self._send(self.portal.answer(Request(parts.path, params, dict(self.headers))))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        length = len(answer.body) if answer.length == -1 and isinstance(answer.body, bytes) else answer.length
        if length is not None and length >= 0:
            self.send_header("Content-Length", str(length))
        else:
            self.close_connection = True
            self.send_header("Connection", "close")
        try:
            self.end_headers()
            for piece in (answer.body,) if isinstance(answer.body, bytes) else answer.body:
                self.wfile.write(piece)
                self.wfile.flush()
            if length is not None and isinstance(answer.body, bytes) and length > len(answer.body):
                self.close_connection = True
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""
