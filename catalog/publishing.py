"""The only way a dataset changes, for forms, API and harvests: one transaction with revision, audit entry and outbox event."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from catalog.access import Action, Actor, decide
from catalog.clock import Clock, stamp
from catalog.curation import keep_curated
from catalog.errors import Denied, Gone, Invalid, NotFound
from catalog.ports import Store, UnitOfWork
from catalog.quality.waking import wake
from catalog.records import CatalogRecord, FileRecord, FileState, State
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.forms import canonical, dump_dataset, load_dataset
from schemas.ml import MLProfile


class Change(StrEnum):
    """What publishing did; `submitted` is a draft that waits for a publisher."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a dataset comes from and what happens to its files: `copy` fetches them, `link` leaves them."""

    source: str = ""
    kind: str = ""
    files: str = "link"


_MOVES = {State.WITHDRAWN: "withdraw", State.DRAFT: "unpublish", State.PUBLISHED: "restore", State.HELD: "hold"}
Revising = Callable[[CatalogRecord, tuple[FileRecord, ...]], Dataset]
"""Makes the next state of a dataset out of the present one and its files."""


class Publishing:
    """Publishes, withdraws and restores datasets."""

    def __init__(self, store: Store, clock: Clock, follow: Callable[[], object] = lambda: None) -> None:
        """`follow` is called after each transaction of our own: it brings the index up to date from the outbox."""
        self._store, self._clock, self.follow = store, clock, follow

    def publish(self, actor: Actor, dataset: Dataset, because: str, origin: Origin = Origin()) -> Change:
        """Publish one dataset in a transaction of its own; an equal one that is published already changes nothing."""
        with self._store.write() as work:
            change = self.publish_in(work, actor, dataset, because, origin, work.datasets.get(dataset.name))
        self.follow()
        return change

    def publish_in(
        self, work: UnitOfWork, actor: Actor, dataset: Dataset, because: str, origin: Origin,
        before: CatalogRecord | None, state: State = State.PUBLISHED, reason: str = "",
    ) -> Change:  # fmt: skip
        """Publish within a transaction, in the place of what stands there `before`.

        `state` HELD keeps a new or changed dataset from view until a person releases it; `reason` says why.
        Raises Denied when the actor may not.
        """
        now = stamp(self._clock)
        if actor.kind == "harvester":  # a source knows nothing of what people corrected here
            dataset = _corrected(dataset, _corrections(before.dataset) if before else {})
            dataset = replace(dataset, ml=keep_curated(before.dataset.ml if before else MLProfile(), dataset.ml))
        document, content_hash = canonical(dump_dataset(dataset))
        if before and before.state is State.WITHDRAWN and "" in work.takedowns.of(dataset.name):
            if actor.kind == "harvester":
                return Change.UNCHANGED
            raise Gone(f"The dataset {dataset.name!r} was taken down; only an operator can restore it.", before)
        if before and before.content_hash == content_hash and before.state is state:
            return Change.UNCHANGED
        after = _record(dataset, content_hash, now, origin, state, reason, before)
        _require(actor, Action.PUBLISH, before or after)
        if before and before.dataset.publisher != dataset.publisher:
            _require(actor, Action.PUBLISH, after)  # nobody hands a dataset to an agency of others
        if before:
            work.datasets.update(after, document, actor.id, because)
        else:
            work.datasets.add(after, document, actor.id, because)
        if dataset.publisher and not (before and before.dataset.publisher == dataset.publisher):
            work.agencies.put(dataset.publisher)
        _follow_files(work, dataset, origin, before)
        self._note(work, actor, "publish", after, because, before)
        return Change.CHANGED if before else Change.ADDED

    def correct(self, actor: Actor, name: str, distribution: str, correction: Mapping[str, Any], because: str) -> None:
        """Say how a table is to be read, over what its source states (see CORRECTIONS); an empty `correction` takes that back.

        Its file then waits to be validated again. Harvests keep it. Raises NotFound, Denied, or Invalid with what is wrong.
        """
        with self._store.write() as work:
            before = work.datasets.get(name)
            ids = [d.id for d in before.dataset.distribution] if before else []
            if before is None or distribution not in ids:
                there = f" has no file {distribution!r}; it has {', '.join(ids[:20]) or 'none'}" if before else " is not there"
                raise NotFound(f"The dataset {name!r}{there}.")
            corrections = _corrections(before.dataset) | {distribution: correction}
            document = dump_dataset(_corrected(before.dataset, corrections))
            dataset, problems = load_dataset(document)
            if dataset is None:
                raise Invalid("The table cannot be read so.", problems)
            origin = Origin(source=before.source, kind=before.source_kind)
            self.publish_in(work, actor, dataset, because, origin, before, before.state, before.reason)
        self.follow()

    def revise(self, actor: Actor, name: str, change: Revising, because: str) -> Change:
        """Publish what `change` makes of a dataset and its files, in a transaction that nobody comes between.

        Raises NotFound, Gone, Denied, and whatever `change` raises.
        """
        with self._store.write() as work:
            before = work.datasets.get(name)
            if before is None:
                raise NotFound(f"There is no dataset named {name!r}.")
            if before.state is State.WITHDRAWN:
                raise Gone(f"The dataset {name!r} was withdrawn; restore it first.", before)
            origin = Origin(source=before.source, kind=before.source_kind)
            dataset = change(before, work.files.of(name))
            done = self.publish_in(work, actor, dataset, because, origin, before, before.state, before.reason)
        self.follow()
        return done

    def withdraw(self, actor: Actor, name: str, because: str) -> None:
        """Take a dataset from view, leaving a tombstone with the reason."""
        with self._store.write() as work:
            self.withdraw_in(work, actor, [name], because)
        self.follow()

    def withdraw_in(self, work: UnitOfWork, actor: Actor, names: Iterable[str], because: str) -> int:
        """Withdraw within a transaction; returns how many were published until now."""
        return sum(self._move(work, actor, name, State.WITHDRAWN, because, Action.WITHDRAW) for name in names)

    def unpublish(self, actor: Actor, name: str, because: str) -> None:
        """Take a dataset from view without a tombstone; `restore` shows it again as it was."""
        with self._store.write() as work:
            self.unpublish_in(work, actor, name, because)
        self.follow()

    def unpublish_in(self, work: UnitOfWork, actor: Actor, name: str, because: str) -> bool:
        """Take from view within a transaction; returns whether anything changed."""
        return self._move(work, actor, name, State.DRAFT, because, Action.WITHDRAW)

    def hold(self, actor: Actor, name: str, because: str) -> None:
        """Take a dataset from view until somebody restores it."""
        with self._store.write() as work:
            self._move(work, actor, name, State.HELD, because, Action.WITHDRAW)
        self.follow()

    def restore(self, actor: Actor, name: str, because: str) -> None:
        """Publish a withdrawn, unpublished or held dataset again as it was."""
        with self._store.write() as work:
            self.restore_in(work, actor, name, because)
        self.follow()

    def restore_in(self, work: UnitOfWork, actor: Actor, name: str, because: str) -> bool:
        """Restore within a transaction; returns whether anything changed."""
        return self._move(work, actor, name, State.PUBLISHED, because, Action.PUBLISH)

    def _move(self, work: UnitOfWork, actor: Actor, name: str, state: State, because: str, action: Action) -> bool:
        before = work.datasets.get(name)
        if before is None:
            raise NotFound(f"There is no dataset named {name!r}.")
        _require(actor, action, before)
        if before.state is state:
            return False
        if state is State.PUBLISHED and actor.kind != "system" and "" in work.takedowns.of(name):
            raise Gone(f"The dataset {name!r} was taken down; only an operator can restore it.", before)
        reason = because if state in (State.WITHDRAWN, State.HELD) else ""
        after = replace(before, state=state, revision=before.revision + 1, updated=stamp(self._clock), reason=reason)
        work.datasets.update(after, canonical(dump_dataset(before.dataset))[0], actor.id, because)
        self._note(work, actor, _MOVES[state], after, because, before)
        return True

    def _note(
        self, work: UnitOfWork, actor: Actor, action: str, after: CatalogRecord, because: str, before: CatalogRecord | None
    ) -> None:
        work.outbox.put(after.dataset.name)
        wake(work, after.dataset.name, after.source, after.updated)
        work.audit(
            at=after.updated, actor=actor.id, action=action, target=after.dataset.name, because=because,
            before=before.content_hash if before else "", after=after.content_hash,
        )  # fmt: skip


def _corrected(dataset: Dataset, corrections: Mapping[str, Mapping[str, Any]]) -> Dataset:
    told = [(d, dict(corrections.get(d.id, {}))) for d in dataset.distribution]
    return replace(dataset, distribution=tuple(d if d.correction == new else replace(d, correction=new) for d, new in told))


def _corrections(dataset: Dataset) -> dict[str, Mapping[str, Any]]:
    return {d.id: d.correction for d in dataset.distribution if d.correction}


def _require(actor: Actor, action: Action, record: CatalogRecord) -> None:
    decision = decide(actor, action, record)
    if not decision.allowed:
        raise Denied(decision.message, decision.reason)


def _record(
    dataset: Dataset, content_hash: str, now: str, origin: Origin, state: State, reason: str, before: CatalogRecord | None
) -> CatalogRecord:
    return CatalogRecord(
        dataset=dataset,
        state=state,
        number=before.number if before else 0,
        revision=before.revision + 1 if before else 1,
        content_hash=content_hash,
        created=before.created if before else now,
        updated=now,
        labels=frozenset(dataset.access.visible_to) or frozenset({"public"}),
        source=before.source if before else origin.source,
        source_kind=before.source_kind if before else origin.kind,
        reason=reason,
    )


def _follow_files(work: UnitOfWork, dataset: Dataset, origin: Origin, before: CatalogRecord | None) -> None:
    """Write down which files are wanted now; one whose address and source stamp did not change stays as it is."""
    if before is None:
        new = {d.id: _new(dataset.name, d, origin) for d in dataset.distribution}
        work.files.add_many(new.values(), source=origin.source, position=0)
        return
    old = {d.id: d for d in before.dataset.distribution}
    resplit = before.dataset.ml.splits != dataset.ml.splits
    kept = {file.distribution: file for file in work.files.of(dataset.name)}
    for position, distribution in enumerate(dataset.distribution):
        file = kept.pop(distribution.id, None)
        if file is None:
            file = _new(dataset.name, distribution, origin)
        elif _moved(old.get(distribution.id), distribution):
            state = _state(distribution, origin)
            file = replace(file, state=state, etag="", last_modified="", checked="", url=distribution.download_url)
        elif old.get(distribution.id) == distribution and not (resplit and file.sha256):
            continue
        else:
            file = replace(file, checked="")  # schema, dialect or recipe of splits may have changed: read again
        work.files.put(replace(file, url=distribution.download_url), source=origin.source, position=position)
    work.files.remove(dataset.name, kept)


def _new(dataset: str, d: Distribution, origin: Origin) -> FileRecord:
    return FileRecord(dataset=dataset, distribution=d.id, state=_state(d, origin), url=d.download_url)


def _state(distribution: Distribution, origin: Origin) -> FileState:
    if origin.files == "copy" and (distribution.download_url or distribution.path):
        return FileState.WANTED
    return FileState.LINKED


def _moved(old: Distribution | None, new: Distribution) -> bool:
    def stamps(distribution: Distribution) -> tuple[object, ...]:
        return (distribution.download_url, distribution.modified, distribution.checksum, distribution.byte_size)

    return old is None or stamps(old) != stamps(new)
