"""Range: last update, as the source says, or else as we saw it."""

from catalog.records import CatalogRecord, FileRecord
from catalog.search.moments import epoch
from catalog.search.ranges import Range


def _number(record: CatalogRecord, files: tuple[FileRecord, ...]) -> int | None:
    return epoch(record.dataset.modified) or epoch(record.updated) or None


RANGE = Range(name="modified", title="Updated", kind="date", number=_number, order=10)
