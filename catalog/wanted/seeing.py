"""Who sees a request for data, who answers it, and what a reader may know of the agency and the dataset that it names."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.access import Action, Actor, decide
from catalog.clock import Clock, stamp
from catalog.drafting.seeing import as_record
from catalog.errors import NotFound
from catalog.ports import Store, UnitOfWork
from catalog.reading import Reading
from catalog.wanted.records import WAITING, Wanted, WantedState
from schemas.agents import Agency
from schemas.dataset import Dataset


def oversees(actor: Actor) -> bool:
    """Tell whether somebody looks after the whole board: stewards of the site."""
    return decide(actor, Action.REVIEW, as_record("")).allowed


def answers(actor: Actor, wanted: Wanted) -> bool:
    """Tell whether somebody may answer: who writes for the agency, and stewards where none is addressed."""
    return decide(actor, Action.EDIT, as_record(wanted.agency)).allowed if wanted.agency else oversees(actor)


def opened(work: UnitOfWork, actor: Actor, id: str) -> Wanted:
    """Return a request that the actor may read; raises NotFound."""
    found = work.wanted.get(id) if id.isprintable() else None
    if found is None or not (found.public or found.account == actor.id or oversees(actor)):
        raise NotFound("There is no such request for data.")
    return found


def named(reading: Reading, agency: str) -> bool:
    """Tell whether this names an agency that everybody may know of."""
    return agency.isprintable() and bool(reading.agencies_named([agency]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request as its reader may see it: `agency` and `dataset` are None where there are none, or none for this reader.

    `late` tells that an answer or what was promised is overdue; the others what the reader did or may do.
    """

    wanted: Wanted
    agency: Agency | None
    dataset: Dataset | None
    late: bool
    voted: bool
    votable: bool
    own: bool
    answerable: bool
    overseen: bool

    @property
    def withdrawable(self) -> bool:
        """Tell whether the reader may take it back."""
        return self.own and self.wanted.state is WantedState.OPEN


class Seeing:
    """Shows requests to readers."""

    def __init__(self, store: Store, reading: Reading, clock: Clock) -> None:
        self._store, self._reading, self._clock = store, reading, clock

    def seen(self, actor: Actor, found: Sequence[Wanted]) -> list[Seen]:
        """Return requests as the actor may see them."""
        agencies = self._reading.agencies_named({one.agency for one in found if one.agency})
        entries = self._reading.entries(actor, {one.dataset for one in found if one.dataset})
        datasets = {entry.dataset.name: entry.dataset for entry in entries}
        with self._store.read() as work:
            voted = work.wanted.voted(actor.id, [one.id for one in found]) if actor.kind == "account" else set()
        today, overseen = stamp(self._clock)[:10], oversees(actor)
        return [
            Seen(
                wanted=one, agency=agencies.get(one.agency), dataset=datasets.get(one.dataset), late=one.late(today),
                voted=one.id in voted, votable=one.public and one.state in WAITING, own=one.account == actor.id,
                answerable=one.public and answers(actor, one), overseen=overseen,
            )
            for one in found
        ]  # fmt: skip
