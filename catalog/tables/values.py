"""From the texts of a column to typed values: Frictionless' reader decides what a text means wherever that is not certain."""

from collections.abc import Callable
from typing import Any

import polars
from frictionless import Field

from catalog.tables.screen.acceptors import acceptor
from catalog.tables.storage import TEXT, Needs, Storage, Unfit, form_of

_REMEMBERED, _SHORT = 300_000, 200
_REFUSED = object()


class Column:
    """Types the texts of one field, block by block. `invalid` counts the cells that became null though they are wrong.

    `storage` is None until a first value decides. `unfit` is set when a value turns up that the storage cannot hold:
    then `survey` every block, `settle`, and begin again.
    """

    def __init__(self, field: Field) -> None:
        self.field = field
        self.form = form_of(field)
        self.storage: Storage | None = self.form.first
        self.invalid = 0
        self.unfit = False
        self._read: Callable[[Any], tuple[Any, Any]] = field.create_cell_reader()
        self._accept = acceptor(field)
        own = field.missing_values if field.has_defined("missing_values") or not field.schema else field.schema.missing_values
        self._missing = [text for text in own if isinstance(text, str)]
        self._known: dict[str, Any] = {}
        self._needs: Needs = ()

    @property
    def rounded(self) -> bool:
        """Whether numbers lost digits."""
        return self.storage is not None and self.storage.rounded

    def typed(self, texts: polars.Series, accepted: polars.Series | None = None) -> polars.Series:
        """Return the values of a block's texts (null where a row has no such cell); null where there is none or a wrong one.

        `accepted` is what the acceptor tells of these texts, where that is known.
        """
        if texts.is_empty():
            return polars.Series(texts.name, [], dtype=(self.storage or self._first(texts)).kind)
        missing = self._without_value(texts)
        sure = self._sure(texts, missing, accepted)
        storage = self.storage = self.storage or self._first(texts.filter(~missing))
        try:
            values = self.form.cast(texts if sure.all() else texts.set(~sure, None), storage, self.field)
            doubt = ~(sure | missing)
            if doubt.any():
                values = values.zip_with(~doubt, self._answers(texts.set(~doubt, None), storage))
        except Unfit:
            self.unfit = True
            return texts
        self.invalid += values.null_count() - (0 if self.field.required else int(missing.sum()))
        return values

    def survey(self, texts: polars.Series) -> None:
        """Find what the values of a block need of their storage."""
        for text in texts.filter(~self._without_value(texts)).unique():
            if (value := self._value(text)) is not _REFUSED:
                needs = self.form.needs(value)
                self._needs = tuple(map(max, self._needs, needs)) if self._needs else needs

    def settle(self) -> None:
        """Take the storage for what the survey found, and begin again."""
        if self.unfit:
            self.storage, self.unfit = self.form.store(self._needs), False
        self.invalid = 0

    def _without_value(self, texts: polars.Series) -> polars.Series:
        empty = texts == "" if self._missing == [""] else texts.is_in(self._missing)
        return texts.is_null() | empty.fill_null(True) if texts.null_count() else empty

    def _sure(self, texts: polars.Series, missing: polars.Series, accepted: polars.Series | None) -> polars.Series:
        if self._accept is None:
            return polars.zeros(len(texts), polars.Boolean, eager=True)
        sure = self._accept(texts) if accepted is None else accepted
        return (sure.fill_null(False) if sure.null_count() else sure) & ~missing

    def _first(self, texts: polars.Series) -> Storage:
        values = (self._value(text) for text in texts)
        found = next((value for value in values if value is not _REFUSED), None)
        return self.form.store((1, 0) if found is None else self.form.needs(found))

    def _answers(self, texts: polars.Series, storage: Storage) -> polars.Series:
        """Return what the reader makes of the texts; null for the wrong ones."""
        doubtful = texts.drop_nulls().unique()
        answers = [self._value(text) for text in doubtful]
        if storage == TEXT:
            wrong = [text for text, answer in zip(doubtful, answers, strict=True) if answer is _REFUSED]
            return texts.set(texts.is_in(wrong).fill_null(False), None) if wrong else texts
        values = [None if answer is _REFUSED else self.form.fit(answer, storage) for answer in answers]
        made = polars.Series(values, dtype=storage.kind)
        return texts.replace_strict(doubtful, made, default=None, return_dtype=storage.kind)

    def _value(self, text: str) -> Any:
        found = self._known.get(text)
        if found is None:
            found = self._judged(text)
            if len(text) <= _SHORT:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[text] = found
        return found

    def _judged(self, text: str) -> Any:
        try:
            value, notes = self._read(text)
        except Exception:  # a value that a constraint cannot be compared with, such as sNaN
            return _REFUSED
        return _REFUSED if notes or value is None else value
