"""The embedded search index: Whoosh keeps the postings, numpy answers totals, facets and order."""

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from whoosh.index import TOC, FileIndex

from catalog.adapters.whoosh_index.answering import page
from catalog.adapters.whoosh_index.completing import suggest
from catalog.adapters.whoosh_index.correcting import better
from catalog.adapters.whoosh_index.schema import schema
from catalog.adapters.whoosh_index.segment import Codes, Segment
from catalog.adapters.whoosh_index.sidecar import PREFIX, SMALLEST
from catalog.adapters.whoosh_index.snapshot import Snapshot
from catalog.adapters.whoosh_index.storage import (
    REBUILD,
    TABLE,
    Pointer,
    SignedStorage,
    new_subfolder,
    read_pointer,
    sweep,
    write_pointer,
    writing,
)  # fmt: skip
from catalog.adapters.whoosh_index.writer import complete, numbers_of, write
from catalog.errors import IndexUnavailable
from catalog.search.document import Document
from catalog.search.request import IndexReport, SearchPage, SearchRequest

DEADLINE_SECONDS = 2.0
INDEX_NAME = "MAIN"
_ATTEMPTS = 5
_TICK_NANOSECONDS = 50_000_000
"""Within so long of a change a folder may change again without a newer time on it."""


class WhooshIndex:
    """A folder with one live Whoosh index. Opened on first use, in each process by itself; threads share snapshots.

    `secret` signs the tables of contents; `patience` is how long a writer waits for another, in seconds; segments of
    `sidecar_from` documents and more get their postings as arrays.
    """

    capabilities = frozenset({"phrase", "prefix", "exclude", "facets", "suggest", "related", "better"})

    def __init__(self, folder: Path, secret: bytes, patience: float = 10.0, sidecar_from: int = SMALLEST) -> None:
        self._folder, self._secret, self._patience, self._sidecar_from = folder, secret, patience, sidecar_from
        self._codes = Codes()
        self._lock = threading.Lock()
        self._snapshot = Snapshot(None, 0, (), [], self._codes)
        self._settled: tuple[str, int, int] | None = None

    def apply(self, upserts: Iterable[Document], deletes: Iterable[str]) -> int:
        """Write and return the new generation. `upserts` are read first and while nobody else writes, so what they
        load is not older than what is indexed; the last of a name counts. Raises IndexBusy, IndexUnavailable."""
        with writing(self._folder, self._patience):
            documents = {document.name: document for document in upserts}
            names = {*documents, *deletes}
            index, base = self._live_index()
            snapshot = self._current()
            numbers = numbers_of(snapshot, names)
            if documents or numbers:
                begun = write(index, documents.values(), numbers, self._sidecar_from)
                index.storage.forget_signatures(index.latest_generation())
                complete(index, self._sidecar_from, begun)
            return base + int(index.latest_generation())

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request; see `SearchRequest`. Raises IndexUnavailable where the index cannot be opened."""
        started = time.monotonic()
        view = self._current().view(request.labels)  # opening what was just written is no time of this request
        found = page(view, request, time.monotonic() + DEADLINE_SECONDS)
        return replace(found, took=time.monotonic() - started)

    def suggest(self, prefix: str, language: str, labels: frozenset[str]) -> list[str]:
        """Complete the last word of `prefix` by words of titles."""
        return suggest(self._current().view(labels), prefix)

    def better(self, words: Iterable[str], labels: frozenset[str]) -> dict[str, str]:
        """Return what the words that find nothing, or next to nothing, were probably meant to be."""
        view, found = self._current().view(labels), {}
        for word in words:
            page_ = page(view, SearchRequest(words=(word,), labels=labels, limit=0), time.monotonic() + DEADLINE_SECONDS)
            if meant := better(view, word, page_.total):
                found[word] = meant
        return found

    def rebuild(self, documents: Iterator[Document]) -> int:
        """Build beside, then swap; readers never see less than before. Other writers wait, or give up with IndexBusy."""
        with writing(self._folder, self._patience):
            base = self._last_generation()
            name = new_subfolder(self._folder)
            index = FileIndex.create(self._storage(name), schema())
            begun = write(index, _once(documents), least=self._sidecar_from)
            index.storage.forget_signatures(index.latest_generation())
            complete(index, self._sidecar_from, begun)
            write_pointer(self._folder, Pointer(name, base))
            sweep(self._folder, keep=name)
            return base + int(index.latest_generation())

    def verify(self, expected: Mapping[str, str]) -> IndexReport:
        """Compare with the database: content hash by name of everything published."""
        snapshot = self._current()
        hashes = (content_hash for segment in snapshot.segments for content_hash in segment.facts.hashes)
        found = {name: found for name, found, live in zip(snapshot.names(), hashes, snapshot.live, strict=True) if live}
        return IndexReport(
            indexed=len(found),
            missing=tuple(sorted(expected.keys() - found.keys())),
            surplus=tuple(sorted(found.keys() - expected.keys())),
            stale=tuple(sorted(name for name in expected.keys() & found.keys() if expected[name] != found[name])),
        )

    def count(self) -> int:
        """Return the number of datasets in the index, whoever may see them."""
        return int(self._current().live.sum())

    def _storage(self, name: str) -> SignedStorage:
        return SignedStorage(str(self._folder / name), self._secret)

    def _live_index(self) -> tuple[FileIndex, int]:
        """Open the live index for writing, or make the first one."""
        pointer = read_pointer(self._folder)
        if pointer is None:
            pointer = Pointer(new_subfolder(self._folder), self._snapshot.generation)
            index = FileIndex.create(self._storage(pointer.folder), schema())
            write_pointer(self._folder, pointer)
            return index, pointer.base
        return FileIndex(self._storage(pointer.folder), schema()), pointer.base

    def _last_generation(self) -> int:
        try:
            return self._current().generation
        except IndexUnavailable:
            return int(time.time())  # nothing readable to count on from; later than any count so far

    def _current(self) -> Snapshot:
        """Return the newest generation; a commit or swap in between makes files vanish, so opening is tried again."""
        if self._settled is not None and self._settled == self._stamp(self._settled[0]):
            return self._snapshot
        for attempt in range(_ATTEMPTS):
            try:
                pointer = read_pointer(self._folder)
                if pointer is None:
                    return Snapshot(None, 0, (), [], self._codes)
                now, stamp = time.time_ns(), self._stamp(pointer.folder)
                opened = self._opened(pointer)
                self._settled = stamp if now - max(stamp[1:]) > _TICK_NANOSECONDS and opened is self._snapshot else None
                return opened
            except IndexUnavailable:
                raise
            except Exception as error:  # whatever a damaged or vanished file makes Whoosh raise
                if attempt == _ATTEMPTS - 1:
                    raise IndexUnavailable(f"The search index cannot be opened. {REBUILD}") from error
                time.sleep(0.01 * attempt)
        raise AssertionError("unreachable")

    def _stamp(self, name: str) -> tuple[str, int, int]:
        """Return when the pointer and the live folder were last changed; a folder that is gone was changed at no time."""
        try:
            return name, (self._folder / "current").stat().st_mtime_ns, (self._folder / name).stat().st_mtime_ns
        except FileNotFoundError:
            return name, -1, -1

    def _opened(self, pointer: Pointer) -> Snapshot:
        storage = self._storage(pointer.folder)
        names = storage.list()
        generation = max((int(match[1]) for name in names if (match := TABLE.fullmatch(name))), default=-1)
        sides = frozenset(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))
        key = (pointer, generation, sides)
        if self._snapshot.key == key:
            return self._snapshot
        with self._lock:
            if self._snapshot.key != key:
                toc = TOC.read(storage, INDEX_NAME, schema=schema())
                known = {(segment.id, segment.mapped): segment for segment in self._snapshot.segments}
                segments = tuple(
                    known.get((found.segment_id(), found.segment_id() in sides))
                    or Segment(storage, toc.schema, found, self._codes, found.segment_id() in sides)
                    for found in toc.segments
                )
                deleted = [set(found.deleted_docs()) for found in toc.segments]
                self._snapshot = Snapshot(
                    (pointer, toc.generation, sides), pointer.base + toc.generation, segments, deleted, self._codes
                )
            return self._snapshot


def _once(documents: Iterable[Document]) -> Iterator[Document]:
    seen: set[str] = set()
    for document in documents:
        if document.name not in seen:
            seen.add(document.name)
            yield document
