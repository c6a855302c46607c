"""No kind of source is harmed by a portal that fails at once or half-way: each failure is told, and the catalogue stays."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from catalog.harvests.records import HarvestSource, RunState
from catalog.settings import Settings
from harvesters.http import Limits
from harvesters.runner import run_harvest
from tests.harvesters.test_datagovsg import Portal as Singapore
from tests.journeys.portal import opened, photograph
from tests.journeys.test_faults import always, bomb, drip, redirect, ten_gib
from tests.loopback import Answer, Loopback, Request, Route, json_answer, loopback
from tests.replay import portals

SMALL = Limits(idle=0.3, total=0.3, max_body=8 * 2**20, ratio_from=2**16, retries=0)
SECONDS = 20


@dataclass
class Failing:
    """A portal that answers by `routes` until `good` requests have come, and by `fault` from then on."""

    routes: dict[str, Route] = field(default_factory=dict)
    fault: Callable[[Any, Request], Any] | None = None
    good: int = 0
    server: Loopback = field(default_factory=lambda: Loopback({}))

    def answer(self, request: Request) -> Any:
        """Answer like the portal, or fail."""
        self.good -= 1
        if self.fault and self.good < 0:
            return self.fault(self, request)
        return Loopback(self.routes).answer(request)


def aihub(url: list[str]) -> dict[str, Route]:
    routes, known = portals.aihub(502), portals.read_json("d_korea/aihub/aihub_catalog_detail.json")[:8]
    lines = "\n".join(f"{entry['id']}, {entry['title']}" for entry in known)
    listing = Answer(body=f"{'=' * 42}\n{lines}\n{'=' * 42}\n".encode(), status=502)
    return routes | {"/info/dataset.do": lambda request: listing, "/catalogue.json": lambda request: known}


def federal(url: list[str]) -> dict[str, Route]:
    entries = [{"identifier": f"d-{number}", "title": f"Dataset {number}"} for number in range(8)]
    return {"/data.json": lambda request: {"dataset": entries}}


KINDS: dict[str, tuple[Callable[[list[str]], dict[str, Route]], int, dict[str, str]]] = {
    "aihub": (aihub, 8, {"site": "{url}", "catalogue": "{url}/catalogue.json", "pages": "no"}),
    "egovkz": (lambda url: portals.egovkz(*portals.passports()), len(portals.PASSPORTS), {}),
    "dmi": (portals.dmi, 2, {"services": "metObs", "forecast": "no"}),
    "datagovsg": (lambda url: Singapore().routes(), 5, {}),
    "dcat_us": (federal, 8, {}),
}
FAULTS = {
    "500": always(lambda: json_answer({}, 500)),
    "HTML": always(lambda: Answer(body=b"<!doctype html><title>Maintenance</title>")),
    "an empty answer": always(lambda: Answer()),
    "broken JSON": always(lambda: Answer(body=b'{"data": [')),
    "another JSON": always(lambda: json_answer(["no", "portal"])),
    "null": always(lambda: json_answer(None)),
    "10 GiB": always(lambda: Answer(body=ten_gib(), length=None)),
    "gzip bomb": always(bomb),
    "slow drip": always(lambda: Answer(body=drip(), length=None)),
    "redirect into the network": always(lambda: redirect("http://169.254.169.254/latest/meta-data/")),
    "a connection that is cut": always(lambda: Answer(body=b'{"data"', length=5000)),
}  # fmt: skip


@contextmanager
def failing(make: Callable[[list[str]], dict[str, Route]]) -> Iterator[Failing]:
    """Serve a portal that can be made to fail."""
    made, url = Failing(), [""]
    with loopback({"/": made.answer}) as server:
        made.server, url[0] = server, server.url
        made.routes = make(url)
        yield made


@pytest.mark.parametrize("name", KINDS)
def test_a_failing_portal_is_told_and_changes_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("harvesters.http.opening.Limits", lambda: SMALL)
    make, published, options = KINDS[name]
    with failing(make) as portal, opened(replace(settings, secrets={"KEY": "k-1"}), portal.server.host) as catalog:
        given = {key: value.format(url=portal.server.url) for key, value in options.items()}
        source = HarvestSource(name="portal", kind=name, url=portal.server.url, files="link", secret_name="KEY", options=given)
        run_harvest(catalog, source)
        before, asked = photograph(catalog), len(portal.server.requests)
        assert len(before) == published
        for fault, good in ((fault, good) for fault in FAULTS for good in sorted({0, asked // 2})):
            portal.fault, portal.good, started = FAULTS[fault], good, time.monotonic()
            run = run_harvest(catalog, source)
            what = (fault, good, run)
            assert time.monotonic() - started < SECONDS, what
            assert run.problems and (good or run.state is not RunState.COMPLETE), what
            assert run.counts.missing == 0 or run.state is RunState.HELD, what
            assert all(item.problem.message[-1] == "." for item in catalog.harvests.problems(run.id)), what
            assert photograph(catalog) == before, what
