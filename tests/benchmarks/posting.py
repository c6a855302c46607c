"""A client of four connections that publishes datasets as fast as a server takes them; a process of its own."""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import count
from subprocess import run
from typing import Any

CONNECTIONS = 4


def datasets_taken(port: int, kind: str, token: str, start: int, seconds: float) -> tuple[int, float]:
    """Publish datasets numbered from `start`; return how many were taken and the seconds. Raises CalledProcessError."""
    command = [sys.executable, __file__, str(port), kind, str(start), str(seconds)]
    done = run(command, input=token, capture_output=True, text=True, check=True)
    taken, spent = done.stdout.split()
    return int(taken), float(spent)


def _document(number: int) -> dict[str, Any]:
    words = {"en": f"Water level and depth of public wells of district {number}, measured monthly. " * 3}
    files = [
        {"id": f"file-{one}", "title": {"en": f"Part {one}"}, "download_url": f"https://water.example/{number}/{one}.csv",
         "format": "CSV", "license": "http://creativecommons.org/licenses/by/4.0/"}
        for one in range(3)
    ]  # fmt: skip
    return {
        "name": f"posted-{number}", "title": {"en": f"Wells {number}"}, "description": words, "publisher": {"name": "water"},
        "keyword": {"en": ["water", "wells"]}, "distribution": files,
        "responsibility": {"owner": "O", "steward": "S", "quality_officer": "Q", "legal_basis": {"en": "Water Act"}},
    }  # fmt: skip


def _package(number: int) -> dict[str, Any]:
    told = _document(number)
    files = [{"name": one["title"]["en"], "url": one["download_url"], "format": "CSV"} for one in told["distribution"]]
    return {
        "name": told["name"], "title": told["title"]["en"], "notes": told["description"]["en"], "owner_org": "water",
        "license_id": "cc-by", "tags": [{"name": "water"}, {"name": "wells"}], "resources": files,
        "extras": [{"key": key, "value": "O"} for key in ("owner", "steward", "quality_officer", "legal_basis")],
    }  # fmt: skip


_KINDS = {"api": ("/api/v1/datasets", _document), "ckan": ("/api/3/action/package_create", _package)}


def _post(port: int, kind: str, token: str, numbers: Any, end: float) -> int:
    path, made = _KINDS[kind]
    connection, taken = HTTPConnection("127.0.0.1", port, timeout=60), 0
    while time.monotonic() < end:
        body = json.dumps(made(next(numbers)))
        connection.request("POST", path, body, {"Authorization": token, "Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{path} was answered with {answer.status}: {text[:300]!r}")
        taken += 1
    return taken


def _main(port: int, kind: str, start: int, seconds: float) -> None:
    token, numbers, began = sys.stdin.read().strip(), count(start), time.monotonic()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        works = [pool.submit(_post, port, kind, token, numbers, began + seconds) for _ in range(CONNECTIONS)]
        print(sum(work.result() for work in works), time.monotonic() - began)


if __name__ == "__main__":
    _main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
