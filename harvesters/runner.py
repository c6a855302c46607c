"""Runs a harvest: fetch, read, validate, compare, apply, record by record; then files, tables and index.

A run is idempotent, goes on where it was killed, and never lets one bad record or a failing source harm what is published.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from catalog.bootstrap import Catalog
from catalog.clock import stamp
from catalog.harvests.records import HarvestRun, HarvestSource, RunProblem, RunState
from catalog.publishing import Change
from harvesters.apply import Applied, apply_batch
from harvesters.base import Checkpoint, Fetching, HarvestRecord, SourceKind, source_kinds
from harvesters.files import fetch_files
from harvesters.holding import settle_held
from harvesters.http import FetchError, open_client, secrets_of
from harvesters.vanished import handle_vanished
from schemas.problems import Problem, Severity

BATCH = 100
"""Records a transaction."""

Progress = Callable[[str, int, int | None], None]
"""Called with the stage (`records`, `files`, `tables`, `versions`, `croissant`, `quality`, `index`), how many are done and, where
that is known, how many there are."""


def quiet(stage: str, done: int, total: int | None) -> None:
    """Show nothing."""


@dataclass(slots=True)
class _Tally:
    """What a run has done so far."""

    run: HarvestRun

    @property
    def broken(self) -> bool:
        """Tell whether the listing is not complete. It is stored as the message, so that a run that goes on knows it too."""
        return bool(self.run.message)

    def add(self, applied: Applied) -> None:
        counts = self.run.counts
        seen = sum(applied.changes.values()) + applied.failed
        self.run = replace(
            self.run,
            counts=replace(
                counts,
                seen=counts.seen + seen,
                added=counts.added + applied.changes[Change.ADDED],
                changed=counts.changed + applied.changes[Change.CHANGED],
                unchanged=counts.unchanged + applied.changes[Change.UNCHANGED],
                failed=counts.failed + applied.failed,
            ),
        )


def run_harvest(
    catalog: Catalog, source: HarvestSource, *, progress: Progress = quiet, incremental: bool = False
) -> HarvestRun:
    """Harvest a source to the end, or go on with the run that was killed; returns the finished run."""
    kind = source_kinds()[source.kind]
    with open_client(catalog.settings, source) as http:
        tally = _Tally(_begin(catalog, source))
        since = _since(catalog, source) if incremental and kind.incremental else ""
        secrets = secrets_of(catalog.settings, source)
        fetching = Fetching(source=source, http=http, resume=tally.run.checkpoint, since=since, secrets=secrets)
        _records(catalog, kind, fetching, tally, progress)
        counted_before_a_kill = tally.run.counts.missing > 0
        if not tally.broken and not since and not counted_before_a_kill:
            tally.run = handle_vanished(catalog, source, tally.run)
        _follow(catalog, source, kind, fetching, tally, progress)
    return _finish(catalog, tally, since)


def _begin(catalog: Catalog, source: HarvestSource) -> HarvestRun:
    with catalog.store.write() as work:
        last = next(iter(work.harvests.runs(source=source.name, limit=1)), None)
        if last and last.state is RunState.RUNNING:
            return last
        return work.harvests.start_run(source.name, stamp(catalog.clock))


def _since(catalog: Catalog, source: HarvestSource) -> str:
    with catalog.store.read() as work:
        done = [run for run in work.harvests.runs(source=source.name, limit=50) if run.state is RunState.COMPLETE]
    return done[0].started if done else ""


def _records(catalog: Catalog, kind: SourceKind, fetching: Fetching, tally: _Tally, progress: Progress) -> None:
    batch: list[HarvestRecord] = []
    problems: list[RunProblem] = []
    total: int | None = None
    for item in _safely(kind, fetching):
        if isinstance(item, Problem):
            problems.append(RunProblem("", item))
            if item.severity is Severity.ERROR:
                tally.run = replace(tally.run, message=item.message)
        elif isinstance(item, Checkpoint):
            total = item.total if item.total is not None else total
        else:
            batch.append(item)
        if isinstance(item, Checkpoint) or len(batch) + len(problems) >= BATCH:
            _write(catalog, fetching.source, tally, batch, problems, item.token if isinstance(item, Checkpoint) else "")
            batch, problems = [], []
        progress("records", tally.run.counts.seen, total)
    _write(catalog, fetching.source, tally, batch, problems)


def _safely(kind: SourceKind, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
    try:
        yield from kind.records(fetching)
    except FetchError as error:
        yield Problem(error.code, "", str(error))
    except Exception as error:  # the border of one source: whatever a portal sends ends as a Problem on the run
        yield Problem("source-failed", "", f"The source could not be read to its end ({type(error).__name__}: {error}).")


def _write(
    catalog: Catalog, source: HarvestSource, tally: _Tally, batch: list[HarvestRecord],
    problems: list[RunProblem], checkpoint: str = "",
) -> None:  # fmt: skip
    """Apply a batch and the state of the run in one transaction."""
    with catalog.store.write() as work:
        applied = apply_batch(catalog, work, source, tally.run.id, _once(batch)) if batch else Applied()
        tally.add(applied)
        tally.run = replace(tally.run, checkpoint=checkpoint or tally.run.checkpoint)
        work.harvests.add_problems(tally.run.id, [*applied.problems, *_repeated(batch), *problems])
        work.harvests.save_run(tally.run)


def _once(batch: list[HarvestRecord]) -> list[HarvestRecord]:
    return list({record.identifier: record for record in batch}.values())


def _repeated(batch: list[HarvestRecord]) -> Iterator[RunProblem]:
    seen: set[str] = set()
    for record in batch:
        if record.identifier in seen:
            message = "The source gives two records with this identifier; the last one was taken."
            yield RunProblem(record.identifier, Problem("repeated-identifier", "", message, Severity.WARNING))
        seen.add(record.identifier)


def _follow(
    catalog: Catalog, source: HarvestSource, kind: SourceKind, fetching: Fetching, tally: _Tally, progress: Progress
) -> None:
    """Index what changed, then fetch files, validate tables and index the columns found."""
    catalog.indexing.drain()
    files = fetch_files(catalog, fetching, kind, lambda done, total: progress("files", done, total))
    tables = catalog.validation.check_waiting(source.name, lambda done, total: progress("tables", done, total))
    catalog.versions.cut_waiting(source.name, lambda done, total: progress("versions", done, total))
    catalog.croissants.check_waiting(lambda done, total: progress("croissant", done, total), source.name)
    settle_held(catalog, source)
    catalog.audits.run(source=source.name, progress=lambda done, total: progress("quality", done, total))
    progress("index", catalog.indexing.drain(), None)
    tally.run = replace(
        tally.run,
        counts=replace(
            tally.run.counts, files_stored=files.stored, files_failed=files.failed,
            tables_valid=tables.valid, tables_invalid=tables.invalid,
        ),
    )  # fmt: skip
    with catalog.store.write() as work:
        work.harvests.add_problems(tally.run.id, files.problems)


def _finish(catalog: Catalog, tally: _Tally, since: str) -> HarvestRun:
    state = tally.run.state
    if state is RunState.RUNNING:
        state = RunState.INCOMPLETE if tally.broken or since else RunState.COMPLETE
    run = replace(tally.run, state=state, finished=stamp(catalog.clock), checkpoint="")
    with catalog.store.write() as work:
        work.harvests.save_run(run)
        return work.harvests.run(run.id) or run


