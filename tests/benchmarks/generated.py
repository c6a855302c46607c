"""A CKAN portal of any size on loopback, in a process of its own: its pages are made once, then only sent."""

import json
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

WORDS = (
    "water river level station region population census school hospital road accident budget tax air quality forest fire "
    "harvest wheat cattle price index labour wage migration birth death energy gas coal solar wind bus tram rail airport "
    "cargo parcel land parcel map address street district library museum theatre sport court crime licence permit company "
    "register export import customs tourism"
).split()


def package(number: int) -> dict[str, Any]:
    """Return the package of a number: a title, some sixty words, six tags, three resources."""
    chance = random.Random(number)
    words = [chance.choice(WORDS) for _ in range(60)]
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "name": f"dataset-{number}",
        "title": " ".join(words[:5]).capitalize() + f" {number}",
        "notes": " ".join(words),
        "metadata_created": "2026-01-01T00:00:00.000000",
        "metadata_modified": "2026-10-01T00:00:00.000000",
        "license_id": "uk-ogl",
        "state": "active",
        "type": "dataset",
        "private": False,
        "organization": {"name": f"agency-{number % 40}", "title": f"Agency {number % 40}"},
        "tags": [{"name": word, "display_name": word} for word in sorted(set(words[:6]))],
        "groups": [{"title": chance.choice(("Transport", "Health", "Environment", "Education"))}],
        "extras": [{"key": "update_frequency", "value": "monthly"}],
        "resources": [
            {
                "id": f"r{n}",
                "name": f"File {n}",
                "url": f"http://127.0.0.1/files/{number}/{n}.csv",
                "format": "CSV",
                "mimetype": "text/csv",
                "size": 1000 + n,
                "last_modified": "2026-10-01T00:00:00.000000",
            }
            for n in range(3)
        ],
    }


def _serve(count: int, port: Any) -> None:
    bodies = [json.dumps(package(number)) for number in range(count)]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            start, rows = int(query.get("start", ["0"])[0]), int(query.get("rows", ["10"])[0])
            page = ",".join(bodies[start : start + rows])
            body = f'{{"success":true,"result":{{"count":{count},"results":[{page}]}}}}'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port.send(server.server_port)
    server.serve_forever()


@contextmanager
def generated_portal(count: int) -> Iterator[str]:
    """Serve a portal of `count` packages; yields its address."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(count, theirs), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()
