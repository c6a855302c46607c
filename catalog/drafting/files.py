"""The files of a draft: added, replaced, linked, described, ordered, removed, and validated before anything is public."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

from catalog.access import Action, Actor
from catalog.clock import Clock, stamp
from catalog.drafting.seeing import changed, opened
from catalog.errors import Invalid, NotFound
from catalog.ports import Store, UnitOfWork
from catalog.records import Draft, DraftState, FileRecord, FileState
from catalog.tables.service import Validation
from catalog.uploads import Upload
from schemas.forms import load_dataset
from schemas.problems import Problem

CHECK_FILE = "file:check"
"""The kind of job that validates one file; its key is `<dataset or draft:id>/<distribution>`."""
MEASURED = frozenset({"id", "byte_size", "checksum", "path"})
"""Properties of a file that are ours: they follow the bytes."""
Entries = list[dict[str, Any]]


class DraftFiles:
    """Changes the files of drafts; each change names the revision it was made from, and gives the next one back."""

    def __init__(self, store: Store, validation: Validation, clock: Clock) -> None:
        self._store, self._validation, self._clock = store, validation, clock

    def add(
        self, actor: Actor, id: str, revision: int, upload: Upload, facts: Mapping[str, Any] | None = None,
        distribution: str = "",
    ) -> Draft:  # fmt: skip
        """Add an uploaded file at the end, described by `facts` (properties of a Distribution).

        A file of the same name and bytes is not added again. Without `distribution` it gets an id of its own: the new one is the
        last entry of `draft.document["distribution"]`.
        """
        entry = {"title": {"und": upload.filename}, **_described(facts or {}), "id": distribution or str(uuid4())}
        entry = {**_of(upload), **entry, **_measures(upload)}

        def change(work: UnitOfWork, draft: Draft, entries: Entries) -> Entries:
            if any(known.get("path") == entry["path"] and known.get("checksum") == entry["checksum"] for known in entries):
                return entries
            self._hold(work, draft, entry["id"], upload, len(entries))
            return [*entries, entry]

        return self._changed(actor, id, revision, "draft:save-file-add", change)

    def link(self, actor: Actor, id: str, revision: int, url: str, facts: Mapping[str, Any] | None = None) -> Draft:
        """Add a file that stays elsewhere, under its address."""
        entry = {**_described(facts or {}), "id": str(uuid4()), "download_url": url}
        return self._changed(actor, id, revision, "draft:save-file-link", lambda work, draft, entries: [*entries, entry])

    def replace(self, actor: Actor, id: str, revision: int, distribution: str, upload: Upload) -> Draft:
        """Put other bytes in the place of a file; its description stays."""

        def change(work: UnitOfWork, draft: Draft, entries: Entries) -> Entries:
            at = _place(entries, distribution)
            self._hold(work, draft, distribution, upload, at)
            kept = {key: told for key, told in entries[at].items() if key != "download_url"}
            return [*entries[:at], {**kept, **_of(upload), **_measures(upload)}, *entries[at + 1 :]]

        return self._changed(actor, id, revision, "draft:save-file-replace", change)

    def describe(self, actor: Actor, id: str, revision: int, distribution: str, facts: Mapping[str, Any]) -> Draft:
        """Save properties of one file (None takes one away): title, licence, `table_schema`, `correction` and so on.

        Where they change how the table is read, it is validated again. Raises Invalid with what is wrong.
        """

        def change(work: UnitOfWork, draft: Draft, entries: Entries) -> Entries:
            at = _place(entries, distribution)
            entry = {key: told for key, told in {**entries[at], **_described(facts)}.items() if told is not None}
            file = work.files.get(draft.files_key, distribution)
            if file and file.sha256 and _READING & facts.keys():
                work.files.put(replace(file, checked=""))
                self._wake(work, draft, distribution)
            return [*entries[:at], entry, *entries[at + 1 :]]

        return self._changed(actor, id, revision, "draft:save-file", change)

    def describe_all(self, actor: Actor, id: str, revision: int, facts: Mapping[str, Any]) -> Draft:
        """Save a property that all files share, such as the licence; None takes it away."""
        told = _described(facts)

        def change(work: UnitOfWork, draft: Draft, entries: Entries) -> Entries:
            return [{key: one for key, one in {**entry, **told}.items() if one is not None} for entry in entries]

        return self._changed(actor, id, revision, "draft:save-file", change)

    def remove(self, actor: Actor, id: str, revision: int, distribution: str) -> Draft:
        """Take a file out of the draft; what is published keeps it until the draft is approved."""

        def change(work: UnitOfWork, draft: Draft, entries: Entries) -> Entries:
            at = _place(entries, distribution)
            work.files.remove(draft.files_key, [distribution])
            return [*entries[:at], *entries[at + 1 :]]

        return self._changed(actor, id, revision, "draft:save-file-remove", change)

    def reorder(self, actor: Actor, id: str, revision: int, order: Sequence[str]) -> Draft:
        """Put the files into the order of their ids, which must be all of them."""

        def change(work: UnitOfWork, draft: Draft, entries: Entries) -> Entries:
            by_id = {entry["id"]: entry for entry in entries}
            if sorted(order) != sorted(by_id):
                message = "The order must name every file of the draft once."
                raise Invalid(message, [Problem("bad-order", "/order", message)])
            for position, one in enumerate(order):
                if file := work.files.get(draft.files_key, one):
                    work.files.put(file, position=position)
            return [by_id[one] for one in order]

        return self._changed(actor, id, revision, "draft:save-file-order", change)

    def check(self, actor: Actor, id: str, distribution: str) -> FileRecord:
        """Validate one file at once and return what was found; a worker does it otherwise."""
        with self._store.read() as work:
            key = opened(work, actor, Action.EDIT, id).files_key
        return self._validation.check_one(key, distribution)

    def _changed(
        self, actor: Actor, id: str, revision: int, action: str, change: Callable[[UnitOfWork, Draft, Entries], Entries]
    ) -> Draft:
        with self._store.write() as work:
            draft = opened(work, actor, Action.EDIT, id, revision)
            before = [dict(entry) for entry in draft.document.get("distribution", [])]
            after = change(work, draft, before)
            if after == draft.document.get("distribution", []) and draft.state is DraftState.EDITING:
                return draft
            document = {**draft.document, "distribution": after}
            wrong = [p for p in load_dataset(document)[1] if p.path.startswith("/distribution")]
            if wrong := wrong or list(_bad_patterns(after)):
                raise Invalid("This file cannot be described so.", wrong)
            return changed(work, self._clock, actor, action, draft, document=document, state=DraftState.EDITING, due="")

    def _hold(self, work: UnitOfWork, draft: Draft, distribution: str, upload: Upload, position: int) -> None:
        file = held(draft.files_key, distribution, upload, stamp(self._clock))
        work.files.put(file, source="uploads", position=position)
        self._wake(work, draft, distribution)

    def _wake(self, work: UnitOfWork, draft: Draft, distribution: str) -> None:
        work.jobs.put(CHECK_FILE, f"{draft.files_key}/{distribution}", due=stamp(self._clock))


def _bad_patterns(entries: Entries) -> Iterator[Problem]:
    """Yield the patterns of columns that no table could be read with."""
    for at, entry in enumerate(entries):
        for place, field in enumerate((entry.get("table_schema") or {}).get("fields", ())):
            try:
                re.compile((field.get("constraints") or {}).get("pattern", ""))
            except (re.error, TypeError, OverflowError, RecursionError):
                path = f"/distribution/{at}/table_schema/fields/{place}/constraints/pattern"
                yield Problem("bad-pattern", path, "This pattern is no regular expression; write one such as [A-Z]{2}[0-9]{4}.")


_READING = frozenset({"table_schema", "correction", "encoding", "dialect", "format"})


def check_file(validation: Validation, key: str) -> None:
    """Do a job of kind CHECK_FILE; a file that is gone or has moved on needs no check."""
    dataset, _, distribution = key.partition("/")
    with suppress(NotFound):
        validation.check_one(dataset, distribution)


def held(dataset: str, distribution: str, upload: Upload, now: str) -> FileRecord:
    """Return the record of an upload that waits to be validated."""
    return FileRecord(
        dataset=dataset, distribution=distribution, state=FileState.STORED, filename=upload.filename,
        media_type=upload.media_type, sha256=upload.sha256, byte_size=upload.byte_size, fetched=now,
    )  # fmt: skip


def described_as(upload: Upload) -> dict[str, Any]:
    """Return the properties of a distribution that follow from the bytes of an upload and its name."""
    return {**_of(upload), **_measures(upload)}


def _of(upload: Upload) -> dict[str, Any]:
    return {"format": upload.format, "media_type": upload.media_type if upload.format else ""}


def _measures(upload: Upload) -> dict[str, Any]:
    checksum = {"algorithm": "sha256", "value": upload.sha256}
    return {"path": upload.filename, "byte_size": upload.byte_size, "checksum": checksum}


def _described(facts: Mapping[str, Any]) -> dict[str, Any]:
    if wrong := sorted(MEASURED & facts.keys()):
        told = [Problem("not-yours", f"/{key}", f"{key} follows the bytes; leave it out.") for key in wrong]
        raise Invalid("These properties are set by the catalogue.", told)
    return dict(facts)


def _place(entries: Entries, distribution: str) -> int:
    for at, entry in enumerate(entries):
        if entry["id"] == distribution:
            return at
    raise NotFound(f"The draft has no file {distribution!r}.")
