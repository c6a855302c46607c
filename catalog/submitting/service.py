"""Submissions: looked at, examined outside of any transaction, published in one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Literal

from catalog.access import Action, Actor, decide
from catalog.clock import Clock, stamp
from catalog.drafting.ready import files_ready
from catalog.drafting.seeing import as_record
from catalog.drafting.service import Drafts
from catalog.errors import Conflict, Denied, Invalid, KeyReused, NotFound
from catalog.ports import Store, UnitOfWork
from catalog.publishing import Change, Origin, Publishing
from catalog.records import CatalogRecord, FileRecord, Receipt
from catalog.submitting.files import examined
from catalog.submitting.proposing import proposed
from catalog.submitting.submission import Present, Submission, Submitted, present, whole
from catalog.tables.service import Validation
from catalog.versions.service import Versioning
from schemas.dataset import Dataset
from schemas.dates import utc
from schemas.forms import canonical, dump_dataset
from schemas.problems import Problem, has_errors

FOLLOW = "dataset:follow"
"""The kind of job that cuts the version of a dataset that was published; its key is the name."""
KEPT = timedelta(days=1)
"""How long a request may be sent again under its key."""
TRIES = 5
"""So often a submission is made anew when somebody else changes the dataset in between."""
Progress = Callable[[int, int | None], None]
Move = Literal["withdraw", "unpublish", "restore"]
_Ready = tuple[Dataset, tuple[FileRecord, ...], Submission, Present, tuple[Problem, ...]]


class Submitting:
    """Publishes what scripts send."""

    def __init__(
        self, store: Store, publishing: Publishing, validation: Validation, versions: Versioning, drafts: Drafts, clock: Clock,
        four_eyes: bool,
    ) -> None:  # fmt: skip
        self._store, self._publishing, self._validation = store, publishing, validation
        self._versions, self._drafts, self._clock, self._four_eyes = versions, drafts, clock, four_eyes

    def look(self, actor: Actor, sent: Submission, *, deciding: bool = False) -> list[Problem]:
        """Return everything that is wrong or worth a look, without reading files; nothing is changed.

        `deciding` raises Denied, too, where the actor may not publish it.
        """
        with self._store.read() as work:
            there = present(work, actor, sent)
            dataset, problems = whole(work, actor, sent, there)
        if deciding and dataset:
            self._alone(actor, dataset, sent, there.record)
        return problems

    def publish_all(self, actor: Actor, sent: Sequence[Submission]) -> list[Submitted]:
        """Publish several in one transaction, all or none; they bring no files."""
        ready = [self._ready(actor, one, lambda done, total: None) for one in sent]
        with self._store.write() as work:
            done = [self._put(work, actor, *one) for one in ready]
        self._publishing.follow()
        return done

    def publish(self, actor: Actor, sent: Submission, progress: Progress = lambda done, total: None) -> Submitted:
        """Publish what was sent, or raise Invalid with every Problem, Denied, Gone, NotFound, KeyReused, or Conflict.

        Where somebody changes the dataset meanwhile, it is made anew, unless it names the revision that it was made from.
        """
        for _ in range(TRIES - 1):
            try:
                return self._publish(actor, sent, progress)
            except Conflict:
                if sent.base is not None:
                    raise
        return self._publish(actor, sent, progress)

    def require(self, actor: Actor, name: str, *, review: bool = False) -> None:
        """Raise what a change to a dataset would raise, before its bytes are taken in (see Submission.review)."""
        with self._store.read() as work:
            there = present(work, actor, Submission(name=name, change=dict))
        assert there.record is not None, "a change needs something that is there"
        decisions = [decide(actor, action, there.record) for action in (Action.PUBLISH, *((Action.EDIT,) if review else ()))]
        if not any(decision.allowed for decision in decisions):
            raise Denied(decisions[0].message, decisions[0].reason)

    def move(self, actor: Actor, name: str, do: Move, because: str, base: int | None = None) -> None:
        """Withdraw, unpublish or restore a dataset; one that stands so already stays. Raises NotFound, Denied, Gone, or Conflict
        (see Submission.base).
        """
        with self._store.write() as work:
            record = work.datasets.get(name)
            if record is None or not decide(actor, Action.READ, record).allowed:
                raise NotFound("There is no such dataset.")
            if base is not None and record.revision != base:
                raise moved(record, base)
            if do == "withdraw":
                self._publishing.withdraw_in(work, actor, [name], because)
            elif do == "unpublish":
                self._publishing.unpublish_in(work, actor, name, because)
            else:
                self._publishing.restore_in(work, actor, name, because)
        self._publishing.follow()

    def follow(self, name: str) -> None:
        """Cut the version of a dataset that was published, unless that was done."""
        self._versions.cut(name)
        with self._store.write() as work:
            work.jobs.cancel(FOLLOW, name)
        self._publishing.follow()

    def _publish(self, actor: Actor, sent: Submission, progress: Progress) -> Submitted:
        if sent.receipt:
            with self._store.read() as work:
                if before := self._answered(work, sent.receipt):
                    return before
        ready = self._ready(actor, sent, progress)
        with self._store.write() as work:
            if before := self._answered(work, sent.receipt):
                return before
            done = self._put(work, actor, *ready)
            self._remember(work, sent.receipt, done)
        self._publishing.follow()
        return done

    def _ready(self, actor: Actor, sent: Submission, progress: Progress) -> _Ready:
        """Return what is to be published, looked at and examined; raises what publishing raises."""
        with self._store.read() as work:
            there = present(work, actor, sent)
            dataset, problems = whole(work, actor, sent, there)
        # before anything is told of what is there: a name may be that of a hidden dataset
        if dataset and not self._alone(actor, dataset, sent) and any(one.code == "name-taken" for one in problems):
            there, problems = Present(), [one for one in problems if one.code != "name-taken"]
        if dataset is None or has_errors(problems):
            raise Invalid("This dataset cannot be published as it is.", problems)
        if sent.base is not None and sent.base != there.revision and not _same(there.record, dataset):
            raise moved(there.record, sent.base)
        now = stamp(self._clock)
        files = tuple(_counted(examined(self._validation, dataset, there.dataset, there.files, sent.uploads, now), progress))
        problems += files_ready(files)
        if has_errors(problems):
            raise Invalid("This dataset cannot be published as it is.", problems)
        return dataset, files, sent, there, tuple(problems)

    def _alone(self, actor: Actor, dataset: Dataset, sent: Submission, record: CatalogRecord | None = None) -> bool:
        """Tell whether the actor publishes this alone, or only proposes it where `sent` says so; raises Denied for neither."""
        records = [one for one in (as_record(dataset.publisher.name if dataset.publisher else ""), record) if one]
        refused = [one for one in (decide(actor, Action.PUBLISH, one) for one in records) if not one.allowed]
        if not refused and not (self._four_eyes and actor.kind != "system"):
            return True
        if sent.review and all(decide(actor, Action.EDIT, one).allowed for one in records):
            return False
        if refused:
            raise Denied(refused[0].message, refused[0].reason)
        raise Denied("Here nobody publishes their own work alone; make a draft and send it to a colleague.", "four-eyes")

    def _put(
        self, work: UnitOfWork, actor: Actor, dataset: Dataset, files: tuple[FileRecord, ...], sent: Submission, there: Present,
        problems: tuple[Problem, ...],
    ) -> Submitted:  # fmt: skip
        if not self._alone(actor, dataset, sent, there.record):
            return self._propose(work, actor, dataset, files, sent, there, problems)
        before = work.datasets.get(dataset.name)
        if (before.revision if before else 0) != there.revision:
            raise moved(before, there.revision)
        change = self._publishing.publish_in(work, actor, dataset, sent.because or "Published", Origin(), before)
        places = {d.id: position for position, d in enumerate(dataset.distribution)}
        for file in files:
            work.files.put(replace(file, dataset=dataset.name), source="uploads", position=places[file.distribution])
        if change is not Change.UNCHANGED and files:
            work.jobs.put(FOLLOW, dataset.name, due=stamp(self._clock))
        revision = there.revision + (change is not Change.UNCHANGED)
        return Submitted(name=dataset.name, change=change, revision=revision, problems=problems)

    def _propose(
        self, work: UnitOfWork, actor: Actor, dataset: Dataset, files: tuple[FileRecord, ...], sent: Submission, there: Present,
        problems: tuple[Problem, ...],
    ) -> Submitted:  # fmt: skip
        if _same(there.record, dataset):
            return Submitted(name=dataset.name, change=Change.UNCHANGED, revision=there.revision, problems=problems)
        of, all_of_it = there.record, sent.change is None
        draft = proposed(work, self._drafts, self._clock, actor, dataset, files, of, sent.because, whole=all_of_it)
        return Submitted(
            name=dataset.name, change=Change.SUBMITTED, revision=draft.revision, problems=problems, draft=draft.id
        )

    def _answered(self, work: UnitOfWork, receipt: Receipt | None) -> Submitted | None:
        """Return what was answered to the same request before; raises KeyReused where the key named another one."""
        known = work.receipts.get(receipt.key, stamp(self._clock)) if receipt else None
        if known is None or receipt is None:
            return None
        if known.request != receipt.request:
            raise KeyReused("This key named another request before; give every request a key of its own.")
        problems = tuple(Problem(**problem) for problem in known.result["problems"])
        return Submitted(**{**known.result, "change": Change(known.result["change"]), "problems": problems, "again": True})

    def _remember(self, work: UnitOfWork, receipt: Receipt | None, done: Submitted) -> None:
        if receipt:
            expires = utc(self._clock() + KEPT)
            work.receipts.add(replace(receipt, expires=expires, result=asdict(done)), stamp(self._clock))


def moved(record: CatalogRecord | None, base: int) -> Conflict:
    """Return the error for a dataset that is another than the one that a change was made from."""
    if record is None:
        return Conflict("This dataset is not there any more.")
    if base == 0:
        return Conflict(f"There is a dataset named {record.dataset.name!r} already; choose another name.", record)
    return Conflict(f"Somebody changed this dataset meanwhile (revision {record.revision}); compare both versions.", record)


def _same(record: CatalogRecord | None, dataset: Dataset) -> bool:
    """Tell whether a dataset stands there already, so that a request that was sent twice is no conflict."""
    return record is not None and record.content_hash == canonical(dump_dataset(dataset))[1]


def _counted(files: Iterable[FileRecord], progress: Progress) -> Iterator[FileRecord]:
    for number, file in enumerate(files, 1):
        progress(number, None)
        yield file
