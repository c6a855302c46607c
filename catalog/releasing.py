"""Files that are not for everybody leave after a last look: rule, grant and log entry are one transaction."""

from dataclasses import replace

from catalog.access import Action, Actor, Decision, decide
from catalog.access.granted import giving
from catalog.clock import Clock, stamp
from catalog.errors import Denied, NotFound
from catalog.granting.records import OVER, Grant
from catalog.kept import Kept
from catalog.ports import Store, UnitOfWork
from catalog.reading import Entry
from catalog.versions.present import versioned

REMEMBERED = 10_000
"""Looks and refusals that are remembered, so that a person's hour on one page is one entry of the log."""


class Releasing:
    """Writes down who got or saw which bytes under which rule, and who was refused them; nobody writes down what is open."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._noted = Kept[None](REMEMBERED)

    def release(self, actor: Actor, entry: Entry, sha256: str) -> None:
        """Let bytes go to somebody: counts a use of the grant that gives them; raises Denied where the last look says no.

        The entry holds the hash of the bytes, and that of the description whose terms hold.
        """
        now = stamp(self._clock)
        with self._store.write() as work:
            record = work.datasets.get(entry.dataset.name)
            if record is None:
                raise NotFound("There is no such dataset.")
            current = replace(actor, grants=tuple(work.grants.of_account(actor.id)))
            record = versioned(work, current, replace(record, version=entry.record.version), entry.files)
            decision = decide(current, Action.DOWNLOAD, record, now)
            grant = giving(current, record, now)
            if not decision.allowed or (decision.reason == "grant" and not (grant and work.grants.use(grant.id))):
                raise Denied(decision.message or OVER, decision.reason)
            used = grant if decision.reason == "grant" else None
            _audit(work, now, actor, "dataset:download", replace(entry, record=record), _because(actor, decision, used), sha256)

    def seen(self, actor: Actor, entry: Entry, decision: Decision, sha256: str = "") -> None:
        """Write down that somebody looks at what is in a file, once an hour."""
        self._note(actor, entry, "dataset:look", _because(actor, decision, None), sha256)

    def refused(self, actor: Actor, entry: Entry, decision: Decision) -> None:
        """Write down that an account was refused bytes, once an hour; visitors leave no trace."""
        self._note(actor, entry, "dataset:refused", _because(actor, decision, None), "")

    def _note(self, actor: Actor, entry: Entry, action: str, because: str, sha256: str) -> None:
        now = stamp(self._clock)

        def write() -> None:
            with self._store.write() as work:
                _audit(work, now, actor, action, entry, because, sha256)

        if actor.kind == "account":
            self._noted.get((actor.id, action, entry.dataset.name, because, sha256, now[:13]), write)


def _because(actor: Actor, decision: Decision, grant: Grant | None) -> str:
    """Return the rule that decided, the grant that gives, and the purpose that the request stated."""
    told = [f"rule:{decision.reason}", f"grant:{grant.id}" if grant else "", f"purpose:{actor.purpose}" if actor.purpose else ""]
    return " ".join(filter(None, told))[:200]


def _audit(work: UnitOfWork, now: str, actor: Actor, action: str, entry: Entry, because: str, sha256: str) -> None:
    work.audit(
        at=now, actor=actor.id, action=action, target=entry.dataset.name, because=because, before=entry.record.content_hash,
        after=sha256,
    )  # fmt: skip
