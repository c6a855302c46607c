"""The audit log: entries of a transaction are chained and written together, right before it commits."""

import secrets
from collections.abc import Iterator
from dataclasses import asdict, fields, replace

from sqlalchemy import Connection, func, select

from catalog.adapters.sql.tables import audit, audit_head
from catalog.audit import AuditEntry, Head, chained, commitment

_COLUMNS = [audit.c[field.name] for field in fields(AuditEntry)]
_HEAD = select(audit_head.c.number, audit_head.c.hash)


class SqlAudit:
    """See `catalog.ports.AuditLog`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: list[AuditEntry] = []

    def add(self, entry: AuditEntry) -> None:
        """Write an entry when the transaction commits; its number and hashes are given then."""
        self._waiting.append(entry)

    def flush(self) -> None:
        """Chain and write what waits. The row of the head is locked until the commit, so that there is one chain."""
        if not self._waiting:
            return
        head, rows = self._locked(), []
        for entry in self._waiting:
            salt = secrets.token_hex(16)
            entry = replace(entry, number=head.number + 1, salt=salt, commitment=commitment(entry.actor, entry.because, salt))
            head = Head(entry.number, chained(head.hash, entry))
            rows.append(asdict(replace(entry, hash=head.hash)))
        self._waiting = []
        self._connection.execute(audit.insert(), rows)
        self._connection.execute(audit_head.update().values(number=head.number, hash=head.hash))

    def head(self) -> Head:
        """Return the newest entry's number and hash."""
        return Head(*self._connection.execute(_HEAD).one())

    def _locked(self) -> Head:
        return Head(*self._connection.execute(_HEAD.with_for_update()).one())

    def page(
        self, *, after: int = 0, before: int = 0, limit: int = 100, target: str = "", actor: str = "", action: str = ""
    ) -> list[AuditEntry]:
        """Return entries after a number, oldest first; with `before`, those before it, newest first."""
        query = select(*_COLUMNS).where(audit.c.number > after).limit(limit)
        query = query.where(audit.c.number < before).order_by(audit.c.number.desc()) if before else query.order_by(audit.c.number)
        query = query.where(audit.c.target == target) if target else query
        query = query.where(audit.c.actor == actor) if actor else query
        query = query.where(audit.c.action == action) if action else query
        return [AuditEntry(**row._mapping) for row in self._connection.execute(query)]

    def all(self) -> Iterator[AuditEntry]:
        """Yield the whole chain."""
        after = 0
        while found := self.page(after=after, limit=5_000):
            yield from found
            after = found[-1].number

    def erase(self, actor: str) -> int:
        """Erase who and why from what an actor did; returns from how many entries."""
        mine = audit.c.actor == actor
        count = self._connection.scalar(select(func.count()).select_from(audit).where(mine)) or 0
        self._connection.execute(audit.update().where(mine).values(actor="", because="", salt=""))
        return int(count)
