"""Audits: rows that are only added, with the newest of each dataset named in the dataset's own row."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, literal, or_, select

from catalog.adapters.sql.datasets import narrowed
from catalog.adapters.sql.tables import audit_result, dataset, file, fixity, link, link_check, link_use, version
from catalog.quality.evidence import LinkFacts
from catalog.quality.links import DELAYS, Link, LinkCheck
from catalog.quality.records import Audit, Confirmed, Stamp, Standing, Step, from_json, to_json
from schemas.dates import utc

_COLUMNS = [audit_result.c[f.name] for f in fields(Audit)]
_NAMES = [f.name for f in fields(LinkFacts)]
_LINK = [link.c[f.name] for f in fields(Link)]
_FACTS = [link.c[name] for name in _NAMES]


class SqlQuality:
    """See `catalog.quality.ports.Quality`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stamps(self, basis: str, *, names: Sequence[str]) -> list[Stamp]:
        """Return how the inputs of datasets look now, and how they did when they were last audited."""
        return self._stamped(self._marked(dataset.c.name.in_(names), None), basis)

    def stamped(self, basis: str, *, after: int, limit: int, source: str | None = None) -> tuple[list[Stamp], int]:
        """Return the stamps of published datasets after number `after`, and the number to go on from."""
        narrowed = and_(dataset.c.state == "published", dataset.c.id > after)
        rows = self._marked(narrowed if source is None else and_(narrowed, dataset.c.source == source), limit)
        return self._stamped(rows, basis), (rows[-1].id if rows else after)

    def _marked(self, condition: Any, limit: int | None) -> Sequence[Any]:
        last = audit_result.c
        columns = [dataset.c[name] for name in ("id", "name", "content_hash", "revision", "state")]
        joined = dataset.outerjoin(audit_result, last.id == dataset.c.audited)
        query = select(*columns, last.stamp, last.until).select_from(joined).where(condition).order_by(dataset.c.id)
        return self._connection.execute(query.limit(limit)).all()

    def _stamped(self, rows: Sequence[Any], basis: str) -> list[Stamp]:
        names = [row.name for row in rows]
        inputs = self._inputs(names)
        made = []
        for row in rows:
            seen = [basis, row.content_hash, row.revision, row.state, sorted(inputs[row.name])]
            digest = hashlib.sha256(json.dumps(seen).encode()).hexdigest()
            made.append(Stamp(row.name, digest, row.stamp or "", row.until or ""))
        return made

    def _inputs(self, names: Sequence[str]) -> dict[str, list[Any]]:
        """Return by dataset what the audit looks at beside the document: files, their fixity, links, version."""
        found: dict[str, list[Any]] = defaultdict(list)
        for query in (self._files(names), self._links(names), self._versions(names)):
            for kind, name, *values in self._connection.execute(query):
                found[name].append([kind, *map(str, values)])
        return found

    @staticmethod
    def _files(names: Sequence[str]) -> Select[Any]:
        columns = [file.c[n] for n in ("dataset", "distribution", "state", "sha256", "fetched", "checked", "valid", "problem")]
        query = select(literal("file"), *columns, fixity.c.state).outerjoin(fixity, fixity.c.sha256 == file.c.sha256)
        return query.where(file.c.dataset.in_(names))

    @staticmethod
    def _links(names: Sequence[str]) -> Select[Any]:
        facts = [link.c[n] for n in ("key", "verdict", "kind", "status", "since")]
        query = select(literal("link"), link_use.c.dataset, *facts).join(link, link.c.key == link_use.c.link)
        return query.where(link_use.c.dataset.in_(names), link.c.checks > 0)

    @staticmethod
    def _versions(names: Sequence[str]) -> Select[Any]:
        newest = select(version.c.dataset, func.max(version.c.number).label("number")).group_by(version.c.dataset)
        last = newest.where(version.c.dataset.in_(names)).subquery()
        query = select(literal("version"), version.c.dataset, version.c.number, version.c.croissant)
        return query.join(last, and_(version.c.dataset == last.c.dataset, version.c.number == last.c.number))

    def latest(self, names: Sequence[str]) -> dict[str, Audit]:
        """Return the newest audit of each dataset that has one."""
        joined = audit_result.join(dataset, dataset.c.audited == audit_result.c.id)
        rows = self._connection.execute(select(*_COLUMNS).select_from(joined).where(dataset.c.name.in_(names)))
        return {row.dataset: _audit(row) for row in rows}

    def history(self, name: str, *, limit: int = 100) -> list[Audit]:
        """Return the audits of a dataset, newest first."""
        query = select(*_COLUMNS).where(audit_result.c.dataset == name).order_by(audit_result.c.id.desc()).limit(limit)
        return [_audit(row) for row in self._connection.execute(query)]

    def page(self, *, after: int = 0, names: Sequence[str] | None = None, limit: int = 100) -> list[Audit]:
        """Return audits in the order they were made."""
        query = select(*_COLUMNS).where(audit_result.c.id > after).order_by(audit_result.c.id).limit(limit)
        query = query if names is None else query.where(audit_result.c.dataset.in_(names))
        return [_audit(row) for row in self._connection.execute(query)]

    def mark(self) -> tuple[int, ...]:
        """Return what is another one after every new audit and every change of a dataset, which adds a revision."""
        newest = select(func.max(audit_result.c.id)).scalar_subquery()
        row = self._connection.execute(select(func.count(dataset.c.id), func.sum(dataset.c.revision), newest)).one()
        return tuple(int(value or 0) for value in row)

    def standings(self, labels: frozenset[str], agency: str = "") -> list[Standing]:
        """Return how published datasets with one of the labels stand."""
        last, columns = audit_result.c, [dataset.c.name, dataset.c.agency, dataset.c.level]
        facts = [last.band, last.mqa, last.mqa_maximum, last.rules, last.checked_at, last.failed]
        joined = dataset.join(audit_result, last.id == dataset.c.audited)
        query = narrowed(select(*columns, *facts).select_from(joined), "published", agency, "", labels).order_by(dataset.c.name)
        found = self._connection.execute(query)
        return [
            Standing(name, place, level, band, points, most, rules, at, _codes(failed))
            for name, place, level, band, points, most, rules, at, failed in found
        ]  # fmt: skip

    def steps(self, labels: frozenset[str], agency: str = "") -> list[Step]:
        """Return every change of the scores of such datasets, oldest first."""
        past = audit_result.c
        joined = audit_result.join(dataset, dataset.c.name == past.dataset)
        query = select(past.dataset, past.as_of, past.band, past.mqa, past.rules).select_from(joined)
        query = narrowed(query, "published", agency, "", labels).order_by(past.id)
        return [Step(*row) for row in self._connection.execute(query)]

    def add(self, audit: Audit, stamp: str) -> bool:
        """Add an audit; tells whether the band of the dataset changed."""
        values = {name: getattr(audit, name) for name in (f.name for f in fields(Audit)) if name != "id"}
        values |= {"findings": json.dumps(to_json(audit.findings), ensure_ascii=False), "stamp": stamp}
        done = self._connection.execute(audit_result.insert(), values)
        key = done.inserted_primary_key
        assert key is not None
        mine = dataset.c.name == audit.dataset
        before = self._connection.scalar(select(dataset.c.quality).where(mine))
        self._connection.execute(dataset.update().where(mine).values(audited=key[0], quality=audit.band))
        return before != audit.band

    def confirm(self, held: Sequence[Confirmed]) -> None:
        """Say that audits still hold."""
        values: dict[str, Any] = {name: bindparam(name) for name in ("checked_at", "until", "stamp")}
        update = audit_result.update().where(audit_result.c.id == bindparam("number")).values(**values)
        if held:
            self._connection.execute(update, [{**asdict(one), "number": one.id} for one in held])

    def watch(self, wanted: Mapping[str, set[str]], now: str) -> None:
        """Say which addresses of datasets link checks look after."""
        there: dict[str, set[str]] = defaultdict(set)
        for name, key in self._connection.execute(select(link_use).where(link_use.c.dataset.in_(wanted))):
            there[name].add(key)
        for name, urls in wanted.items():
            keys = {key_of(url): url for url in urls}
            if gone := there[name] - keys.keys():
                self._connection.execute(link_use.delete().where(link_use.c.dataset == name, link_use.c.link.in_(gone)))
            self._use(name, {key: keys[key] for key in sorted(keys.keys() - there[name])}, now)

    def _use(self, name: str, new: Mapping[str, str], now: str) -> None:
        if not new:
            return
        known = set(self._connection.scalars(select(link.c.key).where(link.c.key.in_(new))))
        self._connection.execute(link_use.insert(), [{"dataset": name, "link": key} for key in new])
        unknown = [{"key": key, "url": url, "host": _host(url), "due": now} for key, url in new.items() if key not in known]
        if unknown:
            self._connection.execute(link.insert(), unknown)

    def links_of(self, names: Sequence[str]) -> dict[str, dict[str, LinkFacts]]:
        """Return what is known of the addresses of datasets, by dataset and address."""
        query = select(link_use.c.dataset, link.c.url, *_FACTS).join(link, link.c.key == link_use.c.link)
        found: dict[str, dict[str, LinkFacts]] = defaultdict(dict)
        for name, url, *facts in self._connection.execute(query.where(link_use.c.dataset.in_(names), link.c.checks > 0)):
            found[name][url] = LinkFacts(**dict(zip(_NAMES, facts, strict=True)))
        return found

    def due_links(self, now: str, limit: int) -> list[Link]:
        """Return links that are due, longest first; so is one whose date lies further ahead than any delay."""
        far = utc(datetime.fromisoformat(now) + DELAYS[-1] + timedelta(days=1))  # left by a clock that jumped
        query = select(*_LINK).where(or_(link.c.due <= now, link.c.due > far)).order_by(link.c.due, link.c.key).limit(limit)
        return [Link(**row._mapping) for row in self._connection.execute(query)]

    def save_link(self, stands: Link, check: LinkCheck) -> None:
        """Save how a link stands after a check, and the check."""
        self._connection.execute(link.update().where(link.c.key == stands.key).values(**asdict(stands)))
        self._connection.execute(link_check.insert(), {"link": stands.key, **asdict(check)})

    def postpone(self, host: str, until: str) -> None:
        """Let every link of a host wait until then."""
        self._connection.execute(link.update().where(link.c.host == host, link.c.due < until).values(due=until))

    def users(self, key: str) -> list[str]:
        """Return the datasets that use a link."""
        return list(self._connection.scalars(select(link_use.c.dataset).where(link_use.c.link == key)))

    def unfixed(self, before: str, limit: int) -> list[str]:
        """Return stored bytes that came in or were hashed before a moment, longest ago first."""
        last = func.coalesce(fixity.c.at, file.c.fetched)
        query = select(file.c.sha256, func.min(last).label("last")).outerjoin(fixity, fixity.c.sha256 == file.c.sha256)
        query = query.where(file.c.sha256 != "", last < before).group_by(file.c.sha256).order_by("last", file.c.sha256)
        return list(self._connection.scalars(query.limit(limit)))

    def put_fixity(self, sha256: str, state: str, at: str) -> None:
        """Save how stored bytes were found."""
        values = {"state": state, "at": at}
        if not self._connection.execute(fixity.update().where(fixity.c.sha256 == sha256).values(**values)).rowcount:
            self._connection.execute(fixity.insert(), {"sha256": sha256, **values})

    def holders(self, sha256: str) -> list[str]:
        """Return the datasets with a file of these bytes."""
        return list(self._connection.scalars(select(file.c.dataset).where(file.c.sha256 == sha256).distinct()))

    def fixity(self, hashes: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Return how stored bytes were found last, and when, by SHA-256."""
        rows = self._connection.execute(fixity.select().where(fixity.c.sha256.in_(hashes)))
        return {row.sha256: (row.state, row.at) for row in rows}


def key_of(url: str) -> str:
    """Return the key of an address."""
    return hashlib.sha256(url.encode()).hexdigest()


@lru_cache(4096)
def _codes(failed: str) -> tuple[str, ...]:
    """Return the names of checks, one tuple for all datasets that fail alike."""
    return tuple(failed.split())


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2][:300].lower()


def _audit(row: Row[Any]) -> Audit:
    return Audit(**{**row._mapping, "findings": from_json(json.loads(row.findings))})
