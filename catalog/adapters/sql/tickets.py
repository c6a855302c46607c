"""Links that work once, and letters that wait to be sent."""

import json
from dataclasses import asdict

from sqlalchemy import Connection, select

from catalog.accounts.letters import Letter
from catalog.accounts.records import Ticket
from catalog.adapters.sql.account_tables import letter, ticket


class SqlTickets:
    """See `catalog.accounts.ports.Tickets`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: Ticket) -> None:
        """Add a ticket in place of earlier ones."""
        same = (ticket.c.kind == record.kind) & (ticket.c.email == record.email)
        if record.facts.get("agency"):
            same &= ticket.c.facts.contains(json.dumps(record.facts["agency"]), autoescape=True)
        self._connection.execute(ticket.delete().where(same))
        self._connection.execute(ticket.insert(), {**asdict(record), "facts": json.dumps(dict(record.facts))})

    def find(self, kind: str, digest: str, now: str) -> Ticket | None:
        """Return a live ticket, or None."""
        live = (ticket.c.digest == digest) & (ticket.c.kind == kind) & (ticket.c.expires > now)
        row = self._connection.execute(select(ticket).where(live)).first()
        return Ticket(**{**row._mapping, "facts": json.loads(row.facts)}) if row else None

    def take(self, kind: str, digest: str, now: str) -> Ticket | None:
        """Return a live ticket and use it up."""
        found = self.find(kind, digest, now)
        gone = self._connection.execute(ticket.delete().where((ticket.c.digest == digest) | (ticket.c.expires <= now)))
        return found if gone.rowcount else None


class SqlLetters:
    """See `catalog.accounts.ports.Letters`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: Letter) -> None:
        """Add a letter."""
        self._connection.execute(letter.insert(), asdict(record))

    def get(self, id: str) -> Letter | None:
        """Return a letter, or None."""
        row = self._connection.execute(select(letter).where(letter.c.id == id)).first()
        return Letter(**row._mapping) if row else None

    def remove(self, id: str) -> None:
        """Forget a letter."""
        self._connection.execute(letter.delete().where(letter.c.id == id))
