"""Counted tries."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from catalog.adapters.sql.account_tables import attempt


class SqlAttempts:
    """See `catalog.accounts.ports.Attempts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self, keys: Sequence[str], since: str) -> dict[str, int]:
        """Return how many tries there were since a time, by key."""
        query = select(attempt.c.key, func.count()).where(attempt.c.key.in_(list(keys)), attempt.c.at > since)
        return {row[0]: row[1] for row in self._connection.execute(query.group_by(attempt.c.key))}

    def add(self, keys: Sequence[str], at: str) -> None:
        """Count a try under every key."""
        self._connection.execute(attempt.insert(), [{"key": key, "at": at} for key in keys])

    def clear(self, keys: Sequence[str]) -> None:
        """Forget the tries of keys."""
        self._connection.execute(attempt.delete().where(attempt.c.key.in_(list(keys))))

    def sweep(self, before: str) -> None:
        """Forget what is older."""
        self._connection.execute(attempt.delete().where(attempt.c.at <= before))
