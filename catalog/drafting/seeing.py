"""Drafts as the access decision sees them, and the one way in which a draft is opened for a change."""

from dataclasses import replace
from typing import Any

from catalog.access import Action, Actor, decide
from catalog.clock import Clock, stamp
from catalog.errors import Conflict, Denied, NotFound
from catalog.ports import UnitOfWork
from catalog.records import CatalogRecord, Draft, State
from schemas.agents import Agency
from schemas.dataset import Dataset


def as_record(agency: str) -> CatalogRecord:
    """Return the entry that stands for an unpublished dataset of an agency when access is decided."""
    nothing = Dataset(name="draft", title={}, publisher=Agency(name=agency))
    return CatalogRecord(
        dataset=nothing, state=State.DRAFT, number=0, revision=0, content_hash="", created="", updated="", labels=frozenset()
    )


def require(actor: Actor, action: Action, agency: str) -> None:
    """Raise NotFound where the actor may not know of drafts of the agency, Denied where this may not be done to them."""
    record = as_record(agency)
    if not decide(actor, Action.READ, record).allowed:
        raise NotFound("There is no such draft; it may have been published or discarded.")
    decision = decide(actor, action, record)
    if not decision.allowed:
        raise Denied(decision.message, decision.reason)


def opened(work: UnitOfWork, actor: Actor, action: Action, id: str, revision: int | None = None) -> Draft:
    """Return a draft to which the actor may do `action`. Raises NotFound, Denied, or Conflict where it has moved on."""
    draft = work.drafts.get(id)
    if draft is None:
        raise NotFound("There is no such draft; it may have been published or discarded.")
    require(actor, action, draft.agency)
    if revision is not None and revision != draft.revision:
        raise Conflict(f"{draft.editor} changed this draft meanwhile; look at both versions and save again.", draft)
    return draft


def changed(work: UnitOfWork, clock: Clock, actor: Actor, action: str, draft: Draft, because: str = "", **facts: Any) -> Draft:
    """Write the next revision of a draft, with its audit entry."""
    editors = draft.editors
    if action.startswith("draft:save"):
        editors = (*(one for one in editors if one != actor.id), actor.id)
    after = replace(draft, **facts, revision=draft.revision + 1, updated=stamp(clock), editors=editors)
    if not work.drafts.change(after, draft.revision):
        raise Conflict("Somebody changed this draft meanwhile; look at both versions and save again.", work.drafts.get(draft.id))
    noted(work, clock, actor, action, after, because, before=draft.revision)
    return after


def noted(work: UnitOfWork, clock: Clock, actor: Actor, action: str, draft: Draft, because: str = "", before: int = 0) -> None:
    """Write the audit entry of what happened to a draft."""
    work.audit(
        at=stamp(clock), actor=actor.id, action=action, target=draft.files_key, because=because,
        before=str(before or ""), after=str(draft.revision),
    )  # fmt: skip
