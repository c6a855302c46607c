"""A table of which Frictionless sees only the suspect rows, through its own rows and errors; its report is that of the whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frictionless import errors
from frictionless.resources import TableResource
from frictionless.table.row import Row, create_cell_handlers

from catalog.tables.screen.blocks import Blocks, HandOver
from catalog.tables.screen.doubt import Column
from catalog.tables.screen.fallback import reason_by_fields
from catalog.tables.screen.quicken import quicken
from catalog.tables.screen.suspects import Earlier, Screen, Suspect, Watch
from catalog.tables.screen.tokens import Tokens

quicken()


class ScreenedTable(TableResource):
    """Screens the rows below record `header`, which ends at byte `offset`. Raises HandOver where that cannot be done."""

    def screened(
        self, *, delimiter: str, header: int, offset: int, piece: int, most: int, watch: Watch
    ) -> "ScreenedTable":  # fmt: skip
        """Set what to screen; returns the table itself."""
        self._watch = watch
        self._delimiter, self._header, self._offset, self._piece, self._most = delimiter, header, offset, piece, most
        self.screen: Screen | None = None
        self._replay: Iterator[Row] | None = None
        return self

    @property
    def row_stream(self) -> Iterator[Row]:
        """The suspect rows, with the errors that Frictionless finds in them."""
        if self._replay is None:
            self._replay = self._rows()
        return self._replay

    def _rows(self) -> Iterator[Row]:
        fields = self.header.get_expected_fields()
        if reason := reason_by_fields(fields, self.labels):
            raise HandOver(reason)
        handlers = create_cell_handlers(fields)
        path = Path(self.basepath or "", self.path or "")
        blocks = Blocks(path, self._offset, self._delimiter, self._piece, self._most)
        columns = [Column(field, handlers[field.name].reader) for field in fields]
        self.screen = Screen(blocks, Tokens(len(fields), self._delimiter), columns, self._header + 1, self._watch)
        self.screen.errors.update((getattr(error, "field_name", ""), error.type) for error in self.header.errors)
        self._suspects = iter(self.screen)
        seen: dict[str, dict[Any, int]] = {column.name: {} for column in columns if column.unique}
        for item in self._suspects:
            if isinstance(item, Earlier):
                seen[item.field][item.value] = item.number
                continue
            if item.ends:
                self._fill(blocks)
            self.stats.rows = item.number - self._header
            yield _row(item, handlers, seen)
        self._fill(blocks)
        self.stats.rows = self.screen.rows

    def _fill(self, blocks: Blocks) -> None:
        self.stats.bytes, self.stats.md5, self.stats.sha256 = blocks.size, blocks.md5, blocks.sha256

    def read_on(self) -> None:
        """Read the rows that a limit of errors left unread, only to count."""
        for _ in self._suspects:
            pass


def _row(item: Suspect, handlers: Any, seen: dict[str, dict[Any, int]]) -> Row:
    """Return the row with what Frictionless' own stream adds to it, in the same order."""
    row = Row(item.cells, handlers=handlers, row_number=item.number)
    for name, numbers in seen.items():
        value = row[name]
        if value is None:
            continue
        before, numbers[value] = numbers.get(value), item.number
        if before:
            note = f"the same as in the row at position {before}"
            row.errors.append(errors.UniqueError.from_row(row, note=note, field_name=name))
    return row
