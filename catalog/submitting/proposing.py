"""What its sender may not publish alone waits as a draft for a publisher of the agency."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from catalog.access import Actor
from catalog.clock import Clock
from catalog.drafting.review import PUBLISH_DRAFT
from catalog.drafting.seeing import changed
from catalog.drafting.service import Drafts, editable
from catalog.errors import Conflict
from catalog.ports import UnitOfWork
from catalog.records import CatalogRecord, Draft, DraftState, FileRecord
from schemas.dataset import Dataset
from schemas.forms import dump_dataset


def proposed(
    work: UnitOfWork, drafts: Drafts, clock: Clock, actor: Actor, dataset: Dataset, files: Iterable[FileRecord],
    of: CatalogRecord | None, because: str, *, whole: bool,
) -> Draft:  # fmt: skip
    """Return the draft of a dataset, sent to review: begun now, or the actor's own of before, which this takes the place of.

    Raises Conflict where somebody else is preparing it, or where only a part was sent while another change waits (`whole`
    tells that all of it was). The same again changes nothing.
    """
    agency, document = dataset.publisher.name if dataset.publisher else "", editable(dump_dataset(dataset))
    document = {key: told for key, told in document.items() if key != "publisher"}
    draft = work.drafts.of_dataset(dataset.name, agency)
    if draft and draft.editors[-1:] != (actor.id,):
        raise Conflict(f"Somebody else prepares this dataset in the draft {draft.id}; finish or discard that first.", draft)
    if draft and draft.document == document and draft.state is DraftState.SUBMITTED:
        return draft
    if draft and not whole:
        raise Conflict(f"Another change waits in the draft {draft.id}; send the whole dataset, or go on there.", draft)
    draft = draft or drafts.start_in(work, actor, agency, document, of=of)
    work.jobs.cancel(PUBLISH_DRAFT, draft.id)
    places = {d.id: position for position, d in enumerate(dataset.distribution)}
    work.files.remove(draft.files_key, [file.distribution for file in work.files.of(draft.files_key)])
    for file in files:
        work.files.put(replace(file, dataset=draft.files_key), source="uploads", position=places[file.distribution])
    facts: dict[str, Any] = {"document": document, "base": of.revision if of else 0, "comment": "", "due": ""}
    return changed(work, clock, actor, "draft:save-submit", draft, because, state=DraftState.SUBMITTED, **facts)
