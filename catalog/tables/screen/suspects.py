"""Finds the rows that Frictionless must look at: with a wrong cell, of another width, blank, or with a repeated unique value."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy
import polars

from catalog.tables.screen.blocks import Block, Blocks
from catalog.tables.screen.doubt import Column
from catalog.tables.screen.tokens import Places, Records, Tokens
from catalog.tables.screen.unique import Repeats, Runs


@dataclass(frozen=True, slots=True)
class Suspect:
    """A row for Frictionless. `ends`: to tell where it ends, the end of the file was read."""

    number: int
    cells: list[str]
    ends: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """A unique value and the latest row that held it, told before the row where it comes again."""

    field: str
    value: int
    number: int


Watch = Callable[[Records, Sequence[polars.Series | None]], object]
"""Takes the records of a block, and which texts of each column are certainly fine where that was told (null counts as false)."""


class Screen:
    """Reads the data rows of a table once. `rows` and `errors` (by column and code) are those of what was read so far.

    `watch` sees every block; `ended` tells that all were read.
    """

    def __init__(self, blocks: Blocks, tokens: Tokens, columns: Sequence[Column], first: int, watch: Watch) -> None:
        self._blocks, self._tokens, self._columns = blocks, tokens, columns
        self._first, self._watch = first, watch
        self.rows, self.ended = 0, False
        self.errors: Counter[tuple[str, str]] = Counter()
        self._runs = {index: Runs() for index, column in enumerate(columns) if column.unique}

    def __iter__(self) -> Iterator[Suspect | Earlier]:
        for block in self._blocks:
            yield from self._block(block)
        self.ended = True

    def _block(self, block: Block) -> Iterator[Suspect | Earlier]:
        records = self._tokens.records(block, self._blocks)
        base, self.rows = self._first + self.rows, self.rows + records.count
        suspects = dict(records.odd) | self._wrong(records)
        self._watch(records, [column.sure for column in self._columns])
        if base == self._first and records.count and 0 not in suspects:
            suspects[0] = records.cells(0)  # Frictionless looks at the limit of errors after a row: the labels' errors need one
        repeats = [(self._columns[index].name, self._repeats(index, records, base)) for index in self._runs]
        earlier: dict[int, list[Earlier]] = {}
        for name, found in repeats:
            for value, row, before in zip(found.values.tolist(), found.rows.tolist(), found.before.tolist(), strict=True):
                earlier.setdefault(row - base, []).append(Earlier(name, value, before))
                self.errors[name, "unique-error"] += 1
        for place in earlier.keys() - suspects.keys():
            suspects[place] = records.cells(place if records.places is None else int(numpy.searchsorted(records.places, place)))
        for _, cells in records.odd:
            self._count(cells)
        for place in sorted(suspects):
            yield from earlier.get(place, ())
            ends = block.last and records.unended and place == records.count - 1
            yield Suspect(base + place, suspects[place], ends)

    def _wrong(self, records: Records) -> dict[int, list[str]]:
        """Return the rows of full width that have a wrong cell or are blank, by their place in the block; count their errors."""
        rows = [blank := self._blank(records.columns)]
        blanks = set(blank.tolist())
        if blanks:
            self.errors["", "blank-row"] += len(blanks)
        for column, texts in zip(self._columns, records.columns, strict=True):
            if wrong := column.wrong(texts):
                rows.append(numpy.array(wrong, numpy.int64))
                for row, text in zip(wrong, texts.gather(wrong).to_list(), strict=True):
                    if row not in blanks:
                        self.errors.update((column.name, code) for code in column.codes(text))
        indices = numpy.unique(numpy.concatenate(rows)).astype(numpy.int64)
        if not len(indices):
            return {}
        places = indices if records.places is None else records.places[indices]
        cells = zip(*(texts.gather(indices).to_list() for texts in records.columns), strict=True)
        return dict(zip(places.tolist(), map(list, cells), strict=True))

    def _blank(self, columns: list[polars.Series]) -> Places:
        blank: polars.Series | None = None
        for column, texts in zip(self._columns, columns, strict=True):
            missing = column.missing(texts)
            blank = missing if blank is None else blank & missing
            if not blank.any():
                return numpy.empty(0, numpy.int64)
        return numpy.empty(0, numpy.int64) if blank is None else blank.arg_true().to_numpy()

    def _repeats(self, index: int, records: Records, base: int) -> Repeats:
        column = self._columns[index]
        values, places = column.integers(records.columns[index])
        if records.places is not None:
            places = records.places[places]
        odd = [(place, column.integer(cells[index])) for place, cells in records.odd if len(cells) > index]
        if extra := [(place, value) for place, value in odd if value is not None]:
            places = numpy.append(places, [place for place, _ in extra])
            values = numpy.append(values, [value for _, value in extra])
            order = numpy.argsort(places)
            values, places = values[order], places[order]
        return self._runs[index].add(values, places + base)

    def _count(self, cells: Sequence[str]) -> None:
        """Count the errors of a row of another width, but for repeats."""
        if all(column.is_missing(cell) for column, cell in zip(self._columns, cells, strict=False)):
            self.errors["", "blank-row"] += 1
            return
        for index, column in enumerate(self._columns):
            for code in column.codes(cells[index] if index < len(cells) else None):
                self.errors[column.name, code] += 1
            if index >= len(cells):
                self.errors[column.name, "missing-cell"] += 1
        if len(cells) > len(self._columns):
            self.errors["", "extra-cell"] += len(cells) - len(self._columns)
