"""What was taken down, and how often bytes left before."""

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, select

from catalog.adapters.sql.tables import dataset, download, takedown
from catalog.records import DownloadCount

_HASHES = select(takedown.c.sha256).where(takedown.c.dataset == bindparam("dataset"))


class SqlTakedowns:
    """See `catalog.ports.Takedowns`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, dataset: str, sha256: str, *, at: str, actor: str, because: str) -> None:
        """Write down that bytes of a dataset are taken down; the first time stays."""
        if sha256 not in self.of(dataset):
            values = {"dataset": dataset, "sha256": sha256, "at": at, "actor": actor, "because": because}
            self._connection.execute(takedown.insert(), values)

    def of(self, dataset: str) -> frozenset[str]:
        """Return the hashes that were taken down."""
        return frozenset(self._connection.scalars(_HASHES, {"dataset": dataset}))

    def count(self, dataset: str, sha256: str, day: str, filename: str, count: int) -> None:
        """Count downloads."""
        mine = (download.c.dataset == dataset) & (download.c.sha256 == sha256) & (download.c.day == day)
        if not self._connection.execute(download.update().where(mine).values(count=download.c.count + count)).rowcount:
            values = {"dataset": dataset, "sha256": sha256, "day": day, "filename": filename, "count": count}
            self._connection.execute(download.insert(), values)

    def downloads(self, dataset: str) -> list[DownloadCount]:
        """Return how often bytes of a dataset left, by day."""
        query = select(download.c.sha256, download.c.filename, download.c.day, download.c.count)
        rows = self._connection.execute(query.where(_bytes_of(dataset)).order_by(download.c.day, download.c.sha256))
        return [DownloadCount(*row) for row in rows]

    def taken(self, dataset: str) -> int:
        """Return how often bytes of a dataset left in all."""
        return int(self._connection.scalar(select(func.sum(download.c.count)).where(_bytes_of(dataset))) or 0)

    def uses(self, agency: str, since: str) -> dict[str, tuple[int, int]]:
        """Return downloads and questions of programs by month."""
        month = func.substr(download.c.day, 1, 7)
        asked = func.sum(case((download.c.sha256 == "", download.c.count), else_=0))
        query = select(month, func.sum(download.c.count) - asked, asked).join(dataset, dataset.c.name == download.c.dataset)
        rows = self._connection.execute(query.where(dataset.c.agency == agency, download.c.day >= since).group_by(month))
        return {when: (int(taken), int(questions)) for when, taken, questions in rows}


def _bytes_of(dataset: str) -> ColumnElement[bool]:
    return (download.c.dataset == dataset) & (download.c.sha256 != "")
