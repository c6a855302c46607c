"""Cuts the next version of datasets whose files changed; done from what is stored, so a killed run loses none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from catalog.clock import Clock, stamp
from catalog.ports import Store, UnitOfWork
from catalog.records import Version, VersionFile
from catalog.versions.comparing import Comparing
from catalog.versions.levels import next_version
from catalog.versions.manifest import manifest, same

PAGE = 50
"""Datasets a transaction."""
FIRST = "1.0.0"
Progress = Callable[[int, int | None], None]
_Change = tuple[tuple[VersionFile, ...], Version | None]
"""What the next version holds, and the newest version."""


class Cutting:
    """Any number of workers may cut at once: a version is added once, by the first that comes."""

    def __init__(self, store: Store, comparing: Comparing, clock: Clock) -> None:
        self._store, self._comparing, self._clock = store, comparing, clock

    def cut(self, dataset: str) -> Version | None:
        """Write the next version of a dataset; None while a file waits for its check, and where nothing changed."""
        return next(iter(self._cut([dataset])), None)

    def cut_waiting(self, source: str, progress: Progress) -> int:
        """Write the next version of every dataset of a source whose files changed; returns how many were written."""
        count, after = 0, ""
        while names := self._due(source, after):
            count += len(self._cut(names))
            after = names[-1]
            progress(count, None)
        return count

    def _due(self, source: str, after: str) -> list[str]:
        with self._store.read() as work:
            return work.versions.due(source, after, PAGE)

    def _cut(self, names: Sequence[str]) -> list[Version]:
        with self._store.read() as work:
            changed = _changed(work, names)
        first = [name for name, (_, before) in changed.items() if before is None]
        groups = [first, *([name] for name in changed if name not in first)]  # comparing takes time: what is done is kept
        return [version for group in groups if group for version in self._write({name: changed[name] for name in group})]

    def _write(self, changed: dict[str, _Change]) -> list[Version]:
        drafts = [self._draft(name, files, before) for name, (files, before) in changed.items()]
        with self._store.write() as work:
            now = _changed(work, changed)  # whoever moved on meanwhile cuts those
            return [draft for draft in drafts if now.get(draft.dataset) == changed[draft.dataset] and work.versions.add(draft)]

    def _draft(self, name: str, files: tuple[VersionFile, ...], before: Version | None) -> Version:
        first = Version(dataset=name, number=1, version=FIRST, at=stamp(self._clock), because="First version.", files=files)
        if before is None:
            return first
        with self._store.read() as work:
            record = work.datasets.get(name)
        splits = record.dataset.ml.splits if record else None
        difference = self._comparing.compare(before, first, splits.key if splits else ())
        version = next_version(before.version, difference.level)
        return replace(first, number=before.number + 1, version=version, because=difference.because)


def _changed(work: UnitOfWork, names: Iterable[str]) -> dict[str, _Change]:
    """Return what the next version of each dataset that needs one holds, with the newest version."""
    wanted = list(names)
    files, newest = work.files.of_many(wanted), work.versions.latest(wanted)
    found = {}
    for name in wanted:
        before = newest.get(name)
        held = manifest(files.get(name, ()), before)
        if held is not None and (held if before is None else not same(held, before.files)):
            found[name] = (held, before)
    return found
