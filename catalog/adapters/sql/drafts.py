"""Drafts: one row each, with the document that is being prepared."""

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, select

from catalog.adapters.sql.tables import draft
from catalog.records import Draft, DraftState

_NAMES = tuple(f.name for f in fields(Draft))
_DRAFTS = select(*(draft.c[name] for name in _NAMES))


class SqlDrafts:
    """See `catalog.drafting.ports.Drafts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, id: str) -> Draft | None:
        """Return the draft, or None."""
        return self._first(draft.c.id == id)

    def of_dataset(self, name: str, agency: str = "") -> Draft | None:
        """Return the draft that was begun from a published dataset, or that of an `agency`, new or not."""
        return self._first((draft.c.name == name) & (draft.c.agency == agency if agency else draft.c.base > 0))

    def add(self, record: Draft) -> None:
        """Add a new draft."""
        self._connection.execute(draft.insert(), _row(record))

    def change(self, record: Draft, revision: int) -> bool:
        """Replace the draft unless its revision is another than `revision` by now."""
        mine = (draft.c.id == record.id) & (draft.c.revision == revision)
        return bool(self._connection.execute(draft.update().where(mine).values(**_row(record))).rowcount)

    def remove(self, id: str) -> None:
        """Forget a draft."""
        self._connection.execute(draft.delete().where(draft.c.id == id))

    def page(
        self, agencies: Iterable[str], *, state: DraftState | None = None, before: str = "", limit: int = 100
    ) -> list[Draft]:
        """Return drafts of agencies, last changed first."""
        query = _DRAFTS.where(draft.c.agency.in_(list(agencies)))
        if state:
            query = query.where(draft.c.state == state.value)
        if before:
            query = query.where(draft.c.updated < before)
        return [_record(row) for row in self._connection.execute(query.order_by(draft.c.updated.desc(), draft.c.id).limit(limit))]

    def due(self, now: str, limit: int = 100) -> list[Draft]:
        """Return scheduled drafts whose time has come."""
        ripe = (draft.c.state == DraftState.SCHEDULED.value) & (draft.c.due <= now)
        return [_record(row) for row in self._connection.execute(_DRAFTS.where(ripe).order_by(draft.c.due).limit(limit))]

    def _first(self, condition: Any) -> Draft | None:
        row = self._connection.execute(_DRAFTS.where(condition).limit(1)).first()
        return _record(row) if row else None


def _row(record: Draft) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in _NAMES}
    values |= {name: json.dumps(values[name], ensure_ascii=False) for name in ("document", "editors")}
    return {**values, "state": record.state.value}


def _record(row: Row[Any]) -> Draft:
    values = dict(row._mapping)
    values |= {"document": json.loads(values["document"]), "editors": tuple(json.loads(values["editors"]))}
    return Draft(**{**values, "state": DraftState(values["state"])})
