"""The two sites that are compared, each served by two gunicorn workers on loopback: ours, and CKAN where its scripts are here."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.benchmarks.generated import WORDS, generated_portal, package
from tests.benchmarks.servers import await_answer

ROOT = Path(__file__).parents[2]
PEERS = Path(os.environ.get("QOIMA_PEERS", ROOT.parent / "shared" / "peers"))
DATASETS = 10_000
PEER_DATASETS = 1_000
"""CKAN creates some fifteen datasets a second; what is compared does not depend on their number there."""


@dataclass(frozen=True, slots=True)
class Site:
    """A server: its port, the processes whose CPU counts (with what they started), and the addresses of each kind of answer."""

    port: int
    processes: tuple[int, ...]
    paths: dict[str, tuple[str, ...]]
    token: str = ""


@contextmanager
def qoima() -> Iterator[Site]:
    """Serve our site with the embedded engines over generated datasets, harvested as any source is."""
    with tempfile.TemporaryDirectory() as home:
        with generated_portal(DATASETS) as url:
            harvest = [sys.executable, "-m", "tests.benchmarks.harvest_once", url, home]
            subprocess.run(harvest, check=True, capture_output=True, cwd=ROOT)
        port = free_ports(1)[0]
        command = [sys.executable, "-c", "from web.cli import main; main()", "serve", "--port", str(port), "--workers", "2"]
        command.append("--no-background")
        environment = {**os.environ, "QOIMA_HOME": home}
        process = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
        try:
            await_answer(port, "/healthz")
            yield Site(port, (process.pid,), _paths("/dataset/{}", "/dataset/?q={}", "/api/v1/datasets/{}", DATASETS))
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


@contextmanager
def ckan(datasets: int = PEER_DATASETS) -> Iterator[Site | None]:
    """Serve CKAN over the first of the same datasets; None where it is not here or cannot be set up."""
    scripts = PEERS / "ckan"
    if not (scripts / "ckan_up.sh").exists():
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the database runs as another user
        web, *others = free_ports(4)
        ports = dict(zip(("WEB", "PGP", "RP", "SP"), map(str, (web, *others)), strict=True))
        try:
            yield _set_up(scripts, Path(folder), web, ports, datasets)
        finally:
            _script(scripts / "ckan_down.sh", folder, {})


def _set_up(scripts: Path, base: Path, port: int, ports: dict[str, str], datasets: int) -> Site | None:
    if _script(scripts / "ckan_up.sh", str(base), ports):
        return None
    try:
        await_answer(port, "/api/3/action/status_show")
        token = (base / "token.txt").read_text().strip()
        _load(port, token, datasets)
    except (OSError, RuntimeError) as error:
        print(f"CKAN could not be set up: {error}", file=sys.stderr)
        return None
    files = (base / "run" / "ckan.pid", base / "run" / "redis.pid", base / "pg" / "data" / "postmaster.pid")
    processes = tuple(int(file.read_text().split()[0]) for file in files)
    paths = _paths("/dataset/{}", "/dataset/?q={}", "/api/3/action/package_show?id={}", PEER_DATASETS)
    return Site(port, processes, paths, token)


def _script(script: Path, base: str, environment: dict[str, str]) -> int:
    with tempfile.TemporaryFile() as log:
        done = subprocess.run(["bash", str(script), base], env={**os.environ, **environment}, stdout=log, stderr=log, timeout=600)
        if done.returncode:
            log.seek(0)
            print(f"{script.name} failed: {log.read()[-2000:].decode(errors='replace')}", file=sys.stderr)
    return done.returncode


def _load(port: int, token: str, datasets: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def call(action: str, body: dict[str, Any]) -> None:
        headers = {"Authorization": token, "Content-Type": "application/json"}
        connection.request("POST", f"/api/3/action/{action}", json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{action} was answered with {answer.status}: {text[:400].decode(errors='replace')}")

    packages = [package(number) for number in range(datasets)]
    for name, title in sorted({(one["organization"]["name"], one["organization"]["title"]) for one in packages}):
        call("organization_create", {"name": name, "title": title})
    for title in sorted({group["title"] for one in packages for group in one["groups"]}):
        call("group_create", {"name": title.lower(), "title": title})
    for one in packages:
        kept = {key: one[key] for key in ("name", "title", "notes", "license_id", "extras")}
        files = [{key: file[key] for key in ("name", "url", "format", "mimetype", "size")} for file in one["resources"]]
        tags = [{"name": tag["name"]} for tag in one["tags"]]
        groups = [{"name": group["title"].lower()} for group in one["groups"]]
        parts = {"tags": tags, "groups": groups, "resources": files}
        call("package_create", {**kept, **parts, "owner_org": one["organization"]["name"]})


def _paths(page: str, search: str, document: str, count: int) -> dict[str, tuple[str, ...]]:
    names = [package(number)["name"] for number in range(0, count, max(1, count // 1_000))]
    return {
        "dataset page": tuple(page.format(name) for name in names),
        "search page": tuple(search.format(word) for word in sorted(set(WORDS))),
        "dataset as JSON": tuple(document.format(name) for name in names),
    }


def free_ports(count: int) -> list[int]:
    """Return ports on loopback that nobody uses just now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
