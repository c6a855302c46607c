"""Bytes leave here, and only here, after the access decision."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog.access import Action, Actor, Decision, decide
from catalog.errors import Denied, NotFound
from catalog.ports import FileStore
from catalog.reading import Entry, Reading
from catalog.records import FileRecord


@dataclass(frozen=True, slots=True)
class Download:
    """A file that may be sent: `stream(start, end)` yields its bytes from `start` to `end` (not included, None for the end)."""

    file: FileRecord
    stream: Callable[[int, int | None], Iterator[bytes]]


class Downloads:
    """Opens files for those who may have them."""

    def __init__(self, reading: Reading, store: FileStore) -> None:
        self._reading, self._store = reading, store

    def decide(self, actor: Actor, entry: Entry) -> Decision:
        """Tell whether the actor may have the bytes of a dataset and what is made from them."""
        return decide(actor, Action.DOWNLOAD, entry.record)

    def open(self, actor: Actor, name: str, distribution: str) -> Download:
        """Open a file; raises NotFound, Gone or Denied."""
        entry = self._reading.entry(actor, name)
        decision = self.decide(actor, entry)
        if not decision.allowed:
            raise Denied(decision.message, decision.reason)
        file = entry.file(distribution)
        if file is None or not file.sha256 or self._store.size(file.sha256) is None:
            raise NotFound("This file is not held here; its page tells where to get it.")
        return Download(file, lambda start, end: self._store.stream(file.sha256, start, end))
