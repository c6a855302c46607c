"""Drafts: begun, saved part by part, resumed, discarded; each change names the revision that it was made from."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from catalog.access import Action, Actor, decide
from catalog.clock import Clock, stamp
from catalog.drafting.seeing import as_record, changed, noted, opened, require
from catalog.errors import Denied, Gone, Invalid, NotFound
from catalog.ports import Store, UnitOfWork
from catalog.records import CatalogRecord, Draft, DraftState, FileRecord, State
from schemas.forms import dump_dataset, load_dataset
from schemas.problems import Problem

OWNED = frozenset({"publisher", "distribution", "raw", "license_asserted", "uri"})
"""Properties that are not saved as parts: the agency is the draft's, files are changed by `DraftFiles`, the rest is ours."""
_KEPT = "A published dataset keeps its name, so that links go on leading to it."


class Drafts:
    """What an agency prepares; nothing of it is public."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def start(self, actor: Actor, agency: str, document: Mapping[str, Any] | None = None, id: str = "") -> Draft:
        """Begin a new dataset of an agency; with the `id` of a draft that is there, that one is returned."""
        document = document or {}
        _refuse_owned(document)
        _refuse_wrong(document, document)
        with self._store.write() as work:
            require(actor, Action.EDIT, agency)
            return (work.drafts.get(id) if id else None) or self.start_in(work, actor, agency, document, id)

    def start_in(
        self, work: UnitOfWork, actor: Actor, agency: str, document: Mapping[str, Any], id: str = "",
        of: CatalogRecord | None = None,
    ) -> Draft:  # fmt: skip
        """Begin a draft within a transaction, `of` a dataset that is there or a new one."""
        if work.agencies.get(agency) is None:
            raise NotFound(f"There is no agency named {agency!r}.")
        now = stamp(self._clock)
        draft = Draft(
            id=id or secrets.token_hex(12), agency=agency, author=actor.id, document=document, created=now, updated=now,
            editors=(actor.id,), base=of.revision if of else 0, name=of.dataset.name if of else str(document.get("name", "")),
        )  # fmt: skip
        work.drafts.add(draft)
        noted(work, self._clock, actor, "draft:start", draft)
        return draft

    def edit(self, actor: Actor, name: str) -> Draft:
        """Return the draft of a dataset that is there, begun now unless somebody began it before.

        Raises NotFound, Gone for a withdrawn one, and Denied for what may not be edited, such as a harvested dataset.
        """
        with self._store.write() as work:
            record = work.datasets.get(name)
            agency = record.dataset.publisher.name if record and record.dataset.publisher else ""
            if record is None or not decide(actor, Action.READ, record).allowed:
                raise NotFound("There is no such dataset.")
            if record.state is State.WITHDRAWN:
                raise Gone(f"The dataset {name!r} was withdrawn; restore it first.", record)
            require(actor, Action.EDIT, agency)
            if record.source:
                raise Denied(f"This dataset is harvested from {record.source!r}; change it there.", "harvested")
            if draft := work.drafts.of_dataset(name):
                return draft
            draft = self.start_in(work, actor, agency, editable(dump_dataset(record.dataset)), of=record)
            for position, file in enumerate(work.files.of(name)):
                work.files.put(replace(file, dataset=draft.files_key), source="uploads", position=position)
            return draft

    def duplicate(self, actor: Actor, name: str) -> Draft:
        """Begin a new dataset with the description of one that is there, without its name, identifiers and files."""
        with self._store.write() as work:
            record = work.datasets.get(name)
            if record is None or not decide(actor, Action.READ, record).allowed:
                raise NotFound("There is no such dataset.")
            agency = record.dataset.publisher.name if record.dataset.publisher else ""
            require(actor, Action.EDIT, agency)
            document = editable(dump_dataset(record.dataset))
            gone = ("name", "identifier", "other_identifier", "distribution", "issued", "modified", "version", "version_notes")
            return self.start_in(work, actor, agency, {key: told for key, told in document.items() if key not in gone})

    def get(self, actor: Actor, id: str) -> Draft:
        """Return a draft to resume it; raises NotFound."""
        with self._store.read() as work:
            return opened(work, actor, Action.READ, id)

    def files(self, actor: Actor, id: str) -> tuple[FileRecord, ...]:
        """Return what we know of the files of a draft: state, report, facts of the table, problem."""
        with self._store.read() as work:
            return work.files.of(opened(work, actor, Action.READ, id).files_key)

    def page(
        self, actor: Actor, agencies: Iterable[str], state: DraftState | None = None, before: str = "", limit: int = 100
    ) -> list[Draft]:
        """Return drafts of those of the agencies that the actor belongs to, last changed first."""
        with self._store.read() as work:
            drafts = work.drafts.page(agencies, state=state, before=before, limit=limit)
        return [draft for draft in drafts if self.may(actor, Action.READ, draft.agency)]

    def may(self, actor: Actor, action: Action, agency: str) -> bool:
        """Tell whether the actor may do this to drafts of the agency."""
        return decide(actor, action, as_record(agency)).allowed

    def save(self, actor: Actor, id: str, revision: int, part: Mapping[str, Any]) -> Draft:
        """Save properties of the dataset document (None takes one away); the others stay as they are.

        What is missing may come later; what is wrong in this part raises Invalid. Raises Conflict, with the present draft, where
        somebody saved meanwhile. A draft in review or scheduled goes back to editing.
        """
        _refuse_owned(part)
        with self._store.write() as work:
            draft = opened(work, actor, Action.EDIT, id, revision)
            document = {key: told for key, told in {**draft.document, **part}.items() if told is not None}
            if draft.base and document.get("name") != draft.name:
                raise Invalid(_KEPT, [Problem("name-kept", "/name", _KEPT)])
            _refuse_wrong(document, part)
            name = draft.name if draft.base else str(document.get("name", ""))
            if document == draft.document and draft.state is DraftState.EDITING:
                return draft
            facts: dict[str, Any] = {"document": document, "name": name, "state": DraftState.EDITING, "due": ""}
            return changed(work, self._clock, actor, "draft:save", draft, **facts)

    def discard(self, actor: Actor, id: str, revision: int) -> None:
        """Forget a draft; what is published stays as it is."""
        with self._store.write() as work:
            draft = opened(work, actor, Action.EDIT, id, revision)
            forget(work, draft)
            noted(work, self._clock, actor, "draft:discard", draft, before=draft.revision)


def forget(work: UnitOfWork, draft: Draft) -> None:
    """Take a draft and what is known of its files out of the store; bytes stay for what else refers to them."""
    work.files.remove(draft.files_key, [file.distribution for file in work.files.of(draft.files_key)])
    work.drafts.remove(draft.id)


def editable(document: dict[str, Any]) -> dict[str, Any]:
    """Return what of a dataset's document a draft holds."""
    return {key: told for key, told in document.items() if key not in OWNED or key == "distribution"}


def _refuse_owned(part: Mapping[str, Any]) -> None:
    if owned := sorted(OWNED & part.keys()):
        problems = [Problem("not-yours", f"/{key}", f"{key} is set by the catalogue; leave it out.") for key in owned]
        raise Invalid("This part holds properties that the catalogue sets itself.", problems)


def _refuse_wrong(document: Mapping[str, Any], part: Mapping[str, Any]) -> None:
    """Raise Invalid for what is wrong, rather than missing, in the properties of `part`."""
    given = {key for key, told in part.items() if told not in (None, "", {}, [])}
    wrong = [p for p in load_dataset(dict(document))[1] if p.path.partition("/")[2].partition("/")[0] in given or p.path == ""]
    if wrong:
        raise Invalid("Some answers cannot be saved as they are.", wrong)
