"""Durable work: jobs written in the transaction of the change they follow, claimed under a lease, given up after three crashes.

    with store.write() as work:
        work.datasets.update(…)
        work.jobs.put("audit", "water-levels", due=now)      # together with the change, or not at all

A kind and a key name one job. Putting it again while it waits brings it forward; while it runs, it will run once more.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from catalog.clock import Clock, stamp
from catalog.ports import Store
from catalog.records import Job
from schemas.dates import utc

LEASE = timedelta(minutes=5)
"""How long a claimed job is left alone when its worker gives no sign."""
ATTEMPTS = 3
"""So many crashes or errors and a job is given up; it stays in the table with its note until somebody retries it."""
PAUSE = timedelta(minutes=5)
"""Wait before a job that failed is tried again, doubled each time."""

Report = Callable[[str], None]
"""Told by a handler how far it is, such as `12/5000`; shown by `qoima job list`."""
Handler = Callable[[Job, Report], object]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Runs jobs that are due. `recurring` kinds run by themselves, so long after they last ended."""

    store: Store
    clock: Clock
    owner: str
    handlers: Mapping[str, Handler]
    recurring: Mapping[str, timedelta] = field(default_factory=dict)

    def run_due(self, limit: int = 1000) -> int:
        """Run what is due, oldest first; returns how many jobs were run. One that fails does not keep others from running."""
        self._prepare()
        done = 0
        while done < limit and (job := self._claim()):
            self._run(job)
            done += 1
        return done

    def _prepare(self) -> None:
        now = stamp(self.clock)
        with self.store.write() as work:
            work.jobs.sweep(now, ATTEMPTS)
            for kind in self.recurring:
                if work.jobs.get(kind, "") is None:
                    work.jobs.put(kind, "", due=now)

    def _claim(self) -> Job | None:
        with self.store.write() as work:
            return work.jobs.claim(self.owner, stamp(self.clock), self._until(), tuple(self.handlers))

    def _until(self, wait: timedelta = LEASE) -> str:
        return utc(self.clock() + wait)

    def _run(self, job: Job) -> None:
        try:
            with self._held(job) as report:
                self.handlers[job.kind](job, report)
        except Exception as error:  # one job's fault is told on the job; the others go on
            _log.exception("Job %s %s failed.", job.kind, job.key)
            pause = PAUSE * 2 ** (job.attempts - 1)
            with self.store.write() as work:
                work.jobs.fail(job, due=self._until(pause), note=f"{type(error).__name__}: {error}"[:1000], attempts=ATTEMPTS)
            return
        with self.store.write() as work:
            work.jobs.finish(job)
            if every := self.recurring.get(job.kind):
                work.jobs.put(job.kind, job.key, due=self._until(every))

    @contextmanager
    def _held(self, job: Job) -> Iterator[Report]:
        """Renew the lease in the background while the handler works."""
        ended = threading.Event()

        def report(progress: str = "") -> None:
            with self.store.write() as work:
                work.jobs.renew(job, self._until(), progress)

        def beat() -> None:
            while not ended.wait(LEASE.total_seconds() / 3):
                try:
                    report()
                except Exception:  # the lease lapses then, and the job is claimed again
                    _log.warning("The lease of job %s %s could not be renewed.", job.kind, job.key)

        beating = threading.Thread(target=beat, daemon=True)
        beating.start()
        try:
            yield report
        finally:
            ended.set()
            beating.join()
