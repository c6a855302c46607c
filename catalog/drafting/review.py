"""Review: sent to a publisher, sent back with a comment, approved, scheduled, published when due."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from catalog.access import SYSTEM, Action, Actor
from catalog.clock import Clock, stamp
from catalog.drafting.ready import files_ready, whole
from catalog.drafting.seeing import changed, noted, opened
from catalog.drafting.service import forget
from catalog.errors import CatalogError, Conflict, Denied, Invalid
from catalog.ports import Store, UnitOfWork
from catalog.publishing import Origin, Publishing
from catalog.records import Draft, DraftState, FileRecord
from schemas.dataset import Dataset
from schemas.problems import Problem, Severity, has_errors

PUBLISH_DRAFT = "draft:publish"
"""The kind of job that publishes a scheduled draft; its key is the draft's id."""


class Reviewing:
    """Leads drafts to publication. With `four_eyes` nobody approves what they wrote themselves."""

    def __init__(
        self, store: Store, publishing: Publishing, clock: Clock, four_eyes: bool, follow: Callable[[], object] = lambda: None,
        blocking: Callable[[Dataset, tuple[FileRecord, ...]], list[Problem]] = lambda dataset, files: [],
    ) -> None:  # fmt: skip
        self._store, self._publishing, self._clock, self._follow = store, publishing, clock, follow
        self.four_eyes, self._blocking = four_eyes, blocking

    def standing(self, actor: Actor, id: str) -> list[Problem]:
        """Return everything that stands in the way of publishing (errors) or is worth a look (warnings)."""
        with self._store.read() as work:
            draft = opened(work, actor, Action.READ, id)
            return self._look(work, draft, work.files.of(draft.files_key))[1]

    def require_reason(self, actor: Actor, id: str, because: str) -> None:
        """Raise Invalid where a draft would be published with warnings and nobody says why."""
        if not because and any(one.severity is Severity.WARNING for one in self.standing(actor, id)):
            message = "Say why this is published although there are warnings."
            raise Invalid(message, [Problem("no-reason", "/because", message)])

    def submit(self, actor: Actor, id: str, revision: int, because: str = "") -> Draft:
        """Send a draft to the publishers of its agency; raises Invalid with what is missing."""
        with self._store.write() as work:
            draft = opened(work, actor, Action.EDIT, id, revision)
            self._whole(work, draft, work.files.of(draft.files_key))
            facts: dict[str, Any] = {"state": DraftState.SUBMITTED, "comment": "", "due": ""}
            return changed(work, self._clock, actor, "draft:submit", draft, because, **facts)

    def take_back(self, actor: Actor, id: str, revision: int) -> Draft:
        """Go on editing what was submitted or scheduled."""
        with self._store.write() as work:
            draft = opened(work, actor, Action.EDIT, id, revision)
            work.jobs.cancel(PUBLISH_DRAFT, id)
            return changed(work, self._clock, actor, "draft:take-back", draft, state=DraftState.EDITING, due="")

    def send_back(self, actor: Actor, id: str, revision: int, comment: str) -> Draft:
        """Give a submitted draft back to its authors with a comment that says what to change."""
        if not comment.strip():
            message = "Say what is to be changed, so that the authors know."
            raise Invalid(message, [Problem("no-comment", "/comment", message)])
        with self._store.write() as work:
            draft = opened(work, actor, Action.REVIEW, id, revision)
            work.jobs.cancel(PUBLISH_DRAFT, id)
            facts: dict[str, Any] = {"state": DraftState.EDITING, "comment": comment.strip(), "due": ""}
            return changed(work, self._clock, actor, "draft:send-back", draft, comment.strip(), **facts)

    def approve(self, actor: Actor, id: str, revision: int, because: str = "") -> str:
        """Publish a draft now and return the name of the dataset.

        Raises Invalid with what stands in the way, Denied (own work under four eyes), or Conflict where the published dataset
        has changed since the draft was begun; its `present` is the CatalogRecord that stands now.
        """
        with self._store.write() as work:
            draft = opened(work, actor, Action.PUBLISH, id, revision)
            self._other_eyes(actor, draft)
            name = self.release_in(work, actor, draft, work.files.of(draft.files_key), because)
        self._follow()
        return name

    def schedule(self, actor: Actor, id: str, revision: int, due: str, because: str = "") -> Draft:
        """Approve a draft for a later time (ISO 8601 in UTC, to the second); a worker publishes it then."""
        with self._store.write() as work:
            draft = opened(work, actor, Action.PUBLISH, id, revision)
            self._other_eyes(actor, draft)
            if due <= stamp(self._clock):
                message = "Choose a time that is still to come."
                raise Invalid(message, [Problem("time-past", "/due", message)])
            self._whole(work, draft, work.files.of(draft.files_key))
            work.jobs.put(PUBLISH_DRAFT, id, due=due)
            words = because or f"Scheduled for {due}"
            return changed(work, self._clock, actor, "draft:schedule", draft, words, state=DraftState.SCHEDULED, due=due)

    def publish_due(self) -> list[tuple[str, str]]:
        """Publish every scheduled draft whose time has come; returns the id of each with what went wrong, empty when nothing."""
        with self._store.read() as work:
            due = work.drafts.due(stamp(self._clock))
        done = []
        for draft in due:
            try:
                self.approve(SYSTEM, draft.id, draft.revision, f"Scheduled for {draft.due}")
                done.append((draft.id, ""))
            except CatalogError as error:  # one draft's fault; it goes back to its agency, the others are published
                self._failed(draft, str(error))
                done.append((draft.id, str(error)))
        return done

    def release_in(
        self, work: UnitOfWork, actor: Actor, draft: Draft, files: tuple[FileRecord, ...], because: str
    ) -> str:
        """Publish a draft within a transaction, its files with it; the draft goes."""
        dataset = self._whole(work, draft, files)
        before = work.datasets.get(dataset.name)
        if draft.base and (before is None or before.revision != draft.base):
            raise Conflict("The published dataset has changed since this draft was begun; compare both.", before)
        if before is not None and not draft.base:
            message = f"There is a dataset named {dataset.name!r} already; choose another name."
            raise Invalid(message, [Problem("name-taken", "/name", message)])
        self._publishing.publish_in(work, actor, dataset, because or "Published", Origin(), before)
        settle_files(work, dataset, files)
        forget(work, draft)
        noted(work, self._clock, actor, "draft:publish", draft, because, before=draft.revision)
        return dataset.name

    def _whole(self, work: UnitOfWork, draft: Draft, files: tuple[FileRecord, ...]) -> Dataset:
        dataset, problems = self._look(work, draft, files)
        if dataset is None or has_errors(problems):
            raise Invalid("This draft cannot be published yet.", problems)
        return dataset

    def _look(self, work: UnitOfWork, draft: Draft, files: tuple[FileRecord, ...]) -> tuple[Dataset | None, list[Problem]]:
        agency = work.agencies.get(draft.agency)
        assert agency is not None, "agencies are never removed"
        dataset, problems = whole(draft.document, agency)
        if not draft.base and draft.name and work.datasets.taken([draft.name]):
            message = f"There is a dataset named {draft.name!r} already; choose another name."
            problems.append(Problem("name-taken", "/name", message))
        return dataset, [*problems, *files_ready(files), *(self._blocking(dataset, files) if dataset else ())]

    def _other_eyes(self, actor: Actor, draft: Draft) -> None:
        if self.four_eyes and actor.kind != "system" and actor.id in (draft.author, *draft.editors):
            raise Denied("You wrote this draft; another publisher of the agency must approve it.", "four-eyes")

    def _failed(self, draft: Draft, words: str) -> None:
        with self._store.write() as work:
            facts: dict[str, Any] = {"state": DraftState.EDITING, "comment": words, "due": ""}
            changed(work, self._clock, SYSTEM, "draft:schedule-failed", draft, words, **facts)


def settle_files(work: UnitOfWork, dataset: Dataset, files: tuple[FileRecord, ...]) -> None:
    """Give a dataset that was just published the bytes that were checked before."""
    by_id = {file.distribution: file for file in files}
    for position, distribution in enumerate(dataset.distribution):
        if (file := by_id.get(distribution.id)) and file.sha256:
            work.files.put(replace(file, dataset=dataset.name), source="uploads", position=position)
