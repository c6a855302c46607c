"""Rows and statistics of stored tables, for those who may have the files they were made of."""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from catalog.access import Actor
from catalog.downloads import Downloads
from catalog.errors import Invalid
from catalog.kept import Kept
from catalog.ports import FileStore
from catalog.reading import Entry
from catalog.records import PARQUET, Derivative, FileRecord, profile_name
from catalog.tables.query import sql
from catalog.tables.query.filtering import BrokenCopy, Database
from catalog.tables.query.opening import COPY
from catalog.tables.query.page import Column, RowPage
from catalog.tables.query.reading import kinds, memory, read, schema
from catalog.tables.query.table import NoTable, Table, described, parquet
from catalog.tables.query.tree import Selection
from catalog.tables.query.values import PAGE, fitted
from catalog.tables.query.warm import Warm
from catalog.tables.query.writing import Form
from schemas.problems import Problem

T = TypeVar("T")
LENGTH = 100
"""Rows of a page at most."""
Numbered = Iterator[tuple[int, tuple[Any, ...]]]
OFFSET = 2**53
"""Rows before a page at most; a table has less."""
BATCH = 10_000
MOST = 100_000
"""Rows of a selection that is written out, at most."""


class TooManyRows(Invalid):
    """A selection is larger than what is written out at once; `instead` tells where all rows are."""

    def __init__(self, total: int, instead: str = "") -> None:
        message = f"This selection has {total:,} rows and at most {MOST:,} are sent; narrow it, or take the whole Parquet file"
        super().__init__(f"{message}{instead}.", [Problem("too-many-rows", "/where", f"{message}{instead}.")])
        self.total = total


class Rows:
    """Answers questions about rows; whether the actor may have them is decided before any file is opened."""

    def __init__(self, downloads: Downloads, files: FileStore, warm: Warm) -> None:
        self._downloads, self._files, self._warm, self._database = downloads, files, warm, Database()
        self._columns, self._counts = Kept[tuple[Column, ...]](256), Kept[int](1024)
        self._profiles, self._sizes = Kept[Mapping[str, Any]](32), Kept[int](256)

    def page(
        self, actor: Actor, name: str, distribution: str, *, offset: int = 0, length: int = LENGTH,
        where: str = "", orderby: str = "", query: str = "", split: str = "",
    ) -> RowPage:  # fmt: skip
        """Return at most LENGTH rows of a table, or of one of its splits.

        `where` and `orderby` are in the language of `catalog.tables.query.where`; every word of `query` must stand in a text
        of the row, in any case. Raises NotFound, Gone, Denied, or Invalid that says what is wrong.
        """
        table = self.table(actor, name, distribution, split)
        return self.select(table, table.selection(where, orderby, query), offset, min(length, LENGTH))

    def profile(self, actor: Actor, name: str, distribution: str, split: str = "") -> Mapping[str, Any] | None:
        """Return the statistics of a table or a split of it, None where none were made; raises NotFound, Gone or Denied."""
        made = _file(self._downloads.look(actor, name, distribution), distribution).made(profile_name(split))
        if made is None or self._files.size(made.sha256) is None:
            return None
        return self._profiles.get(made.sha256, lambda: self._profile(made.sha256))

    def table(self, actor: Actor, name: str, distribution: str, split: str = "") -> Table:
        """Return a table to be asked; raises NotFound, Gone or Denied."""
        entry = self._downloads.look(actor, name, distribution)
        return self._table(actor, entry, _file(entry, distribution), split)

    def tables(self, actor: Actor, name: str) -> list[Table]:
        """Return all tables of a dataset; raises NotFound, Gone or Denied."""
        entry = self._downloads.entry(actor, name)
        return [self._table(actor, entry, file, "") for file in entry.files if file.made(PARQUET)]

    def select(self, table: Table, wanted: Selection, offset: int = 0, length: int = LENGTH, *, size: int = 0) -> RowPage:
        """Return a page of a selection; raises Invalid where it would cost too much.

        With `size`, pages have that many characters about, and cells are not cut below CELL to fit more rows.
        """
        start = min(max(0, offset), OFFSET)

        def ask(path: Path) -> tuple[int, Numbered]:
            total = self._count(table, wanted, path)
            return total, self._read(path, table, wanted, start, min(max(0, length), max(0, total - start)))

        total, found = self._asked(table, ask)
        rows, truncated = fitted(wanted.columns, found, size or PAGE, short=not size)
        return RowPage(wanted.columns, rows, total, start, truncated)

    def count(self, table: Table, wanted: Selection) -> int:
        """Return how many rows a selection holds; raises Invalid where counting would cost too much."""
        return self._asked(table, lambda path: self._count(table, wanted, path))

    def memory(self, made: Derivative) -> int:
        """Return how many bytes the rows of a Parquet file are when they are unpacked."""
        with self._files.local(made.sha256) as path:
            return self._sizes.get(made.sha256, lambda: memory(path))

    def stream(self, table: Table, wanted: Selection, form: Form) -> Iterator[bytes]:
        """Yield the bytes of a selection in one of FORMS, all columns of whole cells.

        Raises TooManyRows for more than MOST, and Invalid where it would cost too much, both before the first byte.
        """
        if (total := self.count(table, wanted)) > MOST:
            raise TooManyRows(total)
        with self._files.local(table.made.sha256) as path:
            kinds = schema(path, [table.places[column.name] for column in wanted.columns])
        batches = self._batches(table, wanted)
        first = list(islice(batches, 1))  # so that what is refused is refused before an answer begins
        table.release()
        return form.write(wanted.columns, chain(first, batches), kinds)

    def _batches(self, table: Table, wanted: Selection) -> Iterator[list[tuple[Any, ...]]]:
        statement = sql.select(table.places, wanted, 0, MOST, cut=False)
        with self._warm.path(table.made) as path:
            for batch in self._database.batches(path, statement, BATCH):
                yield [row[1:] for row in batch]

    def _asked(self, table: Table, ask: Callable[[Path], T]) -> T:
        try:
            with self._warm.path(table.made) as path:
                return ask(path)
        except BrokenCopy:
            with self._warm.path(table.made) as path:
                return ask(path)

    def _read(self, path: Path, table: Table, wanted: Selection, start: int, length: int) -> Numbered:
        if not length:
            return iter(())
        if wanted.everything and path.suffix != COPY:
            return iter(enumerate(read(path, [column.name for column in wanted.columns], start, length), start))
        write = sql.window if wanted.everything else sql.select
        rows = self._database.rows(path, write(table.places, wanted, start, length))
        return ((row[0], row[1:]) for row in rows)

    def _count(self, table: Table, wanted: Selection, path: Path) -> int:
        if wanted.everything:
            return table.made.rows
        statement = sql.count(table.places, wanted)
        return self._counts.get((table.made.sha256, statement), lambda: int(self._database.rows(path, statement)[0][0]))

    def _table(self, actor: Actor, entry: Entry, file: FileRecord, split: str) -> Table:
        made = parquet(file, split)
        if self._files.size(made.sha256) is None:
            raise NoTable("The stored copy of this table is gone; it comes back when the dataset is harvested again.")
        facts = (entry.dataset.name, file.distribution, made.sha256, file.checked, entry.record.content_hash)
        columns = self._columns.get(facts, lambda: self._described(entry, file, made.sha256))
        return Table(entry.dataset.name, file, made, columns, lambda: self._downloads.release(actor, entry, made.sha256))

    def _described(self, entry: Entry, file: FileRecord, sha256: str) -> tuple[Column, ...]:
        with self._files.local(sha256) as path:
            return described(entry, file, kinds(path))

    def _profile(self, sha256: str) -> Mapping[str, Any]:
        with self._files.open(sha256) as file:
            found: Mapping[str, Any] = json.load(file)
        return found


def _file(entry: Entry, distribution: str) -> FileRecord:
    file = entry.file(distribution)
    if file is None:
        raise NoTable("There is no such file; the page of the dataset lists those that are there.")
    return file
