"""Which sources are due, by their cron expressions."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from croniter import croniter

from catalog.bootstrap import Catalog
from catalog.harvests.records import HarvestRun, HarvestSource, RunState

FULL_EVERY = timedelta(days=7)
"""At least this often a run looks at the whole source, since only such a run sees what vanished."""


def due_sources(catalog: Catalog) -> Iterator[tuple[HarvestSource, bool]]:
    """Yield every source that is due, with whether an incremental run is enough."""
    now = catalog.clock()
    for source in catalog.harvests.sources():
        if source.paused or not source.schedule:
            continue
        runs = catalog.harvests.runs(source.name, limit=50)
        if not runs or croniter(source.schedule, _time(runs[0].started)).get_next(datetime) <= now:
            yield source, _looked_lately(runs, now)


def _looked_lately(runs: list[HarvestRun], now: datetime) -> bool:
    full = [run for run in runs if run.state is RunState.COMPLETE]
    return bool(full) and now - _time(full[0].started) < FULL_EVERY


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
