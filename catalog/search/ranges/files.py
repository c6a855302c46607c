"""Range: number of files."""

from catalog.records import CatalogRecord, FileRecord
from catalog.search.ranges import Range


def _number(record: CatalogRecord, files: tuple[FileRecord, ...]) -> int | None:
    return len(record.dataset.distribution)


RANGE = Range(name="files", title="Files", kind="count", number=_number, order=40)
