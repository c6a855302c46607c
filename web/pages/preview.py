"""The rows of a table on the page of its file: the first few, then by the hundred, sorted, searched and filtered by links."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from catalog.errors import Invalid, NotFound
from catalog.tables.query.page import RowPage
from schemas.table import Field
from web.catalog import catalog, current_actor
from web.pages.filters import quoted
from web.template_tools import machine
from web.whole import whole

FIRST, PAGE = 20, 100
"""Rows shown at first, and rows of a numbered page."""
CELL = 300
"""Letters of a cell that are shown; files and API have all of them."""
WORDS = 1000
"""Letters of a filter or a search."""
RIGHT = frozenset({"integer", "number", "year"})
FORMS = {"csv": "CSV", "json": "JSON", "parquet": "Parquet"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for: `where` and `sort` in the grammar of the rows API, `query` words; page 0 is the first rows."""

    where: str = ""
    query: str = ""
    sort: str = ""
    page: int = 0

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wish":
        """Return the wish of a query string; whatever is no page number is the first page."""
        words = {key: given.get(key, "").strip()[:WORDS] for key in ("where", "query", "sort")}
        return cls(**words, page=whole(given.get("page")))

    @property
    def narrow(self) -> bool:
        """Tell whether only some rows are wished for."""
        return bool(self.where or self.query)

    def parameters(self, **changes: Any) -> dict[str, Any]:
        """Return the parts of the address that say something, with changes."""
        return {key: value for key, value in {**asdict(self), **changes}.items() if value}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: `sorted` is `ascending`, `descending` or empty, `href` sorts the other way."""

    column: Field
    right: bool
    sorted: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row: `number` counts from 1 in the whole table; `href` leads to it for good."""

    number: int
    href: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Some rows with the links around them; `problem` says in their place what is wrong with the wish."""

    wish: Wish
    heads: tuple[Head, ...] = ()
    lines: tuple[Line, ...] = ()
    total: int = 0
    first: int = 0
    truncated: bool = False
    problem: str = ""

    @property
    def past(self) -> bool:
        """Tell whether the page wished for is behind the last one."""
        return self.wish.page > max(1, self.pages)

    @property
    def last(self) -> int:
        """Return the place of the last row shown among those wished for; `first` is that of the first."""
        return self.first + len(self.lines) - 1

    @property
    def example(self) -> str:
        """Return a filter that this table understands."""
        columns = [head.column for head in self.heads]
        number = next((column for column in columns if column.type in RIGHT), None)
        return f"{quoted(number.name)} >= 10" if number else f"{quoted(columns[0].name)} = 'A'" if columns else ""

    @property
    def pages(self) -> int:
        """Return how many numbered pages there are."""
        return -(-self.total // PAGE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table is shown: its dataset, its file, the path of its page; `kept` are parts that every address there keeps."""

    name: str
    distribution: str
    path: str
    kept: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def at(cls, name: str, distribution: str, kept: Mapping[str, Any] | None = None) -> "Place":
        """Return the place of a file's table."""
        return cls(name, distribution, url_for("file.show", name=name, distribution=distribution), kept or {})

    def address(self, parameters: Mapping[str, Any], anchor: str = "preview") -> str:
        """Return the address of the page with parameters."""
        words = urlencode({**self.kept, **parameters})
        return f"{self.path}{words and '?'}{words}#{anchor}"

    def filtered(self, where: str) -> str:
        """Return the address of the rows that pass a filter."""
        return self.address({"where": where})

    def exports(self, wish: Wish) -> list[tuple[str, str]]:
        """Return the forms in which the rows wished for are downloaded, with their addresses."""
        start = machine("dataset", self.name, "resource", self.distribution)
        words = {"where": wish.where, "query": wish.query, "orderby": wish.sort}
        asked = urlencode({key: value for key, value in words.items() if value})
        return [(title, f"{start}/rows.{form}{asked and '?'}{asked}") for form, title in FORMS.items()]


def preview(place: Place, wish: Wish, shown: Sequence[Field]) -> Preview | None:
    """Return the rows wished for, in the columns shown; None where the file has no table to read rows of."""
    offset, length = (max(0, wish.page - 1) * PAGE, PAGE) if wish.page else (0, FIRST)
    try:
        found = catalog().rows.page(
            current_actor(), place.name, place.distribution, offset=offset, length=length,
            where=wish.where, orderby=wish.sort, query=wish.query,
        )  # fmt: skip
    except NotFound:
        return None
    except Invalid as error:
        return Preview(wish, tuple(_head(place, wish, one) for one in shown), problem=_said(error))
    names = {one.name for one in shown}
    indexes = [index for index, column in enumerate(found.columns) if column.name in names]
    heads = tuple(_head(place, wish, found.columns[index].field) for index in indexes)
    return Preview(wish, heads, tuple(_lines(place, found, indexes)), found.total, offset + 1, found.truncated)


def _said(error: Invalid) -> str:
    said = [problem.message for problem in error.problems if problem.message] or [str(error)]
    return " ".join(said[:3]) or _("This filter cannot be used.")


def _head(place: Place, wish: Wish, column: Field) -> Head:
    rising, falling = quoted(column.name), f"{quoted(column.name)} DESC"
    now = {rising: "ascending", falling: "descending"}.get(wish.sort, "")
    other = falling if now == "ascending" else rising
    href = place.address(replace(wish, sort=other, page=min(wish.page, 1)).parameters())
    return Head(column, column.type in RIGHT, now, href)


def _lines(place: Place, found: RowPage, indexes: Sequence[int]) -> list[Line]:
    return [
        Line(row.number + 1, _row_address(place, row.number), tuple(_cell(row.values[index]) for index in indexes))
        for row in found.rows
    ]


def _row_address(place: Place, number: int) -> str:
    return place.address({"page": number // PAGE + 1}, f"row-{number + 1}")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    words = str(value).lower() if isinstance(value, bool) else str(value)
    return words if len(words) <= CELL else words[:CELL] + "…"
