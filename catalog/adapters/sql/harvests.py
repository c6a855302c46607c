"""Harvest sources, their runs, and what is remembered of each raw record."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Row, func, select

from catalog.adapters.sql.datasets import new_id
from catalog.adapters.sql.tables import harvest_run, harvest_source, harvested_record, run_problem
from catalog.harvests.records import Counts, HarvestedRecord, HarvestRun, HarvestSource, RunProblem, RunState
from schemas.problems import Problem, Severity

_RECORD_COLUMNS = [harvested_record.c[f.name] for f in fields(HarvestedRecord)]


class SqlHarvests:
    """See `catalog.harvests.ports.Harvests`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def source(self, name: str) -> HarvestSource | None:
        """Return the source, or None."""
        document = self._connection.scalar(select(harvest_source.c.document).where(harvest_source.c.name == name))
        return HarvestSource(**json.loads(document)) if document else None

    def sources(self) -> list[HarvestSource]:
        """Return every source by name."""
        rows = self._connection.scalars(select(harvest_source.c.document).order_by(harvest_source.c.name))
        return [HarvestSource(**json.loads(document)) for document in rows]

    def put_source(self, source: HarvestSource) -> None:
        """Add or replace."""
        self.remove_source(source.name)
        document = json.dumps(asdict(source), ensure_ascii=False)
        self._connection.execute(harvest_source.insert(), {"name": source.name, "document": document})

    def remove_source(self, name: str) -> None:
        """Forget a source; its runs and datasets stay."""
        self._connection.execute(harvest_source.delete().where(harvest_source.c.name == name))

    def start_run(self, source: str, started: str) -> HarvestRun:
        """Open a run."""
        row = {"source": source, "state": RunState.RUNNING.value, "started": started, "counts": "{}"}
        done = self._connection.execute(harvest_run.insert(), row)
        return HarvestRun(id=new_id(done), source=source, state=RunState.RUNNING, started=started)

    def save_run(self, run: HarvestRun) -> None:
        """Write a run's state, counts and checkpoint; its number of problems counts itself."""
        values = {"state": run.state.value, "finished": run.finished, "counts": json.dumps(asdict(run.counts))}
        values |= {"checkpoint": run.checkpoint, "message": run.message}
        self._connection.execute(harvest_run.update().where(harvest_run.c.id == run.id).values(**values))

    def run(self, number: int) -> HarvestRun | None:
        """Return a run, or None."""
        row = self._connection.execute(select(harvest_run).where(harvest_run.c.id == number)).first()
        return _run(row) if row else None

    def runs(self, *, source: str = "", before: int = 0, limit: int = 20) -> list[HarvestRun]:
        """Return runs, newest first, below number `before`."""
        query = select(harvest_run).order_by(harvest_run.c.id.desc()).limit(limit)
        if source:
            query = query.where(harvest_run.c.source == source)
        if before:
            query = query.where(harvest_run.c.id < before)
        return [_run(row) for row in self._connection.execute(query)]

    def add_problems(self, run: int, problems: Iterable[RunProblem]) -> None:
        """Store problems of a run and raise its count."""
        rows = [{"run": run, "identifier": item.identifier, **asdict(item.problem)} for item in problems]
        if rows:
            self._connection.execute(run_problem.insert(), rows)
            more = harvest_run.c.problems + len(rows)
            self._connection.execute(harvest_run.update().where(harvest_run.c.id == run).values(problems=more))

    def problems(self, run: int, *, after: int = 0, limit: int = 100) -> list[RunProblem]:
        """Return problems of a run in the order they were met, skipping the first `after`."""
        query = select(run_problem).where(run_problem.c.run == run).order_by(run_problem.c.id).offset(after).limit(limit)
        return [_problem(row) for row in self._connection.execute(query)]

    def known(self, source: str, identifiers: Sequence[str]) -> dict[str, HarvestedRecord]:
        """Return what is remembered of the records, by identifier."""
        mine = (harvested_record.c.source == source) & harvested_record.c.identifier.in_(identifiers)
        rows = self._connection.execute(select(*_RECORD_COLUMNS).where(mine))
        return {row.identifier: HarvestedRecord(**row._mapping) for row in rows}

    def put_records(self, records: Iterable[HarvestedRecord]) -> None:
        """Add or replace."""
        by_source: dict[str, list[HarvestedRecord]] = {}
        for record in records:
            by_source.setdefault(record.source, []).append(record)
        for source, group in by_source.items():
            gone = harvested_record.c.identifier.in_([record.identifier for record in group])
            self._connection.execute(harvested_record.delete().where((harvested_record.c.source == source) & gone))
            self._connection.execute(harvested_record.insert(), [asdict(record) for record in group])

    def mark_seen(self, source: str, identifiers: Sequence[str], run: int) -> None:
        """Remember that a run met these records."""
        mine = (harvested_record.c.source == source) & harvested_record.c.identifier.in_(identifiers)
        self._connection.execute(harvested_record.update().where(mine).values(seen_run=run, missing_runs=0))

    def count_missing(self, source: str, run: int) -> int:
        """Return how many known records a run did not meet."""
        return self._connection.scalar(select(func.count()).select_from(harvested_record).where(_unseen(source, run))) or 0

    def add_missing(self, source: str, run: int) -> None:
        """Count one more complete run without them, for the records that a run did not meet."""
        more = harvested_record.c.missing_runs + 1
        self._connection.execute(harvested_record.update().where(_unseen(source, run)).values(missing_runs=more))

    def vanished(self, source: str, run: int, missing_runs: int) -> list[HarvestedRecord]:
        """Return the records that at least so many complete runs did not meet."""
        long_gone = _unseen(source, run) & (harvested_record.c.missing_runs >= missing_runs)
        return [HarvestedRecord(**row._mapping) for row in self._connection.execute(select(*_RECORD_COLUMNS).where(long_gone))]

    def forget(self, source: str, identifiers: Sequence[str]) -> None:
        """Remember nothing more of these records."""
        mine = (harvested_record.c.source == source) & harvested_record.c.identifier.in_(identifiers)
        self._connection.execute(harvested_record.delete().where(mine))

    def count_records(self, source: str) -> int:
        """Return how many records of a source are known."""
        query = select(func.count()).select_from(harvested_record).where(harvested_record.c.source == source)
        return self._connection.scalar(query) or 0


def _unseen(source: str, run: int) -> Any:
    return (harvested_record.c.source == source) & (harvested_record.c.seen_run != run)


def _run(row: Row[Any]) -> HarvestRun:
    values = {f.name: row._mapping[f.name] for f in fields(HarvestRun)}
    return HarvestRun(**{**values, "state": RunState(row.state), "counts": Counts(**json.loads(row.counts))})


def _problem(row: Row[Any]) -> RunProblem:
    return RunProblem(row.identifier, Problem(row.code, row.path, row.message, Severity(row.severity)))
