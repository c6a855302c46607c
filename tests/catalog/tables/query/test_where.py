"""The filter language is closed: what it says is read into a tree, everything else is refused with its place."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import Invalid
from catalog.tables.query.page import Column, Kind
from catalog.tables.query.tree import And, Comparison, Membership, Missing, Not, Or, Order
from catalog.tables.query.where import parse_orderby, parse_where
from schemas.table import Field

COLUMNS = {kind.value: Column(Field(name=kind.value), kind) for kind in Kind} | {'o"dd': Column(Field(name='o"dd'), Kind.TEXT)}


def said(text: str) -> str:
    with pytest.raises(Invalid) as refused:
        parse_where(text, COLUMNS)
    return str(refused.value)


def test_not_binds_before_and_and_before_or() -> None:
    one, two, three = (Comparison("integer", "=", n) for n in (1, 2, 3))
    assert parse_where('"integer" = 1 OR NOT "integer" = 2 and "integer" = 3', COLUMNS) == Or((one, And((Not(two), three))))
    assert parse_where('("integer" = 1 OR "integer" = 2) AND "integer" = 3', COLUMNS) == And((Or((one, two)), three))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("\"text\" = 'O''Brien'", Comparison("text", "=", "O'Brien")),
        ('"o""dd" <> \'\'', Comparison('o"dd', "<>", "")),
        ('"integer" >= -5', Comparison("integer", ">=", -5)),
        ('"integer" < 2.5', Comparison("integer", "<", Decimal("2.5"))),
        ("\"integer\" = '7'", Comparison("integer", "=", 7)),
        ('"number" = 1e3', Comparison("number", "=", 1000.0)),
        ('"decimal" > .10', Comparison("decimal", ">", Decimal("0.10"))),
        ('"boolean" = TRUE', Comparison("boolean", "=", True)),
        ("\"date\" <= '2026-11-23'", Comparison("date", "<=", date(2026, 11, 23))),
        ("\"datetime\" > '2026-11-23T17:00:00+05:00'", Comparison("datetime", ">", datetime(2026, 11, 23, 12))),
        ("\"text\" IN ('a', 'b')", Membership("text", ("a", "b"))),
        ("\"text\" NOT IN ('a')", Not(Membership("text", ("a",)))),
        ('"other" IS NOT NULL', Not(Missing("other"))),
    ],
)
def test_values_are_read_as_what_the_column_holds(text: str, tree: object) -> None:
    assert parse_where(text, COLUMNS) == tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"nothing" = 1', "at character 1: expected a column of this table"),
        ("\"integer\" = 'many'", "at character 13: expected a number such as 5"),
        ('"text" = 5', "at character 10: expected a text in single quotes"),
        ('"text" = "integer"', "at character 10: expected a text in single quotes"),
        ("\"date\" = '2026'", "at character 10: expected a date such as"),
        ('"number" = 1e999', "expected a number such as 2.5"),
        ('"integer" = 1e99', "expected a number such as 5"),
        ("\"other\" = '[]'", "expected IS NULL or IS NOT NULL"),
        ('"text" = \'open', "at character 10: expected a closing quote"),
        ('"integer" = 1 "integer" = 2', "at character 15: expected the end, AND or OR"),
        ('("integer" = 1', "at character 15: expected ')', found the end"),
        ('"integer" LIKE 1', "expected one of ="),
        ("1 = 1", "at character 1: expected a column in double quotes"),
        ('"integer" = 1; DROP TABLE stored', "at character 14: expected a"),
        ("\"text\" = 'a' -- rest", "found '-'"),
        ("\"text\" = ts_rewrite('a', 'select 1')", "at character 10: expected a text in single quotes"),
        ('"integer" = (SELECT 1)', "expected a number such as 5"),
        ("NOT " * 50 + '"integer" = 1', "at most 20 levels"),
        ("(" * 50, "at most 20 levels"),
        (" OR ".join(['"integer" = 1'] * 101), "at most 100 values"),
        ('"integer" = ' + "1" * 5000, "at most 4,000 characters"),
        ("\"text\" = '\ud800'", "a text in single quotes"),
    ],
)
def test_what_is_not_of_the_language_is_refused_with_its_place(text: str, expected: str) -> None:
    assert expected in said(text)


def test_an_empty_filter_asks_for_everything() -> None:
    assert parse_where("  ", COLUMNS) is None
    assert parse_orderby("", COLUMNS) == ()


def test_orders_are_columns_with_a_direction() -> None:
    assert parse_orderby('"text" desc, "date" ASC,"integer"', COLUMNS) == (Order("text", True), Order("date"), Order("integer"))
    for wrong in ('"text" DOWN', "text", '"text",', '"text" DESC; SELECT 1', ",".join(['"text"'] * 5)):
        with pytest.raises(Invalid):
            parse_orderby(wrong, COLUMNS)


WORDS = st.sampled_from([
    '"integer"', '"text"', '"boolean"', '"date"', '"no"', "'", '"', "(", ")", "=", "<>", "<", "AND", "OR", "NOT", "IN", "IS",
    "NULL", "1", "-2.5", "1e5", "'x'", "true", ",", ";", "--", "/*", "\0", "\\", " ", "é", "٣", "\ud800",
])  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=30).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_where, parse_orderby):
        try:
            parse(text, COLUMNS)
        except Invalid as refused:
            assert refused.problems[0].message == str(refused)
