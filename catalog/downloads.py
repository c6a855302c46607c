"""Bytes leave here, and only here, after the access decision."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog.access import VISITOR, Actor, Decision
from catalog.errors import Denied, Gone, NotFound
from catalog.ports import FileStore
from catalog.reading import Entry, Reading
from catalog.releasing import Releasing


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """Bytes that may be sent: `stream(start, end)` yields them from `start` to `end` (not included, None for the end).

    `public` tells that anybody may have them, so that caches may keep them for all; the call of `stream` for others asks the
    rule once more and is in the audit log, so it raises Denied where a grant ended meanwhile.
    """

    dataset: str
    filename: str
    media_type: str
    sha256: str
    byte_size: int
    public: bool
    stream: Callable[[int, int | None], Iterator[bytes]]


class Downloads:
    """Opens files for those who may have them."""

    def __init__(self, reading: Reading, store: FileStore, releasing: Releasing) -> None:
        self._reading, self._store, self._releasing = reading, store, releasing

    def decide(self, actor: Actor, entry: Entry) -> Decision:
        """Tell whether the actor may have the bytes of a dataset and what is made from them."""
        return self._reading.decide_bytes(actor, entry)

    def entry(self, actor: Actor, name: str, version: int = 0) -> Entry:
        """Return a dataset the bytes of a version of which the actor may have; raises NotFound, Gone or Denied."""
        entry = self._reading.entry(actor, name).of_version(version)
        self._allowed(actor, entry)
        return entry

    def look(self, actor: Actor, name: str, distribution: str = "", version: int = 0) -> Entry:
        """Return a dataset the contents of whose files the actor is shown; in the audit log where they are not for everybody."""
        entry = self._reading.entry(actor, name).of_version(version)
        file, decision = entry.file(distribution), self._allowed(actor, entry)
        if not self._is_open(entry):
            self._releasing.seen(actor, entry, decision, file.sha256 if file else "")
        return entry

    def release(self, actor: Actor, entry: Entry, sha256: str) -> None:
        """Write down that bytes leave for the actor, where they are not for everybody; raises Denied."""
        if actor.kind != "system" and not self._is_open(entry):
            self._releasing.release(actor, entry, sha256)

    def _is_open(self, entry: Entry) -> bool:
        return self.decide(VISITOR, entry).allowed

    def _allowed(self, actor: Actor, entry: Entry) -> Decision:
        decision = self.decide(actor, entry)
        if not decision.allowed:
            self._releasing.refused(actor, entry, decision)
            raise Denied(decision.message, decision.reason)
        return decision

    def open(self, actor: Actor, name: str, distribution: str) -> Download:
        """Open a file as it is now; raises NotFound, Gone or Denied."""
        entry = self.entry(actor, name)
        file = entry.file(distribution)
        if file and file.problem and file.problem.code == "taken-down":
            raise Gone(file.problem.message, None)
        facts = (file.sha256, file.filename, file.media_type) if file else ("", "", "")
        return self.hand_out(actor, entry, *facts)

    def hand_out(self, actor: Actor, entry: Entry, sha256: str, filename: str, media_type: str) -> Download:
        """Open bytes of a dataset that `entry` let pass; raises NotFound where they are not held here."""
        if sha256 in entry.barred:
            raise NotFound("This file is held back or was taken down.")
        size = self._store.size(sha256) if sha256 else None
        if size is None:
            raise NotFound("This file is not held here; its page tells where to get it.")

        def stream(start: int, end: int | None) -> Iterator[bytes]:
            self.release(actor, entry, sha256)
            return self._store.stream(sha256, start, end)

        return Download(
            dataset=entry.dataset.name, filename=filename, media_type=media_type, sha256=sha256, byte_size=size,
            public=self._is_open(entry) and not any(f.sha256 == sha256 and not f.public for f in entry.files),
            stream=stream,
        )  # fmt: skip
