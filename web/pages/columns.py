"""Which columns of a wide table a page shows: those whose name holds the words given, some at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from schemas.table import Field
from schemas.texts import pick
from web.languages import current_language

MOST = 24
"""Columns shown at once; more would not fit the page's budget of bytes."""
WORDS = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns shown: `fields`, from number `start` (from 1) on of `found` that fit the `words`, of `total`."""

    fields: tuple[Field, ...]
    words: str
    start: int
    found: int
    total: int

    @property
    def wide(self) -> bool:
        """Tell whether there is anything to choose."""
        return self.total > MOST

    @property
    def last(self) -> int:
        """Return the number of the last column shown."""
        return self.start + len(self.fields) - 1

    @property
    def earlier(self) -> int:
        """Return where the columns before these start, 0 where there are none."""
        return max(1, self.start - MOST) if self.start > 1 else 0

    @property
    def later(self) -> int:
        """Return where the columns after these start, 0 where there are none."""
        return self.last + 1 if self.last < self.found else 0

    def query(self, start: int) -> str:
        """Return the query string that shows the columns from another start."""
        return urlencode(self.parameters(start))

    def parameters(self, start: int = 0) -> dict[str, Any]:
        """Return the parts of the address that choose these columns, or those from another start."""
        chosen = {"columns": self.words, "from": start or self.start}
        return {key: value for key, value in chosen.items() if value not in ("", 1)}


def choice(fields: Sequence[Field], given: Mapping[str, str]) -> Choice:
    """Return the columns that a query string asks for; a start beyond the end is the first."""
    words = given.get("columns", "").strip()[:WORDS]
    found = [field for field in fields if words.casefold() in _names(field)] if words else list(fields)
    asked = given.get("from", "")
    start = int(asked) if asked.isdecimal() and 0 < int(asked[:8]) <= len(found) else 1
    return Choice(tuple(found[start - 1 : start - 1 + MOST]), words, start, len(found), len(fields))


def _names(field: Field) -> str:
    title = pick(field.title, current_language()).words if field.title else ""
    return f"{field.name} {title}".casefold()
