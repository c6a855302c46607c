"""The audit log is a chain: the hash of an entry covers the entry before it, so that what is altered or removed is found.

`h(n) = SHA-256(h(n-1) ‖ canonical row)`. Who did it and why may be personal, so the row holds a salted hash of them in their
place: they can be erased, and the chain still holds.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

GENESIS = "0" * 64
"""What stands for the hash before the first entry."""
ERASE = "erase-person"
"""The action that erased who and why of entries; its target tells of how many, as `entries:3`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what to what, when and why; `before` and `after` are content hashes. `salt` is empty once `actor` and `because`
    were erased.
    """

    number: int
    at: str
    actor: str
    action: str
    target: str
    because: str
    before: str = ""
    after: str = ""
    salt: str = ""
    commitment: str = ""
    hash: str = ""

    @property
    def erased(self) -> bool:
        """Tell whether who did it and why were erased."""
        return not (self.salt or self.actor or self.because)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry; whoever keeps a copy elsewhere can tell later that nothing was cut off."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verification found; `problems` are whole sentences, the first ones only."""

    entries: int
    head: Head
    problems: tuple[str, ...]


def commitment(actor: str, because: str, salt: str) -> str:
    """Return the salted hash that stands in the chain for who did it and why."""
    return hashlib.sha256(json.dumps([salt, actor, because], ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def chained(before: str, entry: AuditEntry) -> str:
    """Return the hash of an entry that follows the one with hash `before`."""
    row = [entry.number, entry.at, entry.action, entry.target, entry.before, entry.after, entry.commitment]
    return hashlib.sha256(before.encode() + json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def verify(entries: Iterable[AuditEntry], head: Head, known: Head | None = None, most: int = 20) -> ChainReport:
    """Check the whole chain against its head, and against a `known` earlier head that was kept elsewhere."""
    walk = _Walk(known)
    problems = [problem for entry in entries for problem in walk.faults(entry)]
    if head != walk.head:
        problems.append(f"The log ends with entry {walk.head.number}, but its head names {head.number}: the end was changed.")
    if known and known.number > walk.head.number:
        problems.append(f"The kept head names entry {known.number}, but the log ends with {walk.head.number}: the end is lost.")
    if walk.erased != walk.erasures:
        problems.append(f"Who and why are missing from {walk.erased} entries, but {walk.erasures} were erased by order.")
    return ChainReport(walk.entries, walk.head, tuple(problems[:most]))


class _Walk:
    def __init__(self, known: Head | None) -> None:
        self.head, self.entries, self.erased, self.erasures, self._known = Head(0, GENESIS), 0, 0, 0, known

    def faults(self, entry: AuditEntry) -> Iterator[str]:
        """Yield what is wrong with the next entry, and go on from it as it claims to be."""
        if entry.number != self.head.number + 1:
            yield f"After entry {self.head.number} comes {entry.number}: entries are missing or out of order."
        elif chained(self.head.hash, entry) != entry.hash:
            yield f"Entry {entry.number} was altered, or what came before it."
        if entry.erased:
            self.erased += 1
        elif commitment(entry.actor, entry.because, entry.salt) != entry.commitment:
            yield f"Who did entry {entry.number}, or why, was altered."
        if self._known and entry.number == self._known.number and entry.hash != self._known.hash:
            yield f"Entry {entry.number} differs from the kept head: the log was rewritten."
        self.head, self.entries = Head(entry.number, entry.hash), self.entries + 1
        if entry.action == ERASE:
            told = entry.target.removeprefix("entries:")
            self.erasures += int(told) if told.isdecimal() else 0
