"""Changes that the index has yet to follow."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from catalog.adapters.sql.tables import outbox
from catalog.ports import OutboxEvent


class SqlOutbox:
    """See `catalog.ports.Outbox`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, dataset: str) -> None:
        """Say that a dataset changed."""
        self._connection.execute(outbox.insert(), {"dataset": dataset})

    def take(self, limit: int) -> list[OutboxEvent]:
        """Return the oldest changes; they stay until `done`."""
        rows = self._connection.execute(select(outbox.c.id, outbox.c.dataset).order_by(outbox.c.id).limit(limit))
        return [OutboxEvent(*row) for row in rows]

    def done(self, events: Iterable[OutboxEvent]) -> None:
        """Forget changes that were followed."""
        if ids := [event.id for event in events]:
            self._connection.execute(outbox.delete().where(outbox.c.id.in_(ids)))
