"""Applies one batch of records: read, validate, publish; all of it in one transaction, a bad record by its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from catalog.access import harvester
from catalog.bootstrap import Catalog
from catalog.harvests.records import HarvestedRecord, HarvestSource, RunProblem
from catalog.personal.metadata import personal_texts
from catalog.ports import UnitOfWork
from catalog.publishing import Change, Origin
from catalog.records import CatalogRecord, State
from catalog.tables.metadata import metadata_problems
from harvesters.base import HarvestRecord
from harvesters.compare import Compared, Standing, compare
from harvesters.holding import first_state
from harvesters.own_name import in_own_name
from schemas.dataset import Dataset
from schemas.forms import load_dataset
from schemas.identifiers import short_hash
from schemas.problems import Problem, has_errors
from schemas.profiles import readers
from schemas.profiles.base import ReadContext, Reading


@dataclass(slots=True)
class Applied:
    """What a batch did."""

    changes: dict[Change, int] = field(default_factory=lambda: dict.fromkeys(Change, 0))
    failed: int = 0
    problems: list[RunProblem] = field(default_factory=list)


def read_record(record: HarvestRecord, source: HarvestSource) -> tuple[Dataset | None, list[Problem]]:
    """Turn a raw record into a dataset, or into the Problems that prevent it. Never raises for bad content."""
    reader = readers().get(record.profile)
    if reader is None:
        return None, [Problem("unknown-profile", "", f"No reader is named {record.profile!r}.")]
    try:
        dataset, problems = _understood(reader.read(record.body, _context(source)))
        return dataset and in_own_name(dataset, source), problems
    except Exception as error:  # the border of one record: a reader's fault must not stop the others
        return None, [Problem("unreadable", "", f"The record cannot be read ({type(error).__name__}: {error}).")]


def _understood(reading: Reading) -> tuple[Dataset | None, list[Problem]]:
    if has_errors(reading.problems):
        return None, list(reading.problems)
    dataset, problems = load_dataset(reading.document)
    if dataset is None:
        return None, [*reading.problems, *problems]
    if personal := personal_texts(dataset):
        return None, [*reading.problems, *personal]
    return dataset, [*reading.problems, *metadata_problems(dataset)]


def _context(source: HarvestSource) -> ReadContext:
    publisher = {"name": source.agency, "title": {source.language: source.title or source.agency}} if source.agency else {}
    options = {**source.options, "source": source.name}
    return ReadContext(
        base_url=source.url, language=source.language, publisher=publisher, license=source.license, options=options
    )


def apply_batch(catalog: Catalog, work: UnitOfWork, source: HarvestSource, run: int, batch: Iterable[HarvestRecord]) -> Applied:
    """Apply records within a transaction. A record that cannot be read leaves its last good version as it is."""
    records = list(batch)
    known = work.harvests.known(source.name, [record.identifier for record in records])
    compared = [compare(record, known) for record in records]
    applied = Applied()
    unchanged = [item.record.identifier for item in compared if item.standing is Standing.UNCHANGED]
    applied.changes[Change.UNCHANGED] += len(unchanged)
    good, bad = _read(source, [item for item in compared if item.standing is not Standing.UNCHANGED], applied)
    work.harvests.mark_seen(source.name, [*unchanged, *(item.record.identifier for item in bad if item.known)], run)
    present, done = _named(work, source, good), set[str]()
    for _, dataset in good:
        before = work.datasets.get(dataset.name) if dataset.name in done else present.get(dataset.name)
        _publish(catalog, work, source, dataset, before, applied)
        done.add(dataset.name)
    work.harvests.put_records(_remembered(item, source, dataset, run) for item, dataset in good)
    return applied


def _read(
    source: HarvestSource, items: Iterable[Compared], applied: Applied
) -> tuple[list[tuple[Compared, Dataset]], list[Compared]]:
    good, bad = [], []
    for item in items:
        dataset, problems = read_record(item.record, source)
        applied.problems += [RunProblem(item.record.identifier, problem) for problem in problems]
        if dataset is None:
            applied.failed += 1
            bad.append(item)
        else:
            good.append((item, dataset))
    return good, bad


def _named(work: UnitOfWork, source: HarvestSource, good: list[tuple[Compared, Dataset]]) -> Mapping[str, CatalogRecord]:
    """Give every dataset its lasting name, and return the present records of those that are known."""
    wanted = work.datasets.get_many([dataset.name for item, dataset in good if item.known is None])
    taken = set(wanted)
    for index, (item, dataset) in enumerate(good):
        if _returns(wanted.get(dataset.name), dataset, source):
            continue
        name = item.known.dataset if item.known else _free(dataset.name, source.name, item.record.identifier, taken)
        taken.add(name)
        good[index] = (item, replace(dataset, name=name))
    return work.datasets.get_many([dataset.name for _, dataset in good])


def _returns(present: CatalogRecord | None, dataset: Dataset, source: HarvestSource) -> bool:
    """Tell whether a dataset that was withdrawn is back in its source."""
    return (
        present is not None and present.state is State.WITHDRAWN and present.source == source.name
        and present.dataset.identifier == dataset.identifier
    )  # fmt: skip


def _free(name: str, source: str, identifier: str, taken: set[str]) -> str:
    return f"{name[:90]}-{short_hash(source, identifier)}" if name in taken else name


def _publish(
    catalog: Catalog, work: UnitOfWork, source: HarvestSource, dataset: Dataset, known: CatalogRecord | None, applied: Applied
) -> None:
    origin = Origin(source=source.name, kind=source.kind, files=source.files)
    because = f"Harvested from {source.title or source.name}"
    state, reason = first_state(source, dataset)
    change = catalog.publishing.publish_in(work, harvester(source.name), dataset, because, origin, known, state, reason)
    applied.changes[change] += 1


def _remembered(item: Compared, source: HarvestSource, dataset: Dataset, run: int) -> HarvestedRecord:
    return HarvestedRecord(
        source=source.name, identifier=item.record.identifier, dataset=dataset.name, raw_hash=item.raw_hash,
        modified=item.record.modified, seen_run=run,
    )  # fmt: skip
