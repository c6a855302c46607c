"""Immutable versions of datasets' files; the list of files is one JSON document."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, func, select

from catalog.adapters.sql.tables import version
from catalog.records import Derivative, Version, VersionFile


class SqlVersions:
    """See `catalog.ports.Versions`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, dataset: str) -> list[Version]:
        """Return the versions of a dataset, newest first."""
        query = version.select().where(version.c.dataset == dataset).order_by(version.c.number.desc())
        return [_version(row) for row in self._connection.execute(query)]

    def get(self, dataset: str, number: int) -> Version | None:
        """Return one version, or None."""
        mine = (version.c.dataset == dataset) & (version.c.number == number)
        row = self._connection.execute(version.select().where(mine)).first()
        return _version(row) if row else None

    def latest(self, datasets: Sequence[str]) -> dict[str, Version]:
        """Return the newest version of each dataset that has one."""
        newest = (
            select(version.c.dataset, func.max(version.c.number).label("number"))
            .where(version.c.dataset.in_(datasets))
            .group_by(version.c.dataset)
            .subquery()
        )
        query = version.select().join(
            newest, (version.c.dataset == newest.c.dataset) & (version.c.number == newest.c.number)
        )
        return {row.dataset: _version(row) for row in self._connection.execute(query)}

    def put(self, record: Version) -> None:
        """Add a version; of one that is there already only what the Croissant check found may change."""
        croissant = None if record.croissant is None else json.dumps(record.croissant, ensure_ascii=False)
        mine = (version.c.dataset == record.dataset) & (version.c.number == record.number)
        if not self._connection.execute(version.update().where(mine).values(croissant=croissant)).rowcount:
            values = {name: getattr(record, name) for name in ("dataset", "number", "version", "at", "because")}
            files = json.dumps([asdict(file) for file in record.files], ensure_ascii=False)
            self._connection.execute(version.insert(), {**values, "files": files, "croissant": croissant})


def _version(row: Row[Any]) -> Version:
    values = dict(row._mapping)
    values["files"] = tuple(_file(file) for file in json.loads(values["files"]))
    values["croissant"] = json.loads(values["croissant"]) if values["croissant"] else None
    return Version(**values)


def _file(values: dict[str, Any]) -> VersionFile:
    return VersionFile(**{**values, "derived": tuple(Derivative(**made) for made in values["derived"])})
