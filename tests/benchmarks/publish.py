"""Publishing one dataset through HTTP side by side with CKAN 2.12's package_create: metadata checked, audited, indexed."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from statistics import median

from tests.benchmarks.posting import datasets_taken
from tests.benchmarks.servers import await_answer, cpu_seconds
from tests.benchmarks.sites import ROOT, Site, ckan, free_ports

ROUNDS, SECONDS = 3, 5.0
KNOWN = 76
"""CPU ms of package_create known of CKAN with a real Solr on two quiet cores: web 35, PostgreSQL 7, Solr 34."""
_COMMAND = [sys.executable, "-c", "from web.cli import main; main()"]


def run() -> Iterator[str]:
    """Yield the lines of the table."""
    with _qoima() as ours, ckan(0) as theirs:
        sites = [("Qoima, POST /api/v1/datasets", ours, "api"), ("Qoima, package_create", ours, "ckan")]
        if theirs:
            _agency(theirs)
            sites.append(("CKAN 2.12, package_create", theirs, "ckan"))
        yield "| publishing one dataset of three links | datasets/s | CPU ms |"
        yield "|---|---|---|"
        rounds = [[_measured(site, kind, (turn * 10 + at) * 1_000_000) for at, (_, site, kind) in enumerate(sites)]
                  for turn in range(ROUNDS + 1)][1:]  # fmt: skip
        figures = [(median(rate for rate, _, _ in one), median(cpu for _, cpu, _ in one)) for one in zip(*rounds, strict=True)]
        for (title, _, _), (rate, cpu) in zip(sites, figures, strict=True):
            yield f"| {title} | {rate:.0f} | {cpu:.1f} |"
        taken = sum(one[2] for turn in rounds for one in turn[:2])
        yield ""
        yield f"Known of CKAN with a real Solr: {KNOWN} CPU ms, {KNOWN / figures[0][1]:.1f} × ours. {_found(ours, taken)}"
        yield "Four connections, two gunicorn workers each, in turn, medians; CPU of all processes but the stand-in for Solr."


def _measured(site: Site, kind: str, start: int) -> tuple[float, float, int]:
    before = cpu_seconds(site.processes)
    taken, spent = datasets_taken(site.port, kind, site.token, start, SECONDS)
    time.sleep(1)  # the last commit of the index is counted too
    return taken / spent, (cpu_seconds(site.processes) - before) / taken * 1000, taken


def _found(site: Site, taken: int) -> str:
    """Return how many of the datasets are found; all of them, or the figures mean nothing."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.request("GET", "/api/v1/datasets?limit=0")
    total = json.loads(connection.getresponse().read())["total"]
    if total < taken:
        raise RuntimeError(f"{taken} datasets were published, but {total} are found.")
    return f"{total:,} datasets were published, and all are found by search."


@contextmanager
def _qoima() -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QOIMA_HOME": home, "QOIMA_WRITES_PER_MINUTE": "1000000"}

        def qoima(*words: str) -> str:
            done = subprocess.run([*_COMMAND, *words], env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
            return done.stdout

        qoima("account", "add", "clerk@water.example", "--agency", "water", "--role", "publisher")
        made = qoima("account", "token", "clerk@water.example", "--scope", "dataset:read", "--scope", "dataset:publish", "--json")
        port = free_ports(1)[0]
        command = [*_COMMAND, "serve", "--port", str(port), "--workers", "2", "--no-background"]
        server = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
        try:
            await_answer(port, "/healthz")
            yield Site(port, (server.pid,), {}, json.loads(made)["token"])
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)


def _agency(site: Site) -> None:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers = {"Authorization": site.token, "Content-Type": "application/json"}
    connection.request("POST", "/api/3/action/organization_create", json.dumps({"name": "water", "title": "Water"}), headers)
    answer = connection.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"CKAN did not take the organization: {answer.read()[:300]!r}")
