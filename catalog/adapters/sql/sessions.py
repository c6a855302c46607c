"""Sessions of browsers by the hash of their cookie."""

from dataclasses import asdict

from sqlalchemy import Connection, select

from catalog.accounts.records import Session
from catalog.adapters.sql.account_tables import session


class SqlSessions:
    """See `catalog.accounts.ports.Sessions`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: Session) -> None:
        """Add a session."""
        self._connection.execute(session.insert(), asdict(record))

    def find(self, digest: str) -> Session | None:
        """Return the session of a hash, or None."""
        row = self._connection.execute(select(session).where(session.c.digest == digest)).first()
        return Session(**row._mapping) if row else None

    def of(self, account: str) -> list[Session]:
        """Return the sessions of an account, last seen first."""
        query = select(session).where(session.c.account == account).order_by(session.c.seen.desc(), session.c.id)
        return [Session(**row._mapping) for row in self._connection.execute(query)]

    def touch(self, id: str, at: str) -> None:
        """Remember when it was seen last."""
        self._connection.execute(session.update().where(session.c.id == id).values(seen=at))

    def remove(self, account: str, *, id: str = "", but: str = "") -> int:
        """End one session of an account, or all, but one."""
        chosen = (session.c.account == account) & (session.c.id != but)
        return self._connection.execute(session.delete().where(chosen & (session.c.id == id) if id else chosen)).rowcount

    def sweep(self, now: str) -> None:
        """Forget those that have expired."""
        self._connection.execute(session.delete().where(session.c.expires <= now))
