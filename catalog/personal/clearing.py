"""The one way around the gate: one person asks with a reason, another decides; bound to the hash of the bytes, and audited."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from catalog.access import Action, Actor, decide
from catalog.clock import Clock, stamp
from catalog.drafting.seeing import as_record
from catalog.errors import Conflict, Denied, Invalid, NotFound
from catalog.personal.gate import HOLDS
from catalog.personal.levels import DETECTOR
from catalog.ports import Store, UnitOfWork
from catalog.records import DRAFT, CatalogRecord, Clearance, ClearanceState, FileRecord
from schemas.problems import Problem

PAGE = 100
Check = Callable[[str, str], object]
"""Reads a stored file again: of a dataset or draft, by its distribution."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is kept from being public, with what was asked and decided about its newest bytes."""

    file: FileRecord
    clearance: Clearance | None

    @property
    def sha256(self) -> str:
        """Return the hash of the newest bytes."""
        return newest(self.file)


def newest(file: FileRecord) -> str:
    """Return the hash of the newest bytes of a file."""
    return str((file.arrived or {}).get("sha256", file.sha256))


class Clearing:
    """Lets bytes pass that the scan held back."""

    def __init__(self, store: Store, clock: Clock, check: Check, follow: Callable[[], object] = lambda: None) -> None:
        self._store, self._clock, self._check, self._follow = store, clock, check, follow

    def held(self, actor: Actor, agency: str = "") -> list[Held]:
        """Return files that are held back, of all agencies that the actor works for or of one."""
        found: list[Held] = []
        with self._store.read() as work:
            for file in _all_held(work):
                record = _record(work, file.dataset)
                mine = record and decide(actor, Action.EDIT, record).allowed
                if record and mine and agency in ("", record.dataset.publisher.name if record.dataset.publisher else ""):
                    found.append(Held(file, work.clearances.get(newest(file))))
        return found

    def outdated(self) -> Iterator[FileRecord]:
        """Yield checked files that an older detector, or none, has looked at."""
        after = ("", "")
        while page := self._outdated(after):
            yield from page
            after = (page[-1].dataset, page[-1].distribution)

    def _outdated(self, after: tuple[str, str]) -> list[FileRecord]:
        with self._store.read() as work:
            return work.files.uncleared(after, PAGE, detector=DETECTOR)

    def ask(self, actor: Actor, name: str, distribution: str, because: str) -> Clearance:
        """Ask to let the newest bytes of a file pass; raises NotFound, Denied, Invalid, or Conflict where it was asked before."""
        because = _reason(because)
        with self._store.write() as work:
            file = self._opened(work, actor, Action.EDIT, name, distribution)
            known = work.clearances.get(newest(file))
            if known and known.state is not ClearanceState.REFUSED:
                raise Conflict(f"This was asked already by {known.asked_by}; it is {known.state}.", known)
            asked = Clearance(
                sha256=newest(file), dataset=name, distribution=distribution, state=ClearanceState.ASKED, asked_by=actor.id,
                asked_at=stamp(self._clock), because=because,
            )  # fmt: skip
            work.clearances.put(asked)
            self._note(work, actor, "personal:ask", asked, because)
        return asked

    def approve(self, actor: Actor, name: str, distribution: str, because: str) -> Clearance:
        """Let the bytes pass; they are read again at once and are public from then on."""
        decided = self._decide(actor, name, distribution, ClearanceState.APPROVED, because)
        self._check(name, distribution)
        self._follow()
        return decided

    def refuse(self, actor: Actor, name: str, distribution: str, because: str) -> Clearance:
        """Keep the bytes back."""
        return self._decide(actor, name, distribution, ClearanceState.REFUSED, because)

    def _decide(self, actor: Actor, name: str, distribution: str, state: ClearanceState, because: str) -> Clearance:
        because = _reason(because)
        with self._store.write() as work:
            file = self._opened(work, actor, Action.PUBLISH, name, distribution)
            asked = work.clearances.get(newest(file))
            if asked is None or asked.state is not ClearanceState.ASKED:
                raise NotFound("Nobody asked to let these bytes pass, or it was decided already.")
            if state is ClearanceState.APPROVED and actor.id == asked.asked_by:
                raise Denied("You asked for this yourself; a second person must approve it.", "two-persons")
            decided = replace(asked, state=state, decided_by=actor.id, decided_at=stamp(self._clock), answer=because)
            work.clearances.put(decided)
            self._note(work, actor, f"personal:{'approve' if state is ClearanceState.APPROVED else 'refuse'}", decided, because)
        return decided

    def _opened(self, work: UnitOfWork, actor: Actor, action: Action, name: str, distribution: str) -> FileRecord:
        record, file = _record(work, name), work.files.get(name, distribution)
        if record is None or not decide(actor, Action.READ, record).allowed or file is None:
            raise NotFound("There is no such file.")
        decision = decide(actor, action, record)
        if not decision.allowed:
            raise Denied(decision.message, decision.reason)
        if file.problem is None or file.problem.code not in HOLDS:
            raise NotFound("This file is not held back.")
        return file

    def _note(self, work: UnitOfWork, actor: Actor, action: str, one: Clearance, because: str) -> None:
        work.audit(
            at=stamp(self._clock), actor=actor.id, action=action, target=f"{one.dataset}/{one.distribution}"[:200],
            because=because, after=one.sha256,
        )  # fmt: skip


def _all_held(work: UnitOfWork) -> Iterator[FileRecord]:
    after = ("", "")
    while page := work.files.uncleared(after, PAGE):
        yield from (file for file in page if file.problem and file.problem.code in HOLDS)
        after = (page[-1].dataset, page[-1].distribution)


def _record(work: UnitOfWork, name: str) -> CatalogRecord | None:
    """Return the dataset of a file, or what stands for the draft that the file belongs to."""
    if not name.startswith(DRAFT):
        return work.datasets.get(name)
    draft = work.drafts.get(name.removeprefix(DRAFT))
    return as_record(draft.agency) if draft else None


def _reason(because: str) -> str:
    if not because.strip():
        message = "Say why; the reason stands in the audit log."
        raise Invalid(message, [Problem("no-reason", "/because", message)])
    return because.strip()[:2000]
