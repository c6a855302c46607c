"""Shows what a harvest would do, without doing it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog.bootstrap import Catalog
from catalog.curation import keep_curated
from catalog.harvests.records import HarvestSource
from harvesters.apply import read_record
from harvesters.base import Checkpoint, Fetching, HarvestRecord, source_kinds
from harvesters.compare import Standing, compare
from harvesters.http import FetchError, open_client, secrets_of
from schemas.forms import dump_dataset
from schemas.problems import Problem


@dataclass(frozen=True, slots=True)
class Difference:
    """One record: `changes` names each property that would change, with the value before and after."""

    identifier: str
    standing: str
    dataset: str = ""
    changes: tuple[tuple[str, object, object], ...] = ()
    problems: tuple[Problem, ...] = ()


def preview(catalog: Catalog, source: HarvestSource, limit: int = 1000) -> Iterator[Difference]:
    """Yield what would happen to each record of a source, at most `limit` of them."""
    kind = source_kinds()[source.kind]
    secrets = secrets_of(catalog.settings, source)
    with open_client(catalog.settings, source) as http:
        try:
            for number, item in enumerate(kind.records(Fetching(source=source, http=http, secrets=secrets))):
                if isinstance(item, HarvestRecord):
                    yield _difference(catalog, source, item)
                elif not isinstance(item, Checkpoint):
                    yield Difference("", "problem", problems=(item,))
                if number >= limit:
                    return
        except FetchError as error:
            yield Difference("", "problem", problems=(Problem(error.code, "", str(error)),))


def _difference(catalog: Catalog, source: HarvestSource, record: HarvestRecord) -> Difference:
    with catalog.store.read() as work:
        compared = compare(record, work.harvests.known(source.name, [record.identifier]))
        if compared.standing is Standing.UNCHANGED and compared.known:
            return Difference(record.identifier, "unchanged", compared.known.dataset)
        present = work.datasets.get(compared.known.dataset) if compared.known else None
    dataset, problems = read_record(record, source)
    if dataset is None:
        return Difference(record.identifier, "failed", present.dataset.name if present else "", problems=tuple(problems))
    if present:
        dataset = replace(dataset, ml=keep_curated(present.dataset.ml, dataset.ml))
    before = dump_dataset(present.dataset) if present else {}
    after = dump_dataset(dataset) | ({"name": present.dataset.name} if present else {})
    changes = tuple(
        (key, before.get(key), after.get(key)) for key in sorted({*before, *after}) if before.get(key) != after.get(key)
    )
    name = present.dataset.name if present else dataset.name
    return Difference(record.identifier, compared.standing.value, name, changes, tuple(problems))
