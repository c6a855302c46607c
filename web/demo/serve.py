"""Serves the demo portals on loopback, each on its own port and in its own thread."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server


class Served(Protocol):
    """What is served: the port is the first one and `offset`."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def offset(self) -> int: ...
    @property
    def app(self) -> Callable[[], Flask]: ...


class _Quiet(WSGIRequestHandler):
    """Handles requests without a line in the terminal for each."""

    protocol_version = "HTTP/1.1"

    def log_request(self, *_: Any) -> None:
        """Say nothing about a request that was answered."""


@contextmanager
def serve_portals(
    host: str = "127.0.0.1", first_port: int = 8101, portals: Sequence[Served] | None = None
) -> Iterator[dict[str, str]]:
    """Serve the portals while the block runs; yields their base addresses by name. Port 0 takes any free ports.

    Raises OSError when a port is taken; nothing is left running then.
    """
    from web.demo import portals as all_portals

    with ExitStack() as running:
        addresses = {}
        for portal in portals or all_portals():
            server = _bound(host, first_port and first_port + portal.offset, portal)
            running.callback(_stop, server, _start(server))
            addresses[portal.name] = f"http://{host}:{server.server_port}"
        yield addresses


def _bound(host: str, port: int, portal: Served) -> BaseWSGIServer:
    try:
        return make_server(host, port, portal.app(), threaded=True, request_handler=_Quiet)
    except SystemExit:  # what Werkzeug does when a port is taken
        message = f"Port {port} is taken, so {portal.title} cannot start; stop what uses it, or choose other ports."
        raise OSError(message) from None


def _start(server: BaseWSGIServer) -> threading.Thread:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    return thread


def _stop(server: BaseWSGIServer, thread: threading.Thread) -> None:
    server.shutdown()
    thread.join(timeout=5)
    server.server_close()
