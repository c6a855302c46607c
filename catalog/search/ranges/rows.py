"""Range: rows of all tables, of datasets whose bytes everybody may have."""

from catalog.access import VISITOR, Action, decide
from catalog.records import CatalogRecord, FileRecord, FileState
from catalog.search.ranges import Range


def _number(record: CatalogRecord, files: tuple[FileRecord, ...]) -> int | None:
    if record.dataset.access.expires or not decide(VISITOR, Action.DOWNLOAD, record).allowed:
        return None
    counted = [file.table.get("rows") for file in files if file.table and file.state is not FileState.HELD and file.public]
    return sum(count for count in counted if isinstance(count, int)) if any(isinstance(each, int) for each in counted) else None


RANGE = Range(name="rows", title="Rows", kind="count", number=_number, order=30)
