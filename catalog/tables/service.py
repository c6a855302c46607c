"""Validates the files that wait for it, two at a time; each result is a small transaction, so a killed run goes on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from threading import local
from typing import Any

from catalog.clock import Clock, stamp
from catalog.ports import FileStore, Store
from catalog.records import FileRecord
from catalog.tables.sandbox import Sandbox
from catalog.tables.validate import TableResult, descriptor, validate_in
from schemas.distribution import Distribution
from schemas.problems import Problem

PARALLEL = 2
BATCH = 50
LIKELY = {"kk": ("cp1251",), "ru": ("cp1251",), "ko": ("cp949", "cp1252")}
"""Encodings to try first for texts of few letters, by the language of the portal; cp1252 elsewhere."""


@dataclass(slots=True)
class TableCounts:
    """How many tables were valid, invalid, or could not be checked."""

    valid: int = 0
    invalid: int = 0
    unchecked: int = 0


class Validation:
    """Keeps one sandbox for each of its threads."""

    def __init__(self, store: Store, files: FileStore, clock: Clock) -> None:
        self._store, self._files, self._clock = store, files, clock

    def check_waiting(self, source: str, progress: Callable[[int, int | None], None]) -> TableCounts:
        """Validate every stored file of a source that was not validated yet."""
        counts, sandboxes, mine = TableCounts(), list[Sandbox](), local()

        def check(file: FileRecord) -> FileRecord:
            if not hasattr(mine, "sandbox"):
                mine.sandbox = Sandbox()
                sandboxes.append(mine.sandbox)
            return self.check(mine.sandbox, file)

        try:
            with ThreadPoolExecutor(PARALLEL) as pool:
                while batch := self._waiting(source):
                    for done in pool.map(check, batch):
                        self._save(done)
                        _count(counts, done)
                        progress(counts.valid + counts.invalid + counts.unchecked, None)
        finally:
            for sandbox in sandboxes:
                sandbox.close()
        return counts

    def _waiting(self, source: str) -> list[FileRecord]:
        with self._store.read() as work:
            return work.files.unchecked(source, BATCH)

    def check(self, sandbox: Sandbox, file: FileRecord) -> FileRecord:
        """Return a file's record with its report, facts and Problem."""
        with self._store.read() as work:
            record = work.datasets.get(file.dataset)
            source = work.harvests.source(record.source) if record else None
        distribution = next((d for d in record.dataset.distribution if d.id == file.distribution), None) if record else None
        options = _options(file, distribution, source.language if source else "")
        recipe = record.dataset.ml.splits if record else None
        options["splits"] = asdict(recipe) if recipe else None
        if self._files.size(file.sha256) is None:  # one lost file must not stop the others
            lost = Problem("lost", "", "The stored copy of this file is gone; harvest it again.")
            return self._filled(file, TableResult(problems=(lost,)))
        with self._files.local(file.sha256) as path:
            result = validate_in(sandbox, path, options, self._files.put)
        return self._filled(file, result)

    def _filled(self, file: FileRecord, result: TableResult) -> FileRecord:
        return replace(
            file, checked=stamp(self._clock), valid=result.valid, report=result.report, table=result.table,
            derived=result.derived,
            problem=result.problems[0] if result.problems else None,
        )  # fmt: skip

    def _save(self, file: FileRecord) -> None:
        with self._store.write() as work:
            present = work.files.get(file.dataset, file.distribution)
            if present and present.sha256 == file.sha256:  # not when the file moved on meanwhile
                work.files.put(file)
                work.outbox.put(file.dataset)


def _options(file: FileRecord, distribution: Distribution | None, language: str) -> dict[str, Any]:
    options: dict[str, Any] = {"filename": file.filename, "likely": (*LIKELY.get(language, ()), "cp1252")}
    if distribution:
        options |= {"format": distribution.format, "encoding": distribution.encoding}
        options["delimiter"] = distribution.dialect.get("delimiter")
        options["schema"] = descriptor(distribution.table_schema) if distribution.table_schema else None
    return options


def _count(counts: TableCounts, file: FileRecord) -> None:
    if file.valid:
        counts.valid += 1
    elif file.valid is False:
        counts.invalid += 1
    else:
        counts.unchecked += 1
