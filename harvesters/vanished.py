"""What a complete run did not meet is withdrawn after two such runs, unless so much vanished that a person must look first."""

from dataclasses import replace

from catalog.access import harvester
from catalog.bootstrap import Catalog
from catalog.harvests.records import HarvestRun, HarvestSource, RunState
from catalog.ports import UnitOfWork

RUNS = 2
"""Complete runs without a record before it is withdrawn."""


def too_many(missing: int, known: int) -> bool:
    """Tell whether a person must look: more than 10 % and more than 5 gone, or more than half of a source of two or more."""
    return (missing > 5 and missing > known * 0.1) or (known >= 2 and missing > known / 2)


def handle_vanished(catalog: Catalog, source: HarvestSource, run: HarvestRun) -> HarvestRun:
    """Count the vanished of a complete run and withdraw those that are due, or hold the run."""
    with catalog.store.write() as work:
        missing, known = work.harvests.count_missing(source.name, run.id), work.harvests.count_records(source.name)
        if too_many(missing, known) or (known and not run.counts.seen):
            told = f"{missing} of {known} known records are not in the source any more"
            message = f"{told}. Nothing was withdrawn; a steward must look."
            run = replace(run, state=RunState.HELD, message=message, counts=replace(run.counts, missing=missing))
        else:
            work.harvests.add_missing(source.name, run.id)
            withdrawn = _withdraw(catalog, work, source, run)
            run = replace(run, counts=replace(run.counts, missing=missing, withdrawn=withdrawn))
        work.harvests.save_run(run)
    return run


def release(catalog: Catalog, source: HarvestSource, run: HarvestRun, actor: str, because: str) -> int:
    """Let a held run's vanished records count as gone; returns how many datasets were withdrawn."""
    with catalog.store.write() as work:
        for _ in range(RUNS):
            work.harvests.add_missing(source.name, run.id)
        gone = _withdraw(catalog, work, source, run)
        counts = replace(run.counts, withdrawn=gone)
        work.harvests.save_run(replace(run, state=RunState.COMPLETE, counts=counts, message=f"Released by {actor}: {because}"))
        work.audit(at=run.finished, actor=actor, action="release-run", target=f"run:{run.id}", because=because)
    return gone


def _withdraw(catalog: Catalog, work: UnitOfWork, source: HarvestSource, run: HarvestRun) -> int:
    gone = work.harvests.vanished(source.name, run.id, RUNS)
    because = f"No longer in {source.title or source.name}"
    count = catalog.publishing.withdraw_in(work, harvester(source.name), [record.dataset for record in gone], because)
    work.harvests.forget(source.name, [record.identifier for record in gone])
    return count
