"""Fixity: stored bytes are hashed again at least every thirty days, those that were not looked at longest first."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from catalog.clock import Clock, stamp
from catalog.ports import FileStore, Store
from catalog.quality.waking import wake
from schemas.dates import utc

EVERY, BATCH, EARLY = timedelta(days=30), 100, timedelta(days=2)
"""Files are due some days early, so that none is late when a run is."""


@dataclass(slots=True)
class FixityCounts:
    """How stored files were found."""

    good: int = 0
    changed: int = 0
    lost: int = 0


class Fixity:
    """Hashes stored bytes again."""

    def __init__(self, store: Store, files: FileStore, clock: Clock) -> None:
        self._store, self._files, self._clock = store, files, clock

    def check_due(
        self, progress: Callable[[int, int | None], None] = lambda done, total: None, most: int = 10_000
    ) -> FixityCounts:
        """Hash what is due; each result is saved at once, so a killed run goes on."""
        counts, before = FixityCounts(), utc(self._clock() - EVERY + EARLY)
        done = 0
        while done < most:
            with self._store.read() as work:
                due = work.quality.unfixed(before, BATCH)
            for sha256 in due:
                self._check(sha256, counts)
                done += 1
                progress(done, None)
            if len(due) < BATCH:
                break
        return counts

    def _check(self, sha256: str, counts: FixityCounts) -> None:
        state, now = self._state(sha256), stamp(self._clock)
        setattr(counts, state, getattr(counts, state) + 1)
        with self._store.write() as work:
            before = work.quality.fixity([sha256]).get(sha256, ("good", ""))
            work.quality.put_fixity(sha256, state, now)
            for dataset in work.quality.holders(sha256) if before[0] != state else ():
                wake(work, dataset, "", now)

    def _state(self, sha256: str) -> str:
        digest = hashlib.sha256()
        try:
            if self._files.size(sha256) is None:
                return "lost"
            for piece in self._files.stream(sha256):
                digest.update(piece)
        except FileNotFoundError:
            return "lost"
        return "good" if digest.hexdigest() == sha256 else "changed"
