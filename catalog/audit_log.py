"""Who may read the audit log, and what is done with it: read, verify, export, erase a person."""

from collections.abc import Iterator

from catalog.access import Actor
from catalog.audit import ERASE, AuditEntry, ChainReport, Head, verify
from catalog.clock import Clock, stamp
from catalog.errors import Denied
from catalog.ports import Store


class AuditLog:
    """Reads and checks the chain."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def note(self, actor: Actor, action: str, target: str, because: str = "", after: str = "") -> None:
        """Write down what happened without a change of ours, such as a download; in a transaction of its own."""
        with self._store.write() as work:
            work.audit(at=stamp(self._clock), actor=actor.id, action=action, target=target, because=because, after=after)

    def verify(self, known: Head | None = None) -> ChainReport:
        """Check the whole chain, also against a head that was kept elsewhere."""
        with self._store.read() as work:
            return verify(work.audit_log.all(), work.audit_log.head(), known)

    def verified(self, actor: Actor) -> ChainReport:
        """Check the whole chain; raises Denied unless the actor is an auditor."""
        _require(actor)
        return self.verify()

    def page(
        self, actor: Actor, *, before: int = 0, limit: int = 50, target: str = "", who: str = "", action: str = ""
    ) -> list[AuditEntry]:
        """Return entries, newest first; raises Denied unless the actor is an auditor."""
        _require(actor)
        with self._store.read() as work:
            before = before or work.audit_log.head().number + 1
            return work.audit_log.page(before=before, limit=limit, target=target, actor=who, action=action)

    def export(self, actor: Actor) -> Iterator[AuditEntry]:
        """Yield the whole chain, oldest first; raises Denied unless the actor is an auditor."""
        _require(actor)
        return self._all()

    def _all(self) -> Iterator[AuditEntry]:
        with self._store.read() as work:
            yield from work.audit_log.all()

    def erase(self, actor: Actor, person: str, because: str) -> int:
        """Erase who and why from all that a person did; returns from how many entries. The chain stays whole."""
        if actor.kind != "system":
            raise Denied("Only the operator may erase a person from the log: qoima audit-log erase.", "not-operator")
        with self._store.write() as work:
            count = work.audit_log.erase(person)
            if count:
                work.audit(at=stamp(self._clock), actor=actor.id, action=ERASE, target=f"entries:{count}", because=because)
        return count


def _require(actor: Actor) -> None:
    if actor.kind != "system" and "auditor" not in getattr(actor, "site_roles", ()):
        raise Denied("Only auditors may read the audit log.", "not-auditor")
