"""Where a source's policy says so, datasets are held back until their tables are known to be valid."""

from collections.abc import Iterator

from catalog.access import harvester
from catalog.bootstrap import Catalog
from catalog.harvests.records import HarvestSource
from catalog.records import CatalogRecord, FileState, State
from schemas.dataset import Dataset

WAITING = "Its tables wait to be validated."


def first_state(source: HarvestSource, dataset: Dataset) -> tuple[State, str]:
    """Return the state in which a dataset of a source enters the catalogue, with the reason where it is held."""
    waits = source.invalid == "hold" and source.files == "copy" and bool(dataset.distribution)
    return (State.HELD, WAITING) if waits else (State.PUBLISHED, "")


def settle_held(catalog: Catalog, source: HarvestSource) -> None:
    """Publish the held datasets of a source none of whose tables is invalid; the others go on waiting for a person."""
    if source.invalid != "hold":
        return
    with catalog.store.write() as work:
        for record in list(_held(catalog, source)):
            files = work.files.of(record.dataset.name)
            if all(file.valid is not False and file.state is not FileState.WANTED for file in files):
                because = "None of its tables is invalid"
                catalog.publishing.restore_in(work, harvester(source.name), record.dataset.name, because)


def _held(catalog: Catalog, source: HarvestSource) -> Iterator[CatalogRecord]:
    after = 0
    with catalog.store.read() as work:
        while records := work.datasets.page(after=after, state="held"):
            yield from (record for record in records if record.source == source.name)
            after = records[-1].number
