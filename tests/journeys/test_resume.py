"""A run that was killed late goes on knowing what it knew: that the listing was broken, and what it had counted as missing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from catalog.bootstrap import Catalog
from catalog.harvests.records import RunState
from catalog.settings import Settings
from harvesters.http import Limits
from harvesters.runner import run_harvest
from tests.journeys import portal as portals
from tests.journeys.portal import COUNT, FILES, ROWS, SEARCH, Portal, opened, photograph, portal
from tests.loopback import Answer, Request


class Killed(BaseException):
    """Stands for kill -9: nothing of ours may catch it."""


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    monkeypatch.setattr("harvesters.http.opening.Limits", lambda: Limits(retries=0))
    with portal() as made:
        yield made


@pytest.fixture
def catalog(settings: Settings, served: Portal) -> Iterator[Catalog]:
    with opened(settings, served.server.host) as made:
        run_harvest(made, served.source())
        yield made


@pytest.fixture
def kill(monkeypatch: pytest.MonkeyPatch, catalog: Catalog, served: Portal) -> Callable[[], None]:
    """Harvest, and die once the records are done, before the files are."""

    def now(*_: Any) -> None:
        raise Killed

    def killed() -> None:
        with monkeypatch.context() as patch, pytest.raises(Killed):
            patch.setattr("harvesters.runner.fetch_files", now)
            run_harvest(catalog, served.source())

    return killed


def test_a_broken_listing_is_remembered_so_that_nothing_counts_as_gone(
    catalog: Catalog, served: Portal, kill: Callable[[], None]
) -> None:
    def broken(request: Request) -> Any:
        return Answer(status=500) if int(request.params["start"]) >= 2 * ROWS else served.search(request)

    served.server.routes[SEARCH] = broken
    kill()
    served.server.routes[SEARCH] = lambda request: {"success": True, "result": {"count": 2 * ROWS, "results": []}}
    run = run_harvest(catalog, served.source())
    assert (run.id, run.state, run.counts.missing) == (2, RunState.INCOMPLETE, 0)
    assert "answered 500" in run.message and len(photograph(catalog)) == COUNT


def test_a_killed_run_counts_the_missing_once(
    catalog: Catalog, served: Portal, kill: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portals, "COUNT", COUNT - 1)
    kill()
    kill()
    run = run_harvest(catalog, served.source())
    assert (run.id, run.state, run.counts.missing, run.counts.withdrawn) == (2, RunState.COMPLETE, 1, 0)
    assert run_harvest(catalog, served.source()).counts.withdrawn == 1


def test_files_that_a_killed_run_did_not_fetch_are_fetched_by_the_next(
    catalog: Catalog, served: Portal, kill: Callable[[], None]
) -> None:
    served.modified, changed = "2026-11-20T00:00:00", b"station,level\nAqtau,5\n"
    served.server.routes[FILES] = lambda request: Answer(body=changed, headers=(("Content-Type", "text/csv"),))
    kill()
    run = run_harvest(catalog, served.source())
    assert (run.id, run.counts.changed, run.counts.files_stored, run.counts.tables_valid) == (2, 1, 1, 1)
    assert run_harvest(catalog, served.source()).counts.files_stored == 0
