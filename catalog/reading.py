"""What readers get to see: entries, lists, counts; every one passes the access decision."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalog.access import VISITOR, Action, Actor, Decision, decide
from catalog.clock import Clock, stamp
from catalog.errors import Gone, NotFound
from catalog.personal.gate import barred, shown
from catalog.ports import EVERYTHING, Store
from catalog.publication import as_published
from catalog.records import CatalogRecord, FileRecord, Revision, State
from catalog.versions.present import asked, versioned
from schemas.agents import Agency
from schemas.dataset import Dataset
from schemas.distribution import Distribution


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset with what its reader may know of its files; `barred` are hashes of bytes that no version may give them."""

    record: CatalogRecord
    files: tuple[FileRecord, ...] = ()
    barred: frozenset[str] = frozenset()

    @property
    def dataset(self) -> Dataset:
        """Return the dataset itself."""
        return self.record.dataset

    def of_version(self, number: int) -> "Entry":
        """Return the entry as that of one who asks for a version of the files; 0 is what is held now."""
        return replace(self, record=replace(self.record, version=number))

    def file(self, distribution: str) -> FileRecord | None:
        """Return what we know of a distribution's bytes."""
        return next((file for file in self.files if file.distribution == distribution), None)

    def distribution(self, distribution: str) -> Distribution | None:
        """Return a distribution by its id."""
        return next((d for d in self.dataset.distribution if d.id == distribution), None)


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers on the home page."""

    datasets: int
    agencies: int
    updated_this_month: int
    sources: int


class Reading:
    """Reads for the pages and the API."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def decide(self, actor: Actor, action: Action, record: CatalogRecord) -> Decision:
        """Tell whether the actor may do something to a dataset at this moment, and why."""
        return decide(actor, action, record, stamp(self._clock))

    def decide_bytes(self, actor: Actor, entry: Entry) -> Decision:
        """Tell whether the actor may have the files of an entry, those of the version that it is of."""
        record = entry.record
        if asked(actor, record):
            with self._store.read() as work:
                record = versioned(work, actor, record, entry.files)
        return self.decide(actor, Action.DOWNLOAD, record)

    def entry(self, actor: Actor, name: str) -> Entry:
        """Return a dataset. Raises NotFound where there is none for this actor, Gone where it was withdrawn.

        What a visitor may not see is not even read, so that refusing it takes as long as what is absent.
        """
        with self._store.read() as work:
            record = work.datasets.get(name, actor.labels if actor.kind == "visitor" else EVERYTHING)
            if record is None or not self.decide(actor, Action.READ, record).allowed:
                raise NotFound("There is no such dataset.")
            if record.state is State.WITHDRAWN:
                raise Gone("This dataset was withdrawn.", record)
            files = work.files.of(name)
            return Entry(record, shown(actor, record, files), barred(work, actor, record, files))

    def entries(self, actor: Actor, names: Iterable[str]) -> list[Entry]:
        """Return datasets in the order of `names`, without those that are not there for this actor."""
        wanted = list(names)
        with self._store.read() as work:
            records, files = work.datasets.get_many(wanted), work.files.of_many(wanted)
        return self._seen(actor, [records[name] for name in wanted if name in records], files)

    def holding(self, actor: Actor, distribution: str, limit: int = 100) -> list[Entry]:
        """Return datasets that have a distribution of this id, those that the actor may see."""
        with self._store.read() as work:
            names = work.files.holding(distribution, limit)
        return self.entries(actor, names)

    def page(
        self, actor: Actor, after: int = 0, limit: int = 100, agency: str = "", modified_since: str = "", skip: int = 0
    ) -> list[Entry]:
        """Return published datasets in the order they came in, after number `after` and `skip` more that the actor may see.

        Numbers count hidden datasets too, so they are never shown: `number` gives that of a dataset that is known by name.
        """
        with self._store.read() as work:
            records = work.datasets.page(
                after=after, skip=skip, limit=limit, agency=agency, modified_since=modified_since, labels=_labels(actor)
            )
            files = work.files.of_many([record.dataset.name for record in records])
        return self._seen(actor, records, files)

    def number(self, name: str) -> int:
        """Return the number of a dataset; 0, that of the beginning, where there is none."""
        with self._store.read() as work:
            found = work.datasets.get(name)
        return found.number if found else 0

    def count(self, actor: Actor, agency: str = "", modified_since: str = "") -> int:
        """Return how many published datasets the actor may see."""
        with self._store.read() as work:
            return work.datasets.count(agency=agency, since=modified_since, labels=_labels(actor))

    def newest(self, actor: Actor, limit: int, agency: str = "") -> list[Entry]:
        """Return the datasets that the actor may see, last updated first."""
        with self._store.read() as work:
            records = work.datasets.newest(limit, agency, _labels(actor))
            files = work.files.of_many([record.dataset.name for record in records])
        return self._seen(actor, records, files)

    def _seen(self, actor: Actor, records: list[CatalogRecord], files: dict[str, tuple[FileRecord, ...]]) -> list[Entry]:
        return [
            Entry(record, shown(actor, record, files.get(record.dataset.name, ()))) for record in records
            if record.state is State.PUBLISHED and self.decide(actor, Action.READ, record).allowed
        ]  # fmt: skip

    def revisions(self, actor: Actor, name: str) -> list[Revision]:
        """Return the history of a dataset, newest first."""
        self.entry(actor, name)
        with self._store.read() as work:
            return work.datasets.revisions(name)

    def export(self, actor: Actor, name: str, base_url: str) -> Dataset:
        """Return a dataset as we publish it to this actor."""
        return self.exported(self.entry(actor, name), actor, base_url)

    def exported(self, entry: Entry, actor: Actor, base_url: str) -> Dataset:
        """Return the dataset of an entry as we publish it to this actor."""
        allowed = self.decide_bytes(actor, entry).allowed
        return as_published(entry.dataset, entry.files, base_url, bytes_allowed=allowed)

    def agency(self, name: str) -> Agency:
        """Return an agency with a public dataset; raises NotFound."""
        found = self.agencies_named([name]).get(name)
        if found is None:
            raise NotFound("There is no such agency.")
        return found

    def agencies_named(self, names: Iterable[str]) -> dict[str, Agency]:
        """Return those of the agencies that have a public dataset, by name."""
        with self._store.read() as work:
            return work.agencies.public(list(names))

    def agencies(self, after: str = "", limit: int = 100) -> list[tuple[Agency, int]]:
        """Return agencies by name, each with its number of datasets."""
        with self._store.read() as work:
            return work.agencies.page(after=after, limit=limit)

    def counts(self) -> Totals:
        """Return the numbers of the catalogue."""
        month = stamp(self._clock)[:7]
        with self._store.read() as work:
            datasets = work.datasets.count(labels=VISITOR.labels)
            changed = work.datasets.count(since=month, labels=VISITOR.labels)
            return Totals(datasets, work.agencies.count(), changed, len(work.harvests.sources()))


def _labels(actor: Actor) -> frozenset[str]:
    """Return the labels that listings are narrowed to, so that a page is never cut short by what an actor may not see."""
    return EVERYTHING if actor.kind == "system" else actor.labels
