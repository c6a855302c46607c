"""Takedown: bytes, a version or a whole dataset leave every surface at once; a tombstone and counts of downloads stay."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from catalog.access import SYSTEM, Action, Actor, decide
from catalog.clock import Clock, stamp
from catalog.errors import Denied, Invalid, NotFound
from catalog.ports import Store, UnitOfWork
from catalog.publishing import Publishing
from catalog.records import CatalogRecord, DownloadCount, FileRecord, State
from schemas.problems import Problem

TAKEN = Problem("taken-down", "", "This file was taken down; it does not come back.")
WHOLE = ""
"""Stands for the hash where a whole dataset is taken down."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken down, and how often these bytes left before, by file and day; nobody's name is kept."""

    dataset: str
    hashes: tuple[str, ...]
    downloads: tuple[DownloadCount, ...]


class Takedowns:
    """Takes down; see `take_down`."""

    def __init__(
        self, store: Store, publishing: Publishing, clock: Clock, flush: Callable[[], object], follow: Callable[[], object]
    ) -> None:
        self._store, self._publishing, self._clock, self._flush, self._follow = store, publishing, clock, flush, follow

    def take_down(self, actor: Actor, name: str, because: str, *, distribution: str = "", version: int = 0) -> Taken:
        """Take down a dataset, the bytes of one file in all versions, or all bytes of one version.

        From the next request on nobody gets them, nor what was made of them; harvests do not bring the same bytes back, nor a
        whole dataset. Raises NotFound, Denied or Invalid.
        """
        if not because.strip():
            message = "Say why it is taken down; the tombstone shows the reason."
            raise Invalid(message, [Problem("no-reason", "/because", message)])
        self._flush()
        with self._store.write() as work:
            record = _withdrawable(work, actor, name)
            hashes = _hashes(work, name, distribution, version)
            for sha256 in hashes:
                work.takedowns.put(name, sha256, at=stamp(self._clock), actor=actor.id, because=because)
            if hashes == (WHOLE,):
                if record.state is not State.WITHDRAWN:
                    self._publishing.withdraw_in(work, SYSTEM, [name], because)
            else:
                _strip(work, name, set(hashes))
            what = f"{name}/{distribution}" if distribution else f"{name}/versions/{version}" if version else name
            work.audit(
                at=stamp(self._clock), actor=actor.id, action="takedown", target=what[:200], because=because,
                before=record.content_hash,
            )  # fmt: skip
            work.outbox.put(name)
            left = work.takedowns.downloads(name)
        self._follow()
        return Taken(name, hashes, tuple(one for one in left if hashes == (WHOLE,) or one.sha256 in hashes))


def _withdrawable(work: UnitOfWork, actor: Actor, name: str) -> CatalogRecord:
    record = work.datasets.get(name)
    if record is None or not decide(actor, Action.READ, record).allowed:
        raise NotFound(f"There is no dataset named {name!r}.")
    decision = decide(actor, Action.WITHDRAW, record)
    if not decision.allowed:
        raise Denied(decision.message, decision.reason)
    return record


def _hashes(work: UnitOfWork, name: str, distribution: str, version: int) -> tuple[str, ...]:
    """Return the hashes of all bytes that are meant and of what was made of them."""
    if not distribution and not version:
        return (WHOLE,)
    files = [file for file in work.files.of(name) if file.distribution == distribution]
    found = {sha256 for file in files for sha256 in (file.sha256, str((file.arrived or {}).get("sha256", "")))}
    found |= {made.sha256 for file in files for made in file.derived}
    before = 0
    while page := work.versions.of(name, before=before):
        for one in page:
            for file in one.files:
                if (one.number == version) if version else file.distribution == distribution:
                    found |= {file.sha256, *(made.sha256 for made in file.derived)}
        before = page[-1].number
    found.discard("")
    if not found:
        raise NotFound("There are no bytes of that file or version; the page of the dataset lists those that are there.")
    return tuple(sorted(found))


def _strip(work: UnitOfWork, name: str, hashes: set[str]) -> None:
    for file in work.files.of(name):
        arrived = (file.arrived or {}).get("sha256")
        if file.sha256 in hashes:
            work.files.put(taken(file))
        elif arrived in hashes:
            work.files.put(replace(file, arrived=None, problem=None))


def taken(file: FileRecord) -> FileRecord:
    """Return the record of a file whose bytes were taken down."""
    kept = replace(file, cleared="", report=None, table=None, derived=(), valid=None, arrived=None)
    return replace(kept, problem=TAKEN, checked=file.checked or file.fetched or "-")
