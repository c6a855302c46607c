"""Immutable versions of datasets' files; the list of files is one JSON document."""

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select
from sqlalchemy.exc import IntegrityError

from catalog.adapters.sql.tables import dataset as datasets
from catalog.adapters.sql.tables import file, version
from catalog.records import Derivative, FileState, Version, VersionFile


class SqlVersions:
    """See `catalog.versions.ports.Versions`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, dataset: str, *, before: int = 0, limit: int = 100) -> list[Version]:
        """Return versions of a dataset, newest first."""
        mine = (version.c.dataset == dataset) & ((version.c.number < before) if before else True)
        query = version.select().where(mine).order_by(version.c.number.desc()).limit(limit)
        return [_version(row) for row in self._connection.execute(query)]

    def get(self, dataset: str, number: int) -> Version | None:
        """Return one version, or None."""
        mine = (version.c.dataset == dataset) & (version.c.number == number)
        row = self._connection.execute(version.select().where(mine)).first()
        return _version(row) if row else None

    def latest(self, datasets: Sequence[str]) -> dict[str, Version]:
        """Return the newest version of each dataset that has one."""
        query = _newest(version.c.dataset.in_(datasets))
        return {row.dataset: _version(row) for row in self._connection.execute(query)}

    def untried(self, after: str, limit: int, source: str = "") -> list[Version]:
        """Return newest versions that were not tried out as Croissant, or with a bad result."""
        waits = or_(version.c.croissant.is_(None), version.c.croissant.not_like('{"valid": true%'))
        query = _newest(version.c.dataset > after).where(waits)
        if source:
            query = query.where(exists().where(datasets.c.name == version.c.dataset, datasets.c.source == source))
        return [_version(row) for row in self._connection.execute(query.order_by(version.c.dataset).limit(limit))]

    def put(self, record: Version) -> None:
        """Add a version; of one that is there already only what the Croissant check found may change."""
        croissant = None if record.croissant is None else json.dumps(record.croissant, ensure_ascii=False)
        mine = (version.c.dataset == record.dataset) & (version.c.number == record.number)
        if not self._connection.execute(version.update().where(mine).values(croissant=croissant)).rowcount:
            self._connection.execute(version.insert(), {**_values(record), "croissant": croissant})

    def add(self, record: Version) -> bool:
        """Add a version unless its number is taken; tells whether it was added."""
        try:
            with self._connection.begin_nested():
                self._connection.execute(version.insert(), _values(record))
        except IntegrityError:
            return False
        return True

    def due(self, source: str, after: str, limit: int) -> list[str]:
        """Return datasets of a source that may need a version."""
        mine, name = file.c.dataset == datasets.c.name, datasets.c.name
        newest = select(version.c.at).where(version.c.dataset == name).order_by(version.c.number.desc()).limit(1)
        at = newest.scalar_subquery()
        waits = or_(
            file.c.state == FileState.WANTED.value, and_(file.c.state == FileState.STORED.value, file.c.checked == "")
        )
        changed = or_(
            and_(at.is_(None), exists().where(mine, file.c.sha256 != "")),
            at <= datasets.c.updated,
            exists().where(mine, file.c.checked >= at),
        )
        query = select(name).where(datasets.c.source == source, name > after, ~exists().where(mine, waits), changed)
        return list(self._connection.scalars(query.order_by(name).limit(limit)))


def _newest(which: ColumnElement[bool]) -> Select[Any]:
    """Return the query of the newest version of each of these datasets."""
    numbers = select(version.c.dataset, func.max(version.c.number).label("number")).where(which)
    newest = numbers.group_by(version.c.dataset).subquery()
    return version.select().join(newest, (version.c.dataset == newest.c.dataset) & (version.c.number == newest.c.number))


def _values(record: Version) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in ("dataset", "number", "version", "at", "because")}
    return {**values, "files": json.dumps(record.files, ensure_ascii=False, default=_flat)}


def _flat(value: Any) -> dict[str, Any]:
    """Return the fields of a VersionFile or Derivative as they are; `asdict` would copy every schema."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _version(row: Row[Any]) -> Version:
    values = dict(row._mapping)
    values["files"] = tuple(_file(file) for file in json.loads(values["files"]))
    values["croissant"] = json.loads(values["croissant"]) if values["croissant"] else None
    return Version(**values)


def _file(values: dict[str, Any]) -> VersionFile:
    return VersionFile(**{**values, "derived": tuple(Derivative(**made) for made in values["derived"])})
