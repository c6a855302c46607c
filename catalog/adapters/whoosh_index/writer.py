"""Documents go into Whoosh: one writer, deletion by number, small segments merged now and then."""

import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader

from catalog.adapters.whoosh_index import sidecar
from catalog.adapters.whoosh_index.facts import facts_of, tie
from catalog.adapters.whoosh_index.laying import TermWriter
from catalog.adapters.whoosh_index.schema import codec
from catalog.adapters.whoosh_index.sidecar import SMALLEST, Lines
from catalog.adapters.whoosh_index.snapshot import Snapshot
from catalog.search.document import Document

SMALL_SEGMENT = 2000
MANY_SEGMENTS = 20


def write(index: FileIndex, documents: Iterable[Document], deletions: Iterable[int] = (), least: int = SMALLEST) -> Lines | None:
    """Delete by document number, add the documents, commit; a failure leaves the index as it was.

    Returns the beginning of the sidecar of the new segment where that has `least` documents.
    """
    writer = TermWriter(index, least=least, compound=False, codec=codec())
    try:
        for number in deletions:
            writer.delete_document(number)
        for document in documents:
            writer.add(document)
        writer.commit(mergetype=merge_small)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()  # otherwise the lock stays
        raise
    return writer.lines


def numbers_of(snapshot: Snapshot, names: Iterable[str]) -> list[int]:
    """Return the document numbers of the live datasets among `names`."""
    found = []
    for name in names:
        for base, segment in snapshot.based():
            number = segment.number(name, tie(name))
            if number is not None and snapshot.live[base + number]:
                found.append(base + number)
    return found


def complete(index: FileIndex, least: int, begun: Lines | None = None) -> None:
    """Give each segment of `least` documents its sidecar, and take away those of segments that are gone."""
    folder, toc = Path(index.storage.folder), TOC.read(index.storage, index.indexname, schema=index.schema)
    for segment in toc.segments:
        name = segment.segment_id()
        if segment.doc_count_all() >= least and not (folder / f"{sidecar.PREFIX}{name}").exists():
            with closing(SegmentReader(index.storage, index.schema, segment)) as reader:
                lines = begun if begun and begun.segment == name else sidecar.lines_of(folder, name, reader)
                sidecar.write_sidecar(lines, facts_of(reader, segment.doc_count_all()))
    known = {f"{sidecar.PREFIX}{segment.segment_id()}" for segment in toc.segments}
    for path in folder.iterdir():
        if path.is_dir() and path.name not in known:
            shutil.rmtree(path, ignore_errors=True)  # readers keep what they have mapped


def merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy: drop dead segments, rewrite half-dead ones, and join small ones when there are many."""
    alive = [segment for segment in segments if segment.doc_count()]
    small = [segment for segment in alive if segment.doc_count() < SMALL_SEGMENT]
    joined = small if len(small) >= MANY_SEGMENTS else []
    joined += [s for s in alive if s not in joined and s.doc_count() * 2 < s.doc_count_all() and s not in small]
    for segment in joined:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in alive if segment not in joined]
