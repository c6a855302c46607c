"""Copies of large tables that are asked for rows, in a folder of bounded size; a question to one reads only what it needs."""

import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread

from catalog.ports import FileStore
from catalog.records import Derivative
from catalog.tables.query.opening import COPY, write_copy

log = logging.getLogger(__name__)
ROWS, BYTES = 50_000, 512 * 2**20
"""Tables of less rows are quick as they are; Parquet of more bytes would take too long to copy."""
STALE = 3600
"""Seconds after which an unfinished copy is one that a kill left behind."""


class Warm:
    """Keeps copies of the tables asked last, `limit` bytes at most, for all processes that share the folder."""

    def __init__(self, files: FileStore, folder: Path, limit: int) -> None:
        self._files, self._folder, self._limit = files, folder, limit
        self._lock, self._begun = Lock(), set[str]()

    @contextmanager
    def path(self, made: Derivative) -> Iterator[Path]:
        """Give the copy of a table, or its Parquet while there is none; a copy that is worth it is begun meanwhile."""
        if made.rows >= ROWS and self._used(copy := self._copy(made)):
            yield copy
            return
        self._begin(made)
        with self._files.local(made.sha256) as path:
            yield path.resolve()

    def make(self, made: Derivative) -> bool:
        """Copy a table now, unless another process is at it; tells whether there is room for its copy."""
        copy = self._copy(made)
        if copy.exists():
            return True
        claim = copy.with_suffix(".part")
        try:
            claim.mkdir(parents=True)
        except FileExistsError:
            if time.time() - claim.stat().st_mtime > STALE:
                shutil.rmtree(claim, ignore_errors=True)
            return True
        try:
            with self._files.local(made.sha256) as path:
                write_copy(path.resolve(), claim / "copy")
            if fits := self._room((claim / "copy").stat().st_size):
                (claim / "copy").replace(copy)
            return fits
        finally:
            shutil.rmtree(claim, ignore_errors=True)

    def _copy(self, made: Derivative) -> Path:
        return self._folder / f"{made.sha256}{COPY}"

    def _used(self, copy: Path) -> bool:
        try:
            os.utime(copy)  # the one used longest ago makes room for others
        except FileNotFoundError:
            return False
        return self._limit > 0

    def _begin(self, made: Derivative) -> None:
        if made.rows < ROWS or min(BYTES, self._limit) < (made.byte_size or 0):
            return
        with self._lock:
            if made.sha256 in self._begun:
                return
            self._begun.add(made.sha256)
        Thread(target=self._tried, args=(made,), daemon=True).start()

    def _tried(self, made: Derivative) -> None:
        """Copy a table; one that does not fit or fails is answered from its Parquet and not tried again before the next start."""
        try:
            if self.make(made):
                self._begun.discard(made.sha256)
        except Exception:  # the border of a background thread
            log.warning("The table %s could not be copied for quick questions.", made.sha256, exc_info=True)

    def _room(self, size: int) -> bool:
        """Remove copies used longest ago until `size` bytes fit; a process that has one open can go on reading it."""
        kept = sorted(((one.stat(), one) for one in self._folder.glob(f"*{COPY}")), key=lambda found: found[0].st_mtime)
        taken = sum(stat.st_size for stat, _ in kept)
        for stat, one in kept:
            if taken + size <= self._limit:
                break
            one.unlink(missing_ok=True)
            taken -= stat.st_size
        return taken + size <= self._limit
