"""Validates the files that wait for it, two at a time; each result is a small transaction, so a killed run goes on."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import local

from catalog.clock import Clock, stamp
from catalog.errors import NotFound
from catalog.personal.gate import verdict
from catalog.personal.takedown import taken
from catalog.ports import FileStore, Store
from catalog.quality.waking import wake
from catalog.records import DRAFT, FileRecord, FileState
from catalog.tables.faults import DISK_FULL, fault
from catalog.tables.folders import remove_orphans
from catalog.tables.options import as_dataset, job_options
from catalog.tables.personal.masking import masked_words
from catalog.tables.sandbox import Sandbox
from catalog.tables.validate import TableResult, validate_in
from schemas.dataset import Dataset
from schemas.problems import Problem

PARALLEL = 2
BATCH = 50
LOST = "lost"
UNREAD = {"detector": 0, "full": False, "unread": "", "findings": []}
"""What stands for the scan of a file whose reading did not come so far."""
_HARMLESS = frozenset({"no-table", "schema-error", "several-tables"})
"""Problems of files that are good, but hold no table that we can check."""


@dataclass(slots=True)
class TableCounts:
    """How many tables were valid, invalid, or could not be checked."""

    valid: int = 0
    invalid: int = 0
    unchecked: int = 0


class Validation:
    """Keeps one sandbox for each of its threads, and one that stands by; `folder` takes what jobs need room for."""

    def __init__(self, store: Store, files: FileStore, clock: Clock, folder: Path) -> None:
        self._store, self._files, self._clock, self._folder = store, files, clock, folder
        self._resident = Sandbox()

    def check_waiting(self, source: str, progress: Callable[[int, int | None], None]) -> TableCounts:
        """Validate every stored file of a source that was not validated yet."""
        counts, sandboxes, mine, tried = TableCounts(), list[Sandbox](), local(), set[tuple[str, str]]()

        def check(file: FileRecord) -> FileRecord:
            if not hasattr(mine, "sandbox"):
                mine.sandbox = Sandbox()
                sandboxes.append(mine.sandbox)
            return self.check(mine.sandbox, file)

        remove_orphans(self._folder)
        try:
            with ThreadPoolExecutor(PARALLEL) as pool:
                while batch := self._waiting(source, tried):
                    for before, done in zip(batch, pool.map(check, batch), strict=True):
                        self._save(before, done)
                        _count(counts, done)
                        progress(counts.valid + counts.invalid + counts.unchecked, None)
        finally:
            for sandbox in sandboxes:
                sandbox.close()
        return counts

    def check_one(self, name: str, distribution: str) -> FileRecord:
        """Validate one stored file at once; returns its record. Raises NotFound."""
        with self._store.read() as work:
            file = work.files.get(name, distribution)
        if file is None or not file.sha256:
            raise NotFound(f"The file {distribution!r} of {name!r} is not held here, so it cannot be read; harvest it first.")
        with Sandbox() as sandbox:
            done = self.check(sandbox, file)
        self._save(file, done)
        return done

    def _waiting(self, source: str, tried: set[tuple[str, str]]) -> list[FileRecord]:
        """Return files that wait and were not tried in this run: with a full disk they go on waiting."""
        with self._store.read() as work:
            waiting = work.files.unchecked(source, BATCH)
        new = [file for file in waiting if (file.dataset, file.distribution) not in tried]
        tried |= {(file.dataset, file.distribution) for file in new}
        return new

    def examine(self, files: Iterable[FileRecord], dataset: Dataset) -> Iterator[FileRecord]:
        """Yield the records of stored files as they will be when `dataset` is published; nothing is saved."""
        for file in files:
            yield self._read(self._resident, file, dataset, "")

    def close(self) -> None:
        """Stop the parser that stands by."""
        self._resident.close()

    def check(self, sandbox: Sandbox, file: FileRecord) -> FileRecord:
        """Return a file's record with its report, facts and Problem."""
        with self._store.read() as work:
            record = work.datasets.get(file.dataset)
            source = work.harvests.source(record.source) if record else None
            draft = work.drafts.get(file.dataset.removeprefix(DRAFT)) if file.dataset.startswith(DRAFT) else None
        dataset = record.dataset if record else as_dataset(draft) if draft else None
        return self._read(sandbox, file, dataset, source.language if source else "")

    def _read(self, sandbox: Sandbox, file: FileRecord, dataset: Dataset | None, language: str) -> FileRecord:
        sha256 = str((file.arrived or {}).get("sha256", file.sha256))
        with self._store.read() as work:
            approved, gone = work.clearances.approved(sha256), sha256 in work.takedowns.of(file.dataset)
        if gone:
            return taken(file)
        options = job_options(file, dataset, language) | {"approved": approved}
        try:
            if self._files.size(sha256) is None:
                lost = Problem(LOST, "", "The stored copy of this file is gone; harvest it again.")
                return self._settled(file, TableResult(problems=(lost,)), approved=approved)
            with self._files.local(sha256) as path:
                result = validate_in(sandbox, path, options, self._files.put, self._folder)
        except Exception as error:  # the border of one file: whatever it does, the others are read
            result = TableResult(problems=(fault(error),))
        return self._settled(file, result, approved=approved)

    def _settled(self, file: FileRecord, result: TableResult, *, approved: bool) -> FileRecord:
        """Return the record after reading; bytes that are no good, or not cleared, do not take the place of good ones."""
        problem = result.problems[0] if result.problems else None
        if problem and problem.code == DISK_FULL.code:
            return replace(file, problem=problem)  # it goes on waiting
        if problem and file.arrived and file.table is not None and problem.code not in _HARMLESS:
            words = f"The newest bytes cannot be read, so the last good ones are served. {problem.message}"
            failed = replace(file, state=FileState.FAILED, arrived=None, etag="", last_modified="")
            return replace(failed, checked=stamp(self._clock), problem=replace(problem, message=words))
        sha256 = str((file.arrived or {}).get("sha256", file.sha256))
        scan = {**(result.scan or UNREAD), "sha256": sha256}
        lost = problem is not None and problem.code == LOST
        held = None if approved or lost else verdict(scan)
        if held and held.code == "not-scanned" and problem:
            held = replace(held, message=f"{held.message} {masked_words(problem.message)}")
        if held and file.arrived and file.public:
            return replace(file, checked=stamp(self._clock), scan=scan, problem=held)
        cleared = file.cleared if lost else "" if held else sha256
        return replace(
            file, **(file.arrived or {}), arrived=None, checked=stamp(self._clock), valid=result.valid, report=result.report,
            table=result.table, derived=result.derived, problem=held or problem, scan=scan, cleared=cleared,
        )  # fmt: skip

    def _save(self, before: FileRecord, file: FileRecord) -> None:
        with self._store.write() as work:
            present = work.files.get(file.dataset, file.distribution)
            if present and (present.sha256, present.arrived) == (before.sha256, before.arrived):  # it did not move on meanwhile
                work.files.put(file)
                if not file.dataset.startswith(DRAFT):
                    work.outbox.put(file.dataset)
                    record = work.datasets.get(file.dataset)
                    wake(work, file.dataset, record.source if record else "", stamp(self._clock))


def _count(counts: TableCounts, file: FileRecord) -> None:
    if file.valid:
        counts.valid += 1
    elif file.valid is False:
        counts.invalid += 1
    else:
        counts.unchecked += 1
