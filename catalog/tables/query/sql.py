"""DuckDB's SQL for a selection: columns by their place, values as parameters, nothing that anybody wrote."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from catalog.tables.query.page import Kind
from catalog.tables.query.tree import (
    ROW,
    And,
    Comparison,
    Condition,
    Contains,
    Membership,
    Missing,
    Not,
    Or,
    Order,
    Selection,
    Value,
)
from catalog.tables.query.values import CELL

TABLE, NUMBER = "stored", "file_row_number"
"""The view of a file whose columns are c0, c1, …, and DuckDB's number of a row in it, from 0."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What DuckDB is told."""

    text: str
    values: tuple[Value, ...] = ()


def count(places: Mapping[str, int], wanted: Selection) -> Statement:
    """Return the question for how many rows a selection holds; `places` numbers the columns of the file by name."""
    writer = _Writer(places)
    where = writer.where(wanted)
    if not wanted.distinct:
        return writer.statement(f"SELECT count(*) FROM {TABLE}{where}")
    return writer.statement(f"SELECT count(*) FROM (SELECT DISTINCT {', '.join(writer.chosen(wanted))} FROM {TABLE}{where})")


def select(places: Mapping[str, int], wanted: Selection, offset: int, length: int, *, cut: bool = True) -> Statement:
    """Return the question for rows, each led by its number; with `cut`, texts come one character longer than a cell at most."""
    writer = _Writer(places)
    names, shown = writer.chosen(wanted), writer.shown(wanted, cut=cut)
    where, order = writer.where(wanted), writer.order(wanted)
    limit = f" LIMIT {int(length)} OFFSET {int(offset)}"
    if wanted.distinct:
        source = f"(SELECT min({NUMBER}) AS number, {', '.join(names)} FROM {TABLE}{where} GROUP BY {', '.join(names)})"
        return writer.statement(f"SELECT {', '.join(('number', *shown))} FROM {source} ORDER BY {order}number{limit}")
    page = f"SELECT {', '.join((NUMBER, *shown))} FROM {TABLE}"
    if not order:  # as they stand: DuckDB stops reading at the last row of the page
        return writer.statement(f"{page}{where}{limit}")
    order = f" ORDER BY {order}{NUMBER}"  # sorts numbers first, so that other columns are read for the page alone
    return writer.statement(f"{page} WHERE {NUMBER} IN (SELECT {NUMBER} FROM {TABLE}{where}{order}{limit}){order}")


def window(places: Mapping[str, int], wanted: Selection, offset: int, length: int) -> Statement:
    """Return the question for rows as they stand by their numbers, texts as in `select`."""
    writer = _Writer(places)
    among = f"{NUMBER} BETWEEN {int(offset)} AND {int(offset) + int(length) - 1}"
    return writer.statement(f"SELECT {', '.join((NUMBER, *writer.shown(wanted)))} FROM {TABLE} WHERE {among}")


@dataclass(slots=True)
class _Writer:
    """Writes parts of a statement and collects the values in the order of their question marks."""

    places: Mapping[str, int]
    values: list[Value] = field(default_factory=list)

    def shown(self, wanted: Selection, *, cut: bool = True) -> list[str]:
        named = zip(self.chosen(wanted), wanted.columns, strict=True)
        return [f"left({name}, {CELL + 1})" if cut and column.kind is Kind.TEXT else name for name, column in named]

    def statement(self, text: str) -> Statement:
        return Statement(text, tuple(self.values))

    def chosen(self, wanted: Selection) -> list[str]:
        return [self._place(column.name) for column in wanted.columns]

    def order(self, wanted: Selection) -> str:
        return "".join(f"{self._sorted(order)} NULLS LAST, " for order in wanted.order)

    def where(self, wanted: Selection) -> str:
        return f" WHERE {self._condition(wanted.where)}" if wanted.where else ""

    def _sorted(self, order: Order) -> str:
        return f"{self._place(order.column)} {'DESC' if order.descending else 'ASC'}"

    def _condition(self, condition: Condition) -> str:
        write: Callable[..., str] = _WRITERS[type(condition)]
        return write(self, condition)

    def _place(self, name: str) -> str:
        return NUMBER if name == ROW else f"c{self.places[name]}"

    def _value(self, value: Value) -> str:
        self.values.append(value)
        return "?"

    def comparison(self, one: Comparison) -> str:
        return f"({self._place(one.column)} {_OPERATORS[one.operator]} {self._value(one.value)})"

    def membership(self, one: Membership) -> str:
        return f"({self._place(one.column)} IN ({', '.join(map(self._value, one.values))}))"

    def missing(self, one: Missing) -> str:
        return f"({self._place(one.column)} IS NULL)"

    def containment(self, one: Contains) -> str:
        texts = ", ".join(map(self._place, one.columns))
        return f"contains(lower(concat_ws(chr(31), {texts})), lower({self._value(one.word)}))" if texts else "(1 = 0)"

    def negation(self, one: Not) -> str:
        return f"(NOT {self._condition(one.part)})"

    def conjunction(self, one: And) -> str:
        return f"({' AND '.join(map(self._condition, one.parts))})"

    def disjunction(self, one: Or) -> str:
        return f"({' OR '.join(map(self._condition, one.parts))})"


_OPERATORS = {sign: sign for sign in ("=", "<>", ">", ">=", "<", "<=")}
_WRITERS: Mapping[type, Callable[..., str]] = {
    Comparison: _Writer.comparison, Membership: _Writer.membership, Missing: _Writer.missing,
    Contains: _Writer.containment, Not: _Writer.negation, And: _Writer.conjunction, Or: _Writer.disjunction,
}  # fmt: skip
