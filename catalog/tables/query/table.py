"""A stored table that may be asked: its columns, and questions in words made into selections of its rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from catalog.errors import Invalid, NotFound
from catalog.publication import found_schema
from catalog.reading import Entry
from catalog.records import PARQUET, Derivative, FileRecord
from catalog.tables.query.page import Column, Kind
from catalog.tables.query.tokens import wrong
from catalog.tables.query.tree import Condition, Contains, Selection, together
from catalog.tables.query.where import parse_orderby, parse_where
from schemas.problems import Problem
from schemas.table import Field

WORDS, LETTERS = 8, 200
"""Words of a search, and its letters, at most."""
ALL_ROWS = "train"
"""The name of the one split of a table that has none, as the Hugging Face Hub calls it."""


class NoTable(NotFound):
    """The dataset is there for this reader, but not this table or split of it."""


@dataclass(frozen=True)
class Table:
    """The Parquet of a file, or of one of its splits, that the asker may read; `release` comes before rows sent as a file."""

    dataset: str
    file: FileRecord
    made: Derivative
    columns: tuple[Column, ...]
    release: Callable[[], None]

    @cached_property
    def named(self) -> Mapping[str, Column]:
        """Return the columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Return where each column stands, from 0."""
        return {column.name: place for place, column in enumerate(self.columns)}

    @property
    def parts(self) -> Mapping[str, Derivative]:
        """Return the splits with their Parquet; a table without splits is all one."""
        return parts(self.file.derived)

    def selection(self, where: str = "", orderby: str = "", query: str = "", columns: tuple[str, ...] = ()) -> Selection:
        """Return what is asked for in words; raises Invalid that says where a text goes wrong."""
        found = together(parse_where(where, self.named), *self.search(query))
        return Selection(columns=self.chosen(columns), where=found, order=parse_orderby(orderby, self.named))

    def search(self, query: str, columns: tuple[str, ...] = ()) -> list[Condition]:
        """Return that every word stands in one of the columns, by default in one of texts; raises Invalid."""
        return [Contains(columns or self.texts, word) for word in words(query)]

    def chosen(self, names: tuple[str, ...]) -> tuple[Column, ...]:
        """Return columns by name, all of them where none is named; raises Invalid."""
        for name in names:
            if name not in self.named:
                message = f"There is no column {name[:100]!r}; there are: {', '.join(list(self.named)[:20])}."
                raise Invalid(message, [Problem("bad-column", "/columns", message)])
        return tuple(self.named[name] for name in dict.fromkeys(names)) or self.columns

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the columns that a search looks into."""
        return tuple(column.name for column in self.columns if column.kind is Kind.TEXT)


def words(query: str) -> tuple[str, ...]:
    """Return the words of a search; raises Invalid."""
    found = tuple(dict.fromkeys(query.split()))
    if len(found) > WORDS or len(query) > LETTERS:
        raise wrong("query", 0, f"at most {WORDS} words and {LETTERS} letters", f"{len(found)} words, {len(query)} letters")
    return found


def parts(derived: Iterable[Derivative]) -> dict[str, Derivative]:
    """Return the Parquet of every split, of a table without splits under ALL_ROWS, nothing where there is no table."""
    made = {one.name: one for one in derived}
    return {one.split: one for one in made.values() if one.split} or ({ALL_ROWS: made[PARQUET]} if PARQUET in made else {})


def parquet(file: FileRecord, split: str) -> Derivative:
    """Return the Parquet of a split, of the whole table where none is named; raises NoTable."""
    splits = parts(file.derived)
    found = splits.get(split) if split else file.made(PARQUET)
    if found is None and split:
        raise NoTable(f"There is no split {split[:100]!r} of this table; there are: {', '.join(splits) or 'none'}.")
    if found is None:
        raise NoTable("There is no table to read rows of; the page of the file tells why.")
    return found


def described(entry: Entry, file: FileRecord, stored: Mapping[str, Kind]) -> tuple[Column, ...]:
    """Return the stored columns with what was declared about them, else what was found."""
    distribution, found = entry.distribution(file.distribution), found_schema(file)
    fields = {field.name: field for field in (found.fields if found else ())}
    if distribution and distribution.table_schema:
        fields |= {field.name: field for field in distribution.table_schema.fields}
    return tuple(Column(fields.get(name) or Field(name=name), kind) for name, kind in stored.items())
