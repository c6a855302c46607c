"""Indexing: the index follows the outbox, and can always be made again from the database."""

from collections.abc import Callable, Iterator, Sequence

from catalog.errors import IndexBusy, IndexUnavailable
from catalog.personal.gate import public_part
from catalog.ports import OutboxEvent, SearchIndex, Store
from catalog.records import CatalogRecord, State
from catalog.search.document import Document
from catalog.search.documents import document_of
from catalog.search.request import IndexReport

BATCH = 2000  # one commit; such a segment is large enough never to be merged
PAGE = 200


class Indexing:
    """Keeps an index equal to what is published in a store."""

    def __init__(self, store: Store, index: SearchIndex, batch: int = BATCH) -> None:
        self._store, self._index, self._batch = store, index, batch

    def drain(self) -> int:
        """Bring queued changes into the index and return how many; an event is done only after the commit.

        Where another process is writing, the rest stays queued.
        """
        count = 0
        while events := self._events():
            names = list(dict.fromkeys(event.dataset for event in events))
            deletes: list[str] = []
            try:
                self._index.apply(self._documents(names, deletes), deletes)
            except IndexBusy:
                return count
            with self._store.write() as work:
                work.outbox.done(events)
            count += len(events)
            if len(events) < self._batch:
                break
        return count

    def ensure(self) -> None:
        """Bring the index up to date; one that cannot be opened or holds another number of datasets is made anew."""
        with self._store.read() as work:
            published = work.datasets.count()
        try:
            self.drain()
            if self._index.count() == published:
                return
        except IndexBusy:
            return
        except IndexUnavailable:
            pass
        self.rebuild()

    def rebuild(self, progress: Callable[[int], None] = lambda count: None) -> int:
        """Make the index anew beside the old one, swap, replay what was queued; returns how many datasets it holds.

        `progress` is told the number of datasets read so far, once a page.
        """
        self._index.rebuild(self._all(progress))
        self.drain()
        return self._index.count()

    def verify(self) -> IndexReport:
        """Compare the index with the database."""
        with self._store.read() as work:
            return self._index.verify(work.datasets.hashes())

    def _events(self) -> list[OutboxEvent]:
        with self._store.read() as work:
            return work.outbox.take(self._batch)

    def _documents(self, names: Sequence[str], deletes: list[str]) -> Iterator[Document]:
        """Yield what is published of `names`; the others are put into `deletes` (the index reads them afterwards)."""
        for start in range(0, len(names), PAGE):
            part = names[start : start + PAGE]
            with self._store.read() as work:
                records, files = work.datasets.get_many(part), work.files.of_many(part)
            for name in part:
                record = records.get(name)
                if record is not None and record.state is State.PUBLISHED:
                    yield document_of(record, tuple(map(public_part, files.get(name, ()))))
                else:
                    deletes.append(name)

    def _all(self, progress: Callable[[int], None]) -> Iterator[Document]:
        count, page = 0, self._page(0)
        while page:
            with self._store.read() as work:
                files = work.files.of_many([record.dataset.name for record in page])
            for record in page:
                yield document_of(record, tuple(map(public_part, files.get(record.dataset.name, ()))))
            count += len(page)
            progress(count)
            page = self._page(page[-1].number)

    def _page(self, after: int) -> list[CatalogRecord]:
        with self._store.read() as work:
            return work.datasets.page(after=after, limit=PAGE)
