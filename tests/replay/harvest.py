"""Harvests a portal with the real client and tells what became of every record, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.harvests.records import HarvestSource
from harvesters.base import Checkpoint, Fetching, HarvestRecord, Http, source_kinds
from schemas.dataset import Dataset
from schemas.forms import load_dataset
from schemas.problems import Problem, has_errors
from schemas.profiles import readers
from schemas.profiles.base import ReadContext


@dataclass
class Harvested:
    """Datasets by identifier, records that failed with their Problems, and the Problems of source and records."""

    datasets: dict[str, Dataset] = field(default_factory=dict)
    failed: dict[str, list[Problem]] = field(default_factory=dict)
    notes: dict[str, list[Problem]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    checkpoints: list[Checkpoint] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """Return the codes of the source's own Problems."""
        return [problem.code for problem in self.problems]


def fetching(source: HarvestSource, http: Http, resume: str = "", secrets: Mapping[str, str] | None = None) -> Fetching:
    """Return what a source gets for a run."""
    return Fetching(source=source, http=http, resume=resume, secrets=secrets or {})


def harvest(run: Fetching) -> Harvested:
    """Run a source to its end and read every record as the runner does."""
    found = Harvested()
    source = run.source
    context = ReadContext(base_url=source.url, language=source.language, license=source.license, options=source.options)
    for item in source_kinds()[source.kind].records(run):
        if isinstance(item, Problem):
            found.problems.append(item)
        elif isinstance(item, Checkpoint):
            found.checkpoints.append(item)
        else:
            _read(item, context, found)
    return found


def _read(record: HarvestRecord, context: ReadContext, found: Harvested) -> None:
    assert record.identifier not in found.datasets.keys() | found.failed.keys()
    reading = readers()[record.profile].read(record.body, context)
    dataset, problems = load_dataset(reading.document)
    problems = [*reading.problems, *problems]
    if dataset is None or has_errors(problems):
        assert problems
        found.failed[record.identifier] = problems
    else:
        found.datasets[record.identifier] = dataset
        found.notes[record.identifier] = problems


def source(kind: str, url: str, **options: Any) -> HarvestSource:
    """Return a source of `kind` at `url`."""
    return replace(HarvestSource(name=kind, kind=kind, url=url), options=options)
