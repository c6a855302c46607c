"""What is known of the bytes of each distribution."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from catalog.adapters.sql.tables import file
from catalog.records import Derivative, FileRecord, FileState
from schemas.problems import Problem, Severity

_JSON = ("report", "table", "arrived", "scan")
_NAMES = tuple(f.name for f in fields(FileRecord))
_FILES = select(*(file.c[name] for name in _NAMES))
_OF_DATASET = _FILES.where(file.c.dataset == bindparam("dataset")).order_by(file.c.position)


class SqlFiles:
    """See `catalog.ports.Files`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, dataset: str) -> tuple[FileRecord, ...]:
        """Return the files of a dataset in their order."""
        return tuple(map(_record, self._connection.execute(_OF_DATASET, {"dataset": dataset})))

    def of_many(self, datasets: Sequence[str]) -> dict[str, tuple[FileRecord, ...]]:
        """Return the files of several datasets, by dataset."""
        found: dict[str, tuple[FileRecord, ...]] = {}
        query = _FILES.where(file.c.dataset.in_(datasets)).order_by(file.c.dataset, file.c.position)
        for record in map(_record, self._connection.execute(query)):
            found[record.dataset] = (*found.get(record.dataset, ()), record)
        return found

    def get(self, dataset: str, distribution: str) -> FileRecord | None:
        """Return one file, or None."""
        mine = (file.c.dataset == dataset) & (file.c.distribution == distribution)
        row = self._connection.execute(_FILES.where(mine)).first()
        return _record(row) if row else None

    def holding(self, distribution: str, limit: int) -> list[str]:
        """Return the names of datasets that have a distribution of this id."""
        query = select(file.c.dataset).where(file.c.distribution == distribution).order_by(file.c.dataset).limit(limit)
        return [row[0] for row in self._connection.execute(query)]

    def put(self, record: FileRecord, *, source: str | None = None, position: int | None = None) -> None:
        """Add or replace; `source` and `position` stay as they are when not given."""
        values = _row(record)
        values |= {key: value for key, value in (("source", source), ("position", position)) if value is not None}
        mine = (file.c.dataset == record.dataset) & (file.c.distribution == record.distribution)
        if not self._connection.execute(file.update().where(mine).values(**values)).rowcount:
            self._connection.execute(file.insert(), values)

    def add_many(self, records: Iterable[FileRecord], *, source: str, position: int) -> None:
        """Add files that are not known yet, at places from `position` on, in one statement."""
        rows = [{**_row(record), "source": source, "position": place} for place, record in enumerate(records, position)]
        if rows:
            self._connection.execute(file.insert(), rows)

    def remove(self, dataset: str, distributions: Iterable[str]) -> None:
        """Forget files whose distribution is gone; the bytes stay in the store for older versions."""
        gone = (file.c.dataset == dataset) & file.c.distribution.in_(list(distributions))
        self._connection.execute(file.delete().where(gone))

    def wanted(self, source: str, limit: int) -> list[FileRecord]:
        """Return files of a source that wait to be fetched."""
        return self._found((file.c.source == source) & (file.c.state == FileState.WANTED.value), limit)

    def unchecked(self, source: str, limit: int) -> list[FileRecord]:
        """Return stored files of a source that wait to be validated."""
        mine = (file.c.source == source) & (file.c.state == FileState.STORED.value) & (file.c.checked == "")
        return self._found(mine, limit)

    def uncleared(self, after: tuple[str, str], limit: int, *, detector: int = 0) -> list[FileRecord]:
        """Return checked files whose newest bytes are not cleared; with `detector`, those that an older one looked at."""
        old = file.c.scan.is_(None) | ~file.c.scan.like(f'%"detector": {detector},%')
        held = (file.c.cleared != file.c.sha256) | file.c.arrived.is_not(None)
        later = (file.c.dataset > after[0]) | ((file.c.dataset == after[0]) & (file.c.distribution > after[1]))
        mine = later & (file.c.sha256 != "") & (file.c.checked != "") & (old if detector else held)
        query = _FILES.where(mine).order_by(file.c.dataset, file.c.distribution).limit(limit)
        return [_record(row) for row in self._connection.execute(query)]

    def _found(self, condition: Any, limit: int) -> list[FileRecord]:
        query = _FILES.where(condition).order_by(file.c.dataset, file.c.position).limit(limit)
        return [_record(row) for row in self._connection.execute(query)]


def _row(record: FileRecord) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in _NAMES}
    values["state"] = record.state.value
    values["problem"] = json.dumps(asdict(record.problem), ensure_ascii=False) if record.problem else None
    values["derived"] = json.dumps([asdict(made) for made in record.derived]) if record.derived else None
    for name in _JSON:
        values[name] = None if values[name] is None else json.dumps(values[name], ensure_ascii=False)
    return values


def _record(row: Row[Any]) -> FileRecord:
    values = dict(zip(_NAMES, row, strict=True))
    values["state"] = FileState(values["state"])
    values["derived"] = tuple(Derivative(**made) for made in json.loads(values["derived"] or "[]"))
    for name in _JSON:
        values[name] = json.loads(values[name]) if values[name] else None
    if values["problem"]:
        problem = json.loads(values["problem"])
        values["problem"] = Problem(**{**problem, "severity": Severity(problem["severity"])})
    return FileRecord(**values)
