"""Range: first publication, as the source says."""

from catalog.records import CatalogRecord, FileRecord
from catalog.search.moments import epoch
from catalog.search.ranges import Range


def _number(record: CatalogRecord, files: tuple[FileRecord, ...]) -> int | None:
    return epoch(record.dataset.issued) or None


RANGE = Range(name="published", title="Published", kind="date", number=_number, order=20)
