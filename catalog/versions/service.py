"""Numbers the states of datasets' files, and gives them to those who may have them."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Lock

from catalog.access import Actor
from catalog.clock import Clock
from catalog.downloads import Download, Downloads
from catalog.errors import Busy, NotFound
from catalog.kept import Kept
from catalog.personal.gate import without
from catalog.ports import FileStore, Store
from catalog.reading import Entry, Reading
from catalog.records import PARQUET, Version, VersionFile
from catalog.versions.bundle import Member, zipped
from catalog.versions.comparing import Comparing
from catalog.versions.cutting import Cutting, Progress
from catalog.versions.difference import Difference
from catalog.versions.package import paths
from catalog.versions.published import published
from schemas.profiles.published import Published

KEPT, SECONDS = 8, 10
"""Differences that are remembered, since they never change, and how long one may take while somebody waits."""


class Versioning:
    """Cuts versions and reads them; whoever may not have the bytes of one sees only its number and date."""

    def __init__(self, store: Store, reading: Reading, downloads: Downloads, files: FileStore, clock: Clock) -> None:
        self._store, self._reading, self._downloads, self._files = store, reading, downloads, files
        self._comparing, self._one = Comparing(files), Lock()
        self._cutting = Cutting(store, self._comparing, clock)
        self._differences = Kept[Difference](KEPT)

    def cut(self, dataset: str) -> Version | None:
        """Write the next version of a dataset; None while a file waits for its check, and where nothing changed."""
        return self._cutting.cut(dataset)

    def cut_waiting(self, source: str, progress: Progress = lambda done, total: None) -> int:
        """Write the next version of every dataset of a source whose files changed; returns how many were written."""
        return self._cutting.cut_waiting(source, progress)

    def of(self, actor: Actor, name: str, *, before: int = 0, limit: int = 100) -> list[Version]:
        """Return versions of a dataset, newest first, from the one before number `before` on."""
        entry = self._reading.entry(actor, name)
        with self._store.read() as work:
            found = work.versions.of(name, before=before, limit=limit)
        return [without(one, entry.barred) if self._may(actor, entry, one) else _bare(one) for one in found]

    def newest(self, actor: Actor, name: str) -> Version | None:
        """Return the newest version of a dataset whose bytes the actor may have, None where there is none or it is not for the
        actor, who may have what came since; raises NotFound, Gone or Denied.
        """
        entry = self._downloads.entry(actor, name)
        with self._store.read() as work:
            found = work.versions.of(name, limit=1)
        return next((without(one, entry.barred) for one in found if self._may(actor, entry, one)), None)

    def get(self, actor: Actor, name: str, number: int) -> Version:
        """Return a version of a dataset whose bytes the actor may have; raises NotFound, Gone or Denied."""
        return self._version(actor, name, number)[1]

    def held(self, actor: Actor, entry: Entry, base_url: str, *, statistics: bool = False) -> Published:
        """Return what writers of standards may tell of the newest version: nothing where the bytes are not for the actor."""
        if not self._downloads.decide(actor, entry).allowed:
            return Published()
        name = entry.dataset.name
        with self._store.read() as work:
            newest = work.versions.latest([name]).get(name)
        if newest is None or not self._may(actor, entry, newest):
            return Published()
        return published(entry, without(newest, entry.barred), base_url, self._files if statistics else None)

    def open(self, actor: Actor, name: str, number: int, distribution: str) -> Download:
        """Open a file as it was in a version; raises NotFound, Gone or Denied."""
        entry, _, file = self._file(actor, name, number, distribution)
        return self._downloads.hand_out(actor, entry, file.sha256, file.filename, file.media_type)

    def open_made(self, actor: Actor, name: str, number: int, distribution: str, made: str) -> Download:
        """Open what was made of a file of a version; raises NotFound, Gone or Denied."""
        entry, version, file = self._file(actor, name, number, distribution)
        found = next((one for one in file.derived if one.name == made), None)
        if found is None:
            there = ", ".join(one.name for one in file.derived) or "nothing"
            raise NotFound(f"Of this file in version {version.number} there is made: {there}.")
        return self._downloads.hand_out(actor, entry, found.sha256, found.name, found.media_type)

    def with_table(self, actor: Actor, name: str, distribution: str) -> Version:
        """Return the newest version that has the table of a file of the dataset; raises NotFound, Gone or Denied."""
        entry = self._downloads.entry(actor, name)
        for version in self._newest_first(name) if entry.distribution(distribution) else ():
            file = without(version, entry.barred).file(distribution) if self._may(actor, entry, version) else None
            if file and any(made.name == PARQUET for made in file.derived):
                return version
        raise NotFound("There is no table of this file; its page tells why.")

    def difference(self, actor: Actor, name: str, before: int, after: int) -> Difference:
        """Return what differs between two versions; raises NotFound, Gone, Denied, or Busy while another is compared."""
        self._downloads.look(actor, name, version=after)
        entry, old = self._version(actor, name, before)
        _, new = self._version(actor, name, after)
        splits = entry.dataset.ml.splits
        key = splits.key if splits else ()

        def compared() -> Difference:
            if not self._one.acquire(timeout=SECONDS):
                raise Busy("Other versions are being compared just now; try again in a minute.")
            try:
                return self._comparing.compare(old, new, key, SECONDS)
            finally:
                self._one.release()

        return self._differences.get((name, before, after, key, entry.barred), compared)

    def bundle(self, actor: Actor, version: Version, descriptor: bytes) -> Iterator[bytes]:
        """Return the pieces of a ZIP with `descriptor` as datapackage.json and the files of a version below `data/`.

        Raises NotFound, Gone or Denied before the first piece, also where the bytes of a file are not held any more.
        """
        entry, where = self._downloads.entry(actor, version.dataset, version.number), paths(version)
        members = [Member(path="datapackage.json", byte_size=len(descriptor), pieces=(descriptor,))]
        for file in version.files:
            found = self._downloads.hand_out(actor, entry, file.sha256, file.filename, file.media_type)
            members.append(Member(path=where[file.distribution], byte_size=found.byte_size, pieces=found.stream(0, None)))
        return zipped(members, version.at)

    def _may(self, actor: Actor, entry: Entry, version: Version) -> bool:
        return self._downloads.decide(actor, entry.of_version(version.number)).allowed

    def _newest_first(self, name: str) -> Iterator[Version]:
        before = 0
        for limit in (1, 10, 100):  # mostly the newest has what is looked for
            with self._store.read() as work:
                found = work.versions.of(name, before=before, limit=limit)
            yield from found
            if len(found) < limit:
                return
            before = found[-1].number

    def _file(self, actor: Actor, name: str, number: int, distribution: str) -> tuple[Entry, Version, VersionFile]:
        entry, version = self._version(actor, name, number)
        file = version.file(distribution)
        if file is None:
            raise NotFound(f"There is no such file in version {number}; its manifest.json lists those that are there.")
        return entry, version, file

    def _version(self, actor: Actor, name: str, number: int) -> tuple[Entry, Version]:
        entry = self._downloads.entry(actor, name, number)
        with self._store.read() as work:
            found = work.versions.get(name, number)
        if found is None:
            raise NotFound(f"There is no version {number} of this dataset; its page of versions lists those that are there.")
        return entry, without(found, entry.barred)


def _bare(version: Version) -> Version:
    return replace(version, because="", files=(), croissant=None)
