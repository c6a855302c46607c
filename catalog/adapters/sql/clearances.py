"""Who let pass which bytes."""

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Row, select

from catalog.adapters.sql.tables import clearance
from catalog.records import Clearance, ClearanceState

_NAMES = tuple(f.name for f in fields(Clearance))
_ALL = select(*(clearance.c[name] for name in _NAMES))


class SqlClearances:
    """See `catalog.ports.Clearances`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, sha256: str) -> Clearance | None:
        """Return what was asked or decided about bytes, None where nothing was."""
        row = self._connection.execute(_ALL.where(clearance.c.sha256 == sha256)).first()
        return _clearance(row) if row else None

    def approved(self, sha256: str) -> bool:
        """Tell whether two persons let these bytes pass."""
        found = self.get(sha256)
        return found is not None and found.state is ClearanceState.APPROVED

    def put(self, one: Clearance) -> None:
        """Add or replace."""
        values = {**asdict(one), "state": one.state.value}
        if not self._connection.execute(clearance.update().where(clearance.c.sha256 == one.sha256).values(**values)).rowcount:
            self._connection.execute(clearance.insert(), values)

    def remove(self, sha256: str) -> None:
        """Forget what was decided about bytes."""
        self._connection.execute(clearance.delete().where(clearance.c.sha256 == sha256))

    def page(self, limit: int = 100) -> list[Clearance]:
        """Return what was asked last, first."""
        query = _ALL.order_by(clearance.c.asked_at.desc(), clearance.c.sha256).limit(limit)
        return [_clearance(row) for row in self._connection.execute(query)]


def _clearance(row: Row[Any]) -> Clearance:
    values = dict(zip(_NAMES, row, strict=True))
    return Clearance(**values | {"state": ClearanceState(values["state"])})
