"""Messages that wake a worker, in SQLite or Redis, through Huey's storages; what they are about stands in the database.

A message may be lost with a killed worker: schedules and the outbox bring the work up again.
"""

import time
from pathlib import Path

from huey.storage import BaseStorage, RedisStorage, SqliteStorage
from sqlalchemy.engine import make_url


class HueyJobs:
    """See `catalog.ports.Jobs`; opened on first use."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opened: BaseStorage | None = None

    def wake(self, job: str) -> None:
        """Leave a message for a worker."""
        self._storage().enqueue(job.encode())

    def wait(self, seconds: float) -> str | None:
        """Return the next message, None when none came in time."""
        ends = time.monotonic() + seconds
        while True:
            if message := self._storage().dequeue():
                return bytes(message).decode()
            if time.monotonic() >= ends:
                return None
            time.sleep(min(0.5, max(0.0, ends - time.monotonic())))

    def _storage(self) -> BaseStorage:
        if self._opened is None:
            if self._url.startswith("redis"):
                self._opened = RedisStorage("qoima", url=self._url, blocking=False)
            else:
                path = Path(make_url(self._url).database or "jobs.db")
                path.parent.mkdir(parents=True, exist_ok=True)
                self._opened = SqliteStorage("qoima", filename=str(path))
        return self._opened
