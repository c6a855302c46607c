"""The closed language of filters: `"depth" > 5 AND ("city" = 'Алматы' OR NOT "checked" IS NULL)`, and of orders.

Columns stand in double quotes, texts in single ones, a quote inside is doubled. Comparisons: = <> > >= < <=, IS [NOT] NULL,
[NOT] IN (…). NOT binds strongest, then AND, then OR. Nothing else is said, so nothing else can be asked.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from catalog.errors import Invalid
from catalog.tables.query.literals import expected, read_value
from catalog.tables.query.page import Column, Kind
from catalog.tables.query.tokens import Token, tokens, wrong
from catalog.tables.query.tree import And, Comparison, Condition, Membership, Missing, Not, Or, Order, Value

T = TypeVar("T")

TERMS, DEPTH, ORDERS = 100, 20, 4
"""Values in a filter, levels of parentheses and NOT, and columns of an order at most."""
_SIGNS = ("=", "<>", ">", ">=", "<", "<=")


def parse_where(text: str, columns: Mapping[str, Column]) -> Condition | None:
    """Return the tree of a filter, None for an empty one; raises Invalid that says where and what is expected."""
    reader = _Reader(text, "where", columns)
    return reader.whole(reader.condition) if text.strip() else None


def parse_orderby(text: str, columns: Mapping[str, Column]) -> tuple[Order, ...]:
    """Return the order of `"a" DESC, "b"`; raises Invalid."""
    reader = _Reader(text, "orderby", columns)
    return reader.whole(reader.orders) if text.strip() else ()


class _Reader:
    """Reads from left to right, one word ahead."""

    def __init__(self, text: str, parameter: str, columns: Mapping[str, Column]) -> None:
        self._parameter, self._columns = parameter, columns
        self._rest = tokens(text, parameter)
        self._token, self._terms = next(self._rest), 0

    def whole(self, read: Callable[[], T]) -> T:
        found = read()
        if self._token.kind != "end":
            raise self._wrong("the end, AND or OR" if self._parameter == "where" else "the end or a comma")
        return found

    def condition(self, depth: int = 0) -> Condition:
        parts = [self._conjunction(depth)]
        while self._took("OR"):
            parts.append(self._conjunction(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def orders(self) -> tuple[Order, ...]:
        found = [self._order()]
        while self._took(","):
            if len(found) == ORDERS:
                raise self._wrong(f"at most {ORDERS} columns to sort by")
            found.append(self._order())
        return tuple(found)

    def _order(self) -> Order:
        name = self._column().name
        return Order(name, self._took("DESC") or (self._took("ASC") and False))

    def _conjunction(self, depth: int) -> Condition:
        parts = [self._negation(depth)]
        while self._took("AND"):
            parts.append(self._negation(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _negation(self, depth: int) -> Condition:
        if depth > DEPTH:
            raise self._wrong(f"at most {DEPTH} levels of parentheses and NOT")
        if self._took("NOT"):
            return Not(self._negation(depth + 1))
        if self._took("("):
            inner = self.condition(depth + 1)
            self._must(")")
            return inner
        return self._predicate(self._column())

    def _predicate(self, column: Column) -> Condition:
        if self._took("IS"):
            refused = self._took("NOT")
            self._must("NULL")
            return Not(Missing(column.name)) if refused else Missing(column.name)
        if self._took("NOT"):
            self._must("IN")
            return Not(self._membership(column))
        if self._took("IN"):
            return self._membership(column)
        if self._token.text not in _SIGNS or self._token.kind != "sign":
            raise self._wrong("one of = <> > >= < <=, IS NULL, IS NOT NULL or IN (…)")
        return Comparison(column.name, self._next().text, self._value(column))

    def _membership(self, column: Column) -> Membership:
        self._must("(")
        values = [self._value(column)]
        while self._took(","):
            values.append(self._value(column))
        self._must(")")
        return Membership(column.name, tuple(values))

    def _column(self) -> Column:
        if self._token.kind != "name":
            raise self._wrong('a column in double quotes, such as "name"')
        column = self._columns.get(self._token.text)
        if column is None:
            raise self._wrong("a column of this table (" + ", ".join(f'"{name}"' for name in list(self._columns)[:20]) + ")")
        self._next()
        return column

    def _value(self, column: Column) -> Value:
        self._terms += 1
        if self._terms > TERMS:
            raise self._wrong(f"at most {TERMS} values")
        token = self._token
        bare = token.kind == "number" or (token.kind == "word" and column.kind is Kind.BOOLEAN)
        fits = token.kind == "text" or (bare and column.kind is not Kind.TEXT)
        value = read_value(column.kind, token.text) if fits else None
        if value is None:
            raise self._wrong(f'{expected(column.kind)} for the column "{column.name}"')
        self._next()
        return value

    def _took(self, word: str) -> bool:
        """Go on where the next word is this one; words of the language may be written in any case."""
        if self._token.kind in ("word", "sign") and self._token.text.upper() == word:
            self._next()
            return True
        return False

    def _must(self, word: str) -> None:
        if not self._took(word):
            raise self._wrong(f"{word!r}")

    def _next(self) -> Token:
        token, self._token = self._token, next(self._rest, self._token)
        return token

    def _wrong(self, expected: str) -> Invalid:
        return wrong(self._parameter, self._token.place, expected, self._token.shown)
