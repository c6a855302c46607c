"""One column of a table: which texts are wrong, by an acceptor first and where that doubts by Frictionless' own cell reader."""

from collections.abc import Callable
from typing import Any

import numpy
import polars
from frictionless import Field

from catalog.tables.screen.acceptors import INT64, acceptor, integers
from catalog.tables.screen.blocks import HandOver
from catalog.tables.screen.unique import Integers

_REMEMBERED = 300_000
Read = Callable[[Any], tuple[Any, dict[str, str] | None]]


class Column:
    """Screens the texts of a field; `read` is the reader that Frictionless made for it."""

    def __init__(self, field: Field, read: Read) -> None:
        self.name: str = field.name
        self.unique = bool(field.constraints.get("unique"))
        self._required = bool(field.required)
        self._read = read
        self._accept = acceptor(field)
        self.sure: polars.Series | None = None
        self._known: dict[str | None, tuple[str, ...]] = {}
        values = field.missing_values if field.has_defined("missing_values") or not field.schema else field.schema.missing_values
        self._missing = [value for value in values if isinstance(value, str)]
        self._numeric = integers(polars.Series(self._missing, dtype=polars.String)).null_count() < len(self._missing)

    def wrong(self, texts: polars.Series) -> list[int]:
        """Return the rows whose text the reader refuses; `sure` is then what the acceptor told of the texts, if there is one."""
        if self._accept is None:
            return self._among_distinct(texts)
        sure = self.sure = self._accept(texts)
        if self._required:  # an acceptor does not know missing texts
            sure &= ~self.missing(texts)
        if sure.all(ignore_nulls=False):
            return []
        doubt = (~sure.fill_null(False)).arg_true()
        if len(doubt) > len(texts) // 4:
            return self._among_distinct(texts)
        return [row for row, text in zip(doubt.to_list(), texts.gather(doubt).to_list(), strict=True) if self.codes(text)]

    def _among_distinct(self, texts: polars.Series) -> list[int]:
        wrong = [text for text in texts.unique().to_list() if self.codes(text)]
        rows: list[int] = texts.is_in(wrong).arg_true().to_list() if wrong else []
        return rows

    def missing(self, texts: polars.Series) -> polars.Series:
        """Tell which texts stand for no value."""
        if self._missing == [""]:
            return texts.str.len_bytes() == 0
        return texts.is_in(self._missing)

    def is_missing(self, text: str) -> bool:
        """Tell whether a text stands for no value."""
        return text in self._missing

    def integers(self, texts: polars.Series) -> tuple[Integers, Integers]:
        """Return the values of an integer column and their rows; a row without a value is left out."""
        values = integers(texts)
        if self._numeric:
            values = polars.select(polars.when(~self.missing(texts)).then(values)).to_series()
        if not values.null_count():
            return values.to_numpy(), numpy.arange(len(values))
        rows = values.is_not_null().arg_true().to_numpy().astype(numpy.int64)
        known = values.drop_nulls().to_numpy()
        null = values.is_null().arg_true()
        written = [(row, self.integer(text)) for row, text in zip(null.to_list(), texts.gather(null).to_list(), strict=True)]
        extra = [(row, value) for row, value in written if value is not None]
        if not extra:
            return known, rows
        rows, known = numpy.append(rows, [row for row, _ in extra]), numpy.append(known, [value for _, value in extra])
        order = numpy.argsort(rows)
        return known[order], rows[order]

    def integer(self, text: str) -> int | None:
        """Return what the reader makes of one text; None where it is wrong or missing. Raises HandOver beyond 64 bits."""
        if not text:
            return None
        value: int | None = self._read(text)[0]
        if value is not None and value not in INT64:
            raise HandOver("A unique column holds integers of more than 64 bits.")
        return value

    def codes(self, text: str | None) -> tuple[str, ...]:
        """Return the codes of the errors of one cell; a cell that is not there is None."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[text] = self._judged(text)
        return found

    def _judged(self, text: str | None) -> tuple[str, ...]:
        try:
            notes = self._read(text)[1] or {}
        except Exception:  # Frictionless lets it through, and so will the replay of this row
            return ("unreadable",)
        return tuple("type-error" if kind == "type" else "constraint-error" for kind in notes)
