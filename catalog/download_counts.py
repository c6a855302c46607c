"""How often bytes left and programs asked, by day; written a few seconds later and together, so that nobody waits for it."""

import logging
from collections import Counter
from threading import Lock, Timer

from catalog.clock import Clock, stamp
from catalog.ports import Store

log = logging.getLogger(__name__)
SECONDS = 5.0


class DownloadCounts:
    """Counts in memory and writes down soon; what a killed process had not written is lost."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._waiting: Counter[tuple[str, str, str, str]] = Counter()
        self._lock = Lock()
        self._timer: Timer | None = None

    def note(self, dataset: str, sha256: str, filename: str) -> None:
        """Count one download."""
        with self._lock:
            self._waiting[dataset, sha256, stamp(self._clock)[:10], filename] += 1
            if self._timer is None:
                self._timer = Timer(SECONDS, self._late)
                self._timer.daemon = True
                self._timer.start()

    def note_question(self, dataset: str) -> None:
        """Count one question of a program about a dataset."""
        self.note(dataset, "", "")

    def flush(self) -> None:
        """Write down what was counted."""
        with self._lock:
            waiting, self._waiting, self._timer = self._waiting, Counter(), None
        if not waiting:
            return
        with self._store.write() as work:
            there = work.datasets.taken(sorted({dataset for dataset, *_ in waiting}))
            for (dataset, sha256, day, filename), count in waiting.items():
                if dataset in there:
                    work.takedowns.count(dataset, sha256, day, filename, count)

    def _late(self) -> None:
        try:
            self.flush()
        except Exception:  # the border of a background thread: counts are no reason to fail
            log.exception("Downloads could not be counted.")
