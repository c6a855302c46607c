"""Datasets: one row with what is queried, one immutable document per revision."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Row, Select, and_, bindparam, func, or_, select

from catalog.adapters.sql.tables import dataset, revision
from catalog.ports import EVERYTHING
from catalog.records import CatalogRecord, Revision, State
from schemas.dataset import Dataset
from schemas.forms import load_dataset
from schemas.forms.dataset import FORM_VERSION

_WITH_DOCUMENT = dataset.join(revision, and_(revision.c.dataset == dataset.c.id, revision.c.number == dataset.c.revision))
_RECORDS = select(dataset, revision.c.document).select_from(_WITH_DOCUMENT)


class SqlDatasets:
    """See `catalog.ports.Datasets`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str, labels: frozenset[str] = EVERYTHING) -> CatalogRecord | None:
        """Return the record, or None; one that carries none of the labels is not read."""
        row = self._connection.execute(_by_name(labels), {"name": name}).first()
        return _record(row) if row else None

    def get_many(self, names: Sequence[str]) -> dict[str, CatalogRecord]:
        """Return the records that exist, by name."""
        rows = self._connection.execute(_RECORDS.where(dataset.c.name.in_(names)))
        return {row.name: _record(row) for row in rows}

    def add(self, record: CatalogRecord, document: str, actor: str, because: str) -> None:
        """Add a new dataset with its first revision; `record.number` is ignored."""
        row = {**_row(record), "name": record.dataset.name, "created": record.created}
        done = self._connection.execute(dataset.insert(), row)
        self._add_revision(new_id(done), record, document, actor, because)

    def update(self, record: CatalogRecord, document: str, actor: str, because: str) -> None:
        """Write a new revision of a dataset."""
        self._connection.execute(dataset.update().where(dataset.c.id == record.number).values(**_row(record)))
        self._add_revision(record.number, record, document, actor, because)

    def _add_revision(self, number: int, record: CatalogRecord, document: str, actor: str, because: str) -> None:
        row = {"dataset": number, "number": record.revision, "at": record.updated, "actor": actor, "because": because}
        row |= {"state": record.state.value, "content_hash": record.content_hash, "document": document}
        self._connection.execute(revision.insert(), row)

    def page(
        self, *, after: int = 0, skip: int = 0, limit: int = 100, state: str = "published", agency: str = "",
        modified_since: str = "", labels: frozenset[str] = EVERYTHING,
    ) -> list[CatalogRecord]:
        """Return records in the order they were added, after number `after` and `skip` more of them."""
        query = narrowed(_RECORDS, state, agency, modified_since, labels).where(dataset.c.id > after)
        return [_record(row) for row in self._connection.execute(query.order_by(dataset.c.id).offset(skip).limit(limit))]

    def count(
        self, *, state: str = "published", agency: str = "", since: str = "", labels: frozenset[str] = EVERYTHING
    ) -> int:
        """Return how many there are; `since` counts those updated then or later, `labels` those that carry one of them."""
        return self._connection.scalar(narrowed(select(func.count(dataset.c.id)), state, agency, since, labels)) or 0

    def newest(self, limit: int, agency: str = "", labels: frozenset[str] = EVERYTHING) -> list[CatalogRecord]:
        """Return the published records last updated first."""
        query = narrowed(_RECORDS, "published", agency, "", labels)
        rows = self._connection.execute(query.order_by(dataset.c.updated.desc(), dataset.c.id.desc()).limit(limit))
        return [_record(row) for row in rows]

    def hashes(self) -> dict[str, str]:
        """Return the content hash of every published dataset by name."""
        rows = self._connection.execute(select(dataset.c.name, dataset.c.content_hash).where(dataset.c.state == "published"))
        return {row.name: row.content_hash for row in rows}

    def taken(self, names: Iterable[str]) -> set[str]:
        """Return those of the names that stand for a dataset already."""
        return set(self._connection.scalars(select(dataset.c.name).where(dataset.c.name.in_(list(names)))))

    def revisions(self, name: str) -> list[Revision]:
        """Return the history, newest first."""
        columns = [revision.c[column] for column in ("number", "at", "actor", "because", "state", "content_hash")]
        query = select(*columns).join(dataset, dataset.c.id == revision.c.dataset).where(dataset.c.name == name)
        rows = self._connection.execute(query.order_by(revision.c.number.desc()))
        return [Revision(**{**row._mapping, "state": State(row.state)}) for row in rows]

    def document(self, name: str, number: int) -> str | None:
        """Return the document of one revision as it was written, or None."""
        query = select(revision.c.document).join(dataset, dataset.c.id == revision.c.dataset)
        return self._connection.scalar(query.where(dataset.c.name == name, revision.c.number == number))


def new_id(done: CursorResult[Any]) -> int:
    """Return the number that the database gave to the row just inserted."""
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])


@lru_cache(64)
def _by_name(labels: frozenset[str]) -> Select[Any]:
    return narrowed(_RECORDS.where(dataset.c.name == bindparam("name")), "", "", "", labels)


def narrowed(query: Select[Any], state: str, agency: str, since: str, labels: frozenset[str]) -> Select[Any]:
    """Return a query over datasets, narrowed to those that carry one of the labels and are as said."""
    if labels:
        carried = (dataset.c.labels.contains(json.dumps(label), autoescape=True) for label in sorted(labels))
        query = query.where(or_(*carried))
    if state:
        query = query.where(dataset.c.state == state)
    if agency:
        query = query.where(dataset.c.agency == agency)
    return query.where(dataset.c.updated >= since) if since else query


def _row(record: CatalogRecord) -> dict[str, Any]:
    publisher = record.dataset.publisher
    return {
        "state": record.state.value,
        "agency": publisher.name if publisher else "",
        "level": record.dataset.access.level.value,
        "labels": json.dumps(sorted(record.labels)),
        "modified": record.dataset.modified,
        "content_hash": record.content_hash,
        "form_version": FORM_VERSION,
        "revision": record.revision,
        "source": record.source,
        "source_kind": record.source_kind,
        "updated": record.updated,
        "reason": record.reason,
    }


def _record(row: Row[Any]) -> CatalogRecord:
    return CatalogRecord(
        dataset=_parsed(row.content_hash, row.document),
        state=State(row.state),
        number=row.id,
        revision=row.revision,
        content_hash=row.content_hash,
        created=row.created,
        updated=row.updated,
        labels=frozenset(json.loads(row.labels)),
        source=row.source,
        source_kind=row.source_kind,
        reason=row.reason,
        quality=row.quality,
    )


@lru_cache(maxsize=1024)
def _parsed(content_hash: str, document: str) -> Dataset:
    record, problems = load_dataset(json.loads(document))
    if record is None:
        raise ValueError(f"The stored dataset {content_hash} cannot be read: {problems}")
    return record
