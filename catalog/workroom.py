"""What the staff of an agency works with: its datasets in every state, what needs attention, histories and old revisions."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.access import Action, Actor
from catalog.clock import Clock, stamp
from catalog.drafting.seeing import require
from catalog.drafting.service import Drafts, editable
from catalog.errors import NotFound
from catalog.granting.records import RequestState
from catalog.harvests.records import RunState
from catalog.ports import Store
from catalog.quality.evidence import LinkFacts
from catalog.records import CatalogRecord, Draft, DraftState, FileRecord, Revision, State
from catalog.wanted.records import WAITING, Sought, Wanted, WantedState
from schemas.vocabularies import vocabulary

MOST = 500
"""Datasets of an agency that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Something that waits for the agency: `what` is `late`, `invalid`, `unread`, `broken`, `held`, `review`, `sent-back`,
    `request`, `wanted` or `held-run`.

    `name` is that of the dataset, draft, request or source; `title` its title by language; `number` days late, days since an
    answer was due (less than 0 before), errors, links that do not answer, or the run.
    """

    what: str
    name: str
    title: Mapping[str, str]
    number: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A month of an agency's datasets: downloads, and questions of programs."""

    month: str
    downloads: int = 0
    questions: int = 0


class Workroom:
    """Answers members of an agency; for everybody else there is nothing here."""

    def __init__(self, store: Store, drafts: Drafts, clock: Clock) -> None:
        self._store, self._drafts, self._clock = store, drafts, clock

    def datasets(self, actor: Actor, agency: str, after: int = 0, limit: int = MOST) -> list[CatalogRecord]:
        """Return the datasets of an agency in every state."""
        require(actor, Action.READ, agency)
        with self._store.read() as work:
            return work.datasets.page(after=after, limit=limit, state="", agency=agency)

    def dataset(self, actor: Actor, name: str) -> tuple[CatalogRecord, list[Revision]]:
        """Return a dataset of the actor's agency with its history; raises NotFound."""
        with self._store.read() as work:
            record, revisions = work.datasets.get(name), work.datasets.revisions(name)
        agency = record.dataset.publisher.name if record and record.dataset.publisher else ""
        if record is None or not self._drafts.may(actor, Action.READ, agency):
            raise NotFound("There is no such dataset.")
        return record, revisions

    def difference(self, actor: Actor, name: str, number: int) -> list[tuple[str, Any, Any]]:
        """Return what a revision changed in the one before: pointers with the value before and after."""
        self.dataset(actor, name)
        before, after = (self._document(name, one) for one in (number - 1, number))
        if after is None:
            raise NotFound("There is no such revision.")
        return list(_differing(before or {}, after, ""))

    def recall(self, actor: Actor, name: str, number: int) -> Draft:
        """Begin a draft with the description of an old revision (its files stay those of today), to be published anew."""
        self.dataset(actor, name)
        document = self._document(name, number)
        if document is None:
            raise NotFound("There is no such revision.")
        draft = self._drafts.edit(actor, name)
        wanted = {key: told for key, told in editable(document).items() if key != "distribution"}
        gone = {key: None for key in draft.document if key not in wanted and key != "distribution"}
        return self._drafts.save(actor, draft.id, draft.revision, {**gone, **wanted})

    def attention(self, actor: Actor, agency: str) -> list[Attention]:
        """Return what waits for the agency, the most urgent first."""
        records = self.datasets(actor, agency)
        with self._store.read() as work:
            drafts = work.drafts.page([agency], limit=MOST)
            asked = work.requests.of_agency(agency, MOST)
            wanted = [one for state in WAITING for one in work.wanted.page(Sought(state=state, agency=agency), limit=MOST)]
            published = [record.dataset.name for record in records if record.state is State.PUBLISHED]
            files, links = work.files.of_many(published), work.quality.links_of(published)
            sources = [source.name for source in work.harvests.sources() if source.agency == agency]
            runs = [run for name in sources for run in work.harvests.runs(source=name, limit=1)]
        titles = {record.dataset.name: record.dataset.title for record in records}
        found = [*map(_draft, drafts), *(_record(record) for record in records)]
        found += [_late(record, stamp(self._clock)[:10]) for record in records if record.state is State.PUBLISHED]
        found += [_file(record, file) for record in records for file in files.get(record.dataset.name, ())]
        found += [_broken(record, links.get(record.dataset.name, {})) for record in records]
        found += [
            Attention(
                what="request", name=one.id, title=titles.get(one.dataset, {}), said=one.due,
                number=_days(one.due, stamp(self._clock)),
            )
            for one in asked if one.state is RequestState.PENDING
        ]  # fmt: skip
        found += [_wanted(one, stamp(self._clock)) for one in wanted]
        found += [Attention(what="held-run", name=r.source, title={}, number=r.id) for r in runs if r.state is RunState.HELD]
        return sorted(filter(None, found), key=lambda one: (_ORDER.index(one.what), -one.number))

    def uses(self, actor: Actor, agency: str) -> list[Use]:
        """Return the last twelve months of an agency, oldest first."""
        require(actor, Action.READ, agency)
        year, month = int(stamp(self._clock)[:4]), int(stamp(self._clock)[5:7])
        months = [f"{year - (month - back <= 0):04}-{(month - back - 1) % 12 + 1:02}" for back in range(11, -1, -1)]
        with self._store.read() as work:
            found = work.takedowns.uses(agency, f"{months[0]}-01")
        return [Use(one, *found.get(one, (0, 0))) for one in months]

    def _document(self, name: str, number: int) -> dict[str, Any] | None:
        with self._store.read() as work:
            words = work.datasets.document(name, number)
        return json.loads(words) if words else None


_SOON = 14
"""So many days before it is due a promise needs attention."""
_ORDER = ("held-run", "held", "request", "wanted", "review", "sent-back", "late", "invalid", "unread", "broken")


def _draft(draft: Draft) -> Attention | None:
    title = draft.document.get("title") or {}
    if draft.state is DraftState.SUBMITTED:
        return Attention(what="review", name=draft.id, title=title)
    if draft.comment and draft.state is DraftState.EDITING:
        return Attention(what="sent-back", name=draft.id, title=title, said=draft.comment)
    return None


def _record(record: CatalogRecord) -> Attention | None:
    if record.state is not State.HELD:
        return None
    return Attention(what="held", name=record.dataset.name, title=record.dataset.title, said=record.reason)


def _late(record: CatalogRecord, today: str) -> Attention | None:
    term = vocabulary("frequencies").find(record.dataset.accrual_periodicity)
    days, last = term.data.get("days") if term else None, (record.dataset.modified or record.updated)[:10]
    try:
        late = (date.fromisoformat(today) - date.fromisoformat(last)).days - int(days or 0)
    except ValueError:  # known to the month or the year only
        return None
    if not days or late <= 0:
        return None
    return Attention(what="late", name=record.dataset.name, title=record.dataset.title, number=late)


def _broken(record: CatalogRecord, links: Mapping[str, LinkFacts]) -> Attention | None:
    broken = sorted(url for url, facts in links.items() if facts.verdict == "broken")
    if not broken:
        return None
    name, title = record.dataset.name, record.dataset.title
    return Attention(what="broken", name=name, title=title, number=len(broken), said=broken[0])


def _wanted(one: Wanted, now: str) -> Attention | None:
    days = _days(one.due, now)
    if one.state is WantedState.PROMISED and days < -_SOON:
        return None
    return Attention(what="wanted", name=one.id, title={one.language: one.title}, number=days, said=one.due)


def _days(due: str, now: str) -> int:
    """Return how many days ago a day was, less than 0 for one to come."""
    return (date.fromisoformat(now[:10]) - date.fromisoformat(due[:10])).days if due else 0


def _file(record: CatalogRecord, file: FileRecord) -> Attention | None:
    name, title = record.dataset.name, record.dataset.title
    if file.valid is False:
        errors = ((file.report or {}).get("stats") or {}).get("errors") or 0
        return Attention(what="invalid", name=name, title=title, number=int(errors), said=file.filename)
    if file.problem and file.problem.code != "no-table":
        return Attention(what="unread", name=name, title=title, said=file.filename)
    return None


def _differing(before: Any, after: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            yield from _differing(before.get(key), after.get(key), f"{path}/{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for at, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differing(one, other, f"{path}/{at}")
    elif before != after:
        yield path, before, after
