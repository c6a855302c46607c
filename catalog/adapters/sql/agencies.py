"""Agencies as JSON documents by name."""

import json
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, and_, case, func, select

from catalog.adapters.sql.tables import agency, dataset
from schemas.agents import Agency
from schemas.forms import canonical, dump_agency, load_agency

_PUBLIC = and_(
    dataset.c.agency == agency.c.name, dataset.c.state.in_(("published", "withdrawn")), dataset.c.labels.contains('"public"')
)
"""An agency is known to the public by its public datasets; one that has only hidden ones looks absent."""


class SqlAgencies:
    """See `catalog.ports.Agencies`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> Agency | None:
        """Return the agency, or None."""
        return self.get_many([name]).get(name)

    def get_many(self, names: Sequence[str]) -> dict[str, Agency]:
        """Return the agencies that exist, by name."""
        rows = self._connection.execute(select(agency.c.name, agency.c.document).where(agency.c.name.in_(names)))
        return {row.name: _agency(row.document) for row in rows}

    def put(self, record: Agency) -> None:
        """Add or replace."""
        document = canonical(dump_agency(record))[0]
        done = self._connection.execute(agency.update().where(agency.c.name == record.name).values(document=document))
        if not done.rowcount:
            self._connection.execute(agency.insert(), {"name": record.name, "document": document})

    def page(self, *, after: str = "", limit: int = 100) -> list[tuple[Agency, int]]:
        """Return agencies with a public dataset by name after `after`, each with the number of those that are published."""
        published = case((dataset.c.state == "published", 1), else_=0)
        query = (
            select(agency.c.document, func.sum(published))
            .select_from(agency.join(dataset, _PUBLIC))
            .where(agency.c.name > after)
            .group_by(agency.c.name, agency.c.document)
            .order_by(agency.c.name)
            .limit(limit)
        )
        return [(_agency(document), count) for document, count in self._connection.execute(query)]

    def count(self) -> int:
        """Return how many have a public dataset."""
        query = select(func.count(agency.c.name.distinct())).select_from(agency.join(dataset, _PUBLIC))
        return self._connection.scalar(query) or 0

    def public(self, names: Sequence[str]) -> dict[str, Agency]:
        """Return those of the agencies that have a public dataset, by name."""
        known = select(agency.c.name).join(dataset, _PUBLIC).where(agency.c.name.in_(names)).distinct()
        return self.get_many(list(self._connection.scalars(known)))


@lru_cache(maxsize=1024)
def _agency(document: str) -> Agency:
    record, problems = load_agency(json.loads(document))
    if record is None:
        raise ValueError(f"A stored agency cannot be read: {problems}")
    return record
