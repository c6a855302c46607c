"""Submissions: looked at, examined outside of any transaction, published in one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.access import Actor
from catalog.clock import Clock, stamp
from catalog.drafting.ready import answerable, files_ready
from catalog.drafting.review import settle_files
from catalog.errors import Conflict, Denied, Gone, Invalid
from catalog.ports import Store, UnitOfWork
from catalog.publishing import Change, Origin, Publishing
from catalog.records import CatalogRecord, FileRecord, State
from catalog.submitting.files import described, examined, unnamed
from catalog.tables.metadata import metadata_problems
from catalog.tables.service import Validation
from catalog.uploads import Upload
from catalog.versions.service import Versioning
from schemas.dataset import Dataset
from schemas.forms import canonical, dump_agency, dump_dataset, load_dataset
from schemas.problems import Problem, has_errors

FOLLOW = "dataset:follow"
"""The kind of job that cuts the version of a dataset that was published, and tries it out; its key is the name."""
TRIES = 5
"""So often a submission is made anew when somebody else changes the dataset in between."""
_OURS = ("license_asserted", "uri", "raw")
"""Properties that only the catalogue and its operator set."""
Progress = Callable[[int, int | None], None]
Uploaded = Mapping[str, Upload]
Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What became of a submission; `problems` are warnings that were published with it."""

    name: str
    change: Change
    revision: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Present:
    """What a submission was made from."""

    record: CatalogRecord | None
    files: tuple[FileRecord, ...]

    @property
    def dataset(self) -> Dataset | None:
        return self.record.dataset if self.record else None

    @property
    def revision(self) -> int:
        return self.record.revision if self.record else 0


class Submitting:
    """Publishes what scripts send."""

    def __init__(
        self, store: Store, publishing: Publishing, validation: Validation, versions: Versioning, clock: Clock
    ) -> None:
        self._store, self._publishing, self._validation = store, publishing, validation
        self._versions, self._clock = versions, clock

    def look(self, actor: Actor, document: Mapping[str, Any], uploads: Uploaded | None = None) -> list[Problem]:
        """Return everything that is wrong with a document or worth a look, without its files; nothing is changed."""
        with self._store.read() as work:
            present = _present(work, document)
            return self._whole(work, actor, document, uploads or {}, present)[1]

    def publish(
        self, actor: Actor, document: Mapping[str, Any], uploads: Uploaded | None = None, because: str = "",
        base: int | None = None, progress: Progress = lambda done, total: None,
    ) -> Submitted:  # fmt: skip
        """Publish a whole document with the uploads of its distributions, by their ids.

        `base` is the revision that it was made from, 0 for a dataset that must be new; without it the newest is replaced.
        """
        return self._tried(lambda: self._publish(actor, document, uploads or {}, because, base, progress), base)

    def follow(self, name: str) -> None:
        """Cut the version of a dataset that was published, unless that was done."""
        self._versions.cut(name)
        with self._store.write() as work:
            work.jobs.cancel(FOLLOW, name)
        self._publishing.follow()

    def _tried(self, attempt: Callable[[], Submitted], base: int | None) -> Submitted:
        for _ in range(TRIES - 1):
            try:
                return attempt()
            except Conflict:
                if base is not None:
                    raise
        return attempt()

    def _publish(
        self, actor: Actor, document: Mapping[str, Any], uploads: Uploaded, because: str, base: int | None, progress: Progress
    ) -> Submitted:
        with self._store.read() as work:
            present = _present(work, document)
            dataset, problems = self._whole(work, actor, document, uploads, present)
        if dataset is None or has_errors(problems):
            raise Invalid("This dataset cannot be published as it is.", problems)
        if base is not None and base != present.revision and not _same(present.record, dataset):
            raise _moved(present.record, base)
        found = examined(self._validation, dataset, present.dataset, present.files, uploads, stamp(self._clock))
        files = tuple(_counted(found, progress))
        problems += files_ready(files)
        if has_errors(problems):
            raise Invalid("This dataset cannot be published as it is.", problems)
        with self._store.write() as work:
            change = self._put(work, actor, dataset, files, because, present)
            now = work.datasets.get(dataset.name)
        self._publishing.follow()
        return Submitted(name=dataset.name, change=change, revision=now.revision if now else 0, problems=tuple(problems))

    def _put(
        self, work: UnitOfWork, actor: Actor, dataset: Dataset, files: tuple[FileRecord, ...], because: str, present: _Present
    ) -> Change:
        before = work.datasets.get(dataset.name)
        if (before.revision if before else 0) != present.revision:
            raise _moved(before, present.revision)
        change = self._publishing.publish_in(work, actor, dataset, because or "Published", Origin(), before)
        settle_files(work, dataset, files)
        if change is not Change.UNCHANGED and files:
            work.jobs.put(FOLLOW, dataset.name, due=stamp(self._clock))
        return change

    def _whole(
        self, work: UnitOfWork, actor: Actor, document: Mapping[str, Any], uploads: Uploaded, present: _Present
    ) -> tuple[Dataset | None, list[Problem]]:
        whole, problems = _completed(work, actor, document, uploads, present)
        if problems:
            return None, problems
        dataset, problems = load_dataset(whole)
        if dataset is None:
            return None, problems
        if present.record is None and dataset.publisher is None:
            problems.append(Problem("no-agency", "/publisher", "Say which agency publishes this dataset."))
        problems += [*answerable(dataset.responsibility), *unnamed(dataset, uploads), *metadata_problems(dataset)]
        return dataset, problems


def _present(work: UnitOfWork, document: Mapping[str, Any]) -> _Present:
    """Return what is there under the name of a document; raises Gone and Denied for what cannot be published over."""
    name = document.get("name")
    record = work.datasets.get(name) if isinstance(name, str) else None
    if record is None:
        return _Present(record=None, files=())
    if record.state is State.WITHDRAWN:
        raise Gone(f"The dataset {name!r} was withdrawn; restore it first.", record)
    if record.source:
        raise Denied(f"This dataset is harvested from {record.source!r}; change it there.", "harvested")
    return _Present(record=record, files=work.files.of(record.dataset.name))


def _completed(
    work: UnitOfWork, actor: Actor, document: Mapping[str, Any], uploads: Uploaded, present: _Present
) -> tuple[Document, list[Problem]]:
    """Return a document with what the catalogue itself says: the agency, and the measures of files."""
    whole = dict(document)
    if actor.kind != "system":
        before = dump_dataset(present.dataset) if present.dataset else {}
        whole = {key: value for key, value in whole.items() if key not in _OURS}
        whole |= {key: before[key] for key in _OURS if key in before}
    problems = _agency(work, whole, present)
    entries = whole.get("distribution")
    if isinstance(entries, list) and all(isinstance(entry, Mapping) for entry in entries):
        whole["distribution"] = described(entries, uploads, present.files, present.dataset)
    return whole, problems


def _agency(work: UnitOfWork, whole: Document, present: _Present) -> list[Problem]:
    """Put the agency that is known here in the place of the one that is named; one that is not known needs a title."""
    told = whole.get("publisher")
    name = told.get("name") if isinstance(told, Mapping) else None
    if name is None and present.dataset and present.dataset.publisher:
        name = present.dataset.publisher.name
    if not isinstance(name, str):
        return []
    if known := work.agencies.get(name):
        whole["publisher"] = dump_agency(known)
    elif not (isinstance(told, Mapping) and told.get("title")):
        words = f"There is no agency named {name[:100]!r}; check the spelling, or ask an administrator to add it."
        return [Problem("no-agency", "/publisher/name", words)]
    return []


def _same(record: CatalogRecord | None, dataset: Dataset) -> bool:
    """Tell whether a dataset stands there already, so that a request that was sent twice is no conflict."""
    return record is not None and record.content_hash == canonical(dump_dataset(dataset))[1]


def _counted(files: Iterable[FileRecord], progress: Progress) -> Iterator[FileRecord]:
    for number, file in enumerate(files, 1):
        progress(number, None)
        yield file


def _moved(record: CatalogRecord | None, base: int) -> Conflict:
    if record is None:
        return Conflict("This dataset is not there any more.")
    if base == 0:
        return Conflict(f"There is a dataset named {record.dataset.name!r} already; choose another name.", record)
    return Conflict(f"Somebody changed this dataset meanwhile (revision {record.revision}); compare both versions.", record)

