"""The job table: one row per kind and key; every step is a conditional update, so that two workers never hold one job."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, and_, bindparam, case, select

from catalog.adapters.sql.tables import job as jobs
from catalog.records import Job, JobState

_COLUMNS = [jobs.c[f.name] for f in fields(Job)]
_DUE: BindParameter[str] = bindparam("then")
_NAMED = (jobs.c.kind == bindparam("its_kind")) & (jobs.c.key == bindparam("its_key"))
_WAITS, _RUNS = jobs.c.state == JobState.WAITING.value, jobs.c.state == JobState.RUNNING.value
_AGAIN = jobs.update().where(_NAMED).values(
    due=case((_WAITS & (jobs.c.due < _DUE), jobs.c.due), (_RUNS, jobs.c.due), else_=_DUE),
    again=case((_RUNS & (jobs.c.again == ""), _DUE), (_RUNS & (jobs.c.again > _DUE), _DUE), else_=jobs.c.again),
    attempts=case((_WAITS | _RUNS, jobs.c.attempts), else_=0),
    state=case((_RUNS, jobs.c.state), else_=JobState.WAITING.value),
)  # fmt: skip


class SqlJobQueue:
    """See `catalog.ports.JobQueue`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, kind: str, key: str, *, due: str) -> None:
        """Add a job; one that waits comes forward, one that runs will run again, one that was given up gets a new chance."""
        if not self._connection.execute(_AGAIN, {**_name(kind, key), "then": due}).rowcount:
            row = {"kind": kind, "key": key, "due": due, "state": JobState.WAITING.value}
            self._connection.execute(jobs.insert(), row)

    def get(self, kind: str, key: str) -> Job | None:
        """Return a job, or None."""
        row = self._connection.execute(select(*_COLUMNS).where(_NAMED), _name(kind, key)).first()
        return _job(row) if row else None

    def page(self, *, kind: str = "", state: str = "", limit: int = 100) -> list[Job]:
        """Return jobs, those due first first."""
        query = select(*_COLUMNS).order_by(jobs.c.due, jobs.c.id).limit(limit)
        query = query.where(jobs.c.kind == kind) if kind else query
        return [_job(row) for row in self._connection.execute(query.where(jobs.c.state == state) if state else query)]

    def cancel(self, kind: str, key: str) -> None:
        """Forget a job unless it runs just now; one that runs will not run again."""
        self._connection.execute(jobs.delete().where(_NAMED, ~_RUNS), _name(kind, key))
        self._connection.execute(jobs.update().where(_NAMED).values(again=""), _name(kind, key))

    def claim(self, owner: str, now: str, until: str, kinds: Sequence[str]) -> Job | None:
        """Take the job that is due longest, until `until`; None where nothing is due."""
        ready = and_(_WAITS, jobs.c.due <= now, jobs.c.kind.in_(kinds))
        while found := self._connection.execute(
            select(jobs.c.id, jobs.c.attempts).where(ready).order_by(jobs.c.due, jobs.c.id).limit(1)
        ).first():
            mine = and_(jobs.c.id == found.id, jobs.c.attempts == found.attempts, ready)
            values = {"state": JobState.RUNNING.value, "owner": owner, "lease": until, "attempts": found.attempts + 1}
            if self._connection.execute(jobs.update().where(mine).values(**values)).rowcount:
                row = self._connection.execute(select(*_COLUMNS).where(jobs.c.id == found.id)).one()
                return _job(row)
        return None

    def renew(self, job: Job, until: str, progress: str = "") -> bool:
        """Hold a job longer and say how far it is; tells whether it is still ours."""
        values = {"lease": until} | ({"progress": progress[:200]} if progress else {})
        return bool(self._connection.execute(jobs.update().where(_ours(job)).values(**values)).rowcount)

    def finish(self, job: Job) -> bool:
        """End a job: it goes, or waits again where it was put meanwhile; tells whether it was still ours."""
        fresh = {"state": JobState.WAITING.value, "due": jobs.c.again, "again": "", "attempts": 0}
        again = jobs.update().where(_ours(job), jobs.c.again != "").values(**fresh, note="", progress="", owner="", lease="")
        if self._connection.execute(again).rowcount:
            return True
        return bool(self._connection.execute(jobs.delete().where(_ours(job))).rowcount)

    def fail(self, job: Job, *, due: str, note: str, attempts: int) -> None:
        """Say why a job failed: it waits until `due`, or is given up after so many attempts."""
        state = JobState.GIVEN_UP if job.attempts >= attempts else JobState.WAITING
        values = {"state": state.value, "due": due, "note": note, "owner": "", "lease": ""}
        self._connection.execute(jobs.update().where(_ours(job)).values(**values))

    def sweep(self, now: str, attempts: int) -> int:
        """Let jobs wait again whose worker gave no sign in time, or give them up; returns how many."""
        silent = and_(_RUNS, jobs.c.lease < now)
        state = case((jobs.c.attempts >= attempts, JobState.GIVEN_UP.value), else_=JobState.WAITING.value)
        values = {"state": state, "note": "The worker stopped in the middle.", "owner": "", "lease": ""}
        return self._connection.execute(jobs.update().where(silent).values(**values)).rowcount


def _name(kind: str, key: str) -> dict[str, str]:
    """Return the values of `_NAMED`."""
    return {"its_kind": kind, "its_key": key}


def _ours(job: Job) -> ColumnElement[bool]:
    return and_(jobs.c.id == job.id, _RUNS, jobs.c.owner == job.owner, jobs.c.attempts == job.attempts)


def _job(row: Row[Any]) -> Job:
    return Job(**{**row._mapping, "state": JobState(row.state)})
