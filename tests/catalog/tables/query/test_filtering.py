"""A filtered page holds exactly the rows that plain Python says it should."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.access import VISITOR
from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings
from catalog.tables.query import warm
from catalog.tables.query.page import Kind
from catalog.tables.query.tree import And, Comparison, Condition, Membership, Missing, Not, Or, Order
from tests.catalog.tables.query.oracle import holds, ordered
from tests.catalog.tables.query.stored import FILE, NAME, copies, publish, put

VALUES: dict[str, tuple[pyarrow.DataType, list[Any]]] = {
    "count": (pyarrow.int64(), [0, 1, -1, 5, 2**53 + 1, 2**63 - 1, -(2**63)]),
    "Count": (pyarrow.int64(), [0, 1, 7]),
    "level": (pyarrow.float64(), [0.0, -0.0, 0.1, 0.30000000000000004, 1e300, -2.5, float("nan"), float("inf"), float("-inf")]),
    "price": (pyarrow.decimal128(20, 2), [Decimal("0.10"), Decimal("-1.00"), Decimal("999999999999999999.99")]),
    "open": (pyarrow.bool_(), [True, False]),
    "day": (pyarrow.date32(), [date(1, 1, 1), date(2000, 2, 29), date(9999, 12, 31)]),
    "at": (pyarrow.timestamp("us"), [datetime(1999, 12, 31, 23, 59, 59, 999999), datetime(2026, 1, 1)]),
    "zoned": (pyarrow.timestamp("us", "Asia/Almaty"), [datetime(2026, 1, 1, 5), datetime(1970, 1, 1)]),
    "hour": (pyarrow.time64("us"), [time(0), time(23, 59, 59)]),
    'a "name"': (pyarrow.string(), ["", "a", "A", "Алматы", "АЛМАТЫ", "қала", "'", '"', "100%", "_", "\\", "x\0y", "🏙"]),
    "file_row_number": (pyarrow.string(), ["1", "2"]),
    "c0": (pyarrow.string(), ["first", "second"]),
}
KINDS = dict(zip(VALUES, (
    Kind.INTEGER, Kind.INTEGER, Kind.NUMBER, Kind.DECIMAL, Kind.BOOLEAN, Kind.DATE, Kind.DATETIME, Kind.DATETIME, Kind.TIME,
    Kind.TEXT, Kind.TEXT, Kind.TEXT,
), strict=True))  # fmt: skip
SIZES = (0, 1, 60, 2_500)


def _table(size: int) -> pyarrow.Table:
    chance = random.Random(size)
    columns = {name: [chance.choice([None, *values]) for _ in range(size)] for name, (_, values) in VALUES.items()}
    return pyarrow.table({name: pyarrow.array(columns[name], kind) for name, (kind, _) in VALUES.items()})


def _rows(size: int) -> list[tuple[int, dict[str, Any]]]:
    chance = random.Random(size)
    columns = {name: [chance.choice([None, *values]) for _ in range(size)] for name, (_, values) in VALUES.items()}
    return [(n, {name: values[n] for name, values in columns.items()}) for n in range(size)]


ROWS = {size: _rows(size) for size in SIZES}


@pytest.fixture(scope="module", params=["parquet", "copy"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    opened = open_catalog(Settings(home=tmp_path_factory.mktemp("rows")))
    publish(opened)
    put(opened, **{f"n{size}": _table(size) for size in SIZES})
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "copy":
            patch.setattr(warm, "ROWS", 0)
            copies(opened)
        yield opened
        opened.close()


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value) if isinstance(value, int | float | Decimal) else f"'{value.isoformat()}'"


def _asked(name: str) -> st.SearchStrategy[Any]:
    given = [value for value in VALUES[name][1] if not (isinstance(value, float) and value - value != 0)]
    if KINDS[name] is Kind.INTEGER:
        return st.sampled_from([*given, Decimal("0.5"), Decimal("-1.25"), 10**25])
    if KINDS[name] is Kind.DECIMAL:
        return st.sampled_from([*given, Decimal("0.1"), Decimal("0.101"), Decimal(10**25)])
    return st.sampled_from([*given, "'' OR 1=1 --", "алм"] if KINDS[name] is Kind.TEXT else given)


def _predicates(name: str) -> st.SearchStrategy[Condition]:
    signs = st.sampled_from(["=", "<>", ">", ">=", "<", "<="])
    return st.one_of(
        st.builds(Comparison, st.just(name), signs, _asked(name)),
        st.builds(Membership, st.just(name), st.lists(_asked(name), min_size=1, max_size=3).map(tuple)),
        st.just(Missing(name)),
    )


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from(list(VALUES)).flatmap(_predicates),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
ORDERS = st.lists(st.builds(Order, st.sampled_from(list(VALUES)), st.booleans()), max_size=2, unique_by=lambda o: o.column)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(condition: Condition) -> str:
    if isinstance(condition, Comparison):
        return f"{_name(condition.column)} {condition.operator} {_literal(condition.value)}"
    if isinstance(condition, Membership):
        return f"{_name(condition.column)} IN ({', '.join(map(_literal, condition.values))})"
    if isinstance(condition, Missing):
        return f"{_name(condition.column)} IS NULL"
    if isinstance(condition, Not):
        return f"NOT ({_text(condition.part)})"
    return (" AND " if isinstance(condition, And) else " OR ").join(f"({_text(part)})" for part in condition.parts)


@settings(deadline=None)
@given(CONDITIONS, ORDERS, st.sampled_from(SIZES), st.sampled_from([0, 1, 30]))
def test_filters_mean_what_plain_python_says(
    filled: Catalog, condition: Condition, orders: list[Order], size: int, offset: int
) -> None:
    passed = ordered([row for row in ROWS[size] if holds(condition, row[1])], tuple(orders))
    orderby = ", ".join(_name(order.column) + (" DESC" if order.descending else "") for order in orders)
    page = filled.rows.page(
        VISITOR, NAME, FILE, where=_text(condition), orderby=orderby, offset=offset, length=50, split=f"n{size}"
    )
    assert page.total == len(passed)
    assert [row.number for row in page.rows] == [number for number, _ in passed[offset : offset + 50]]


@settings(deadline=None)
@given(st.sampled_from(SIZES), st.integers(0, 2_600), st.integers(-1, 200))
def test_plain_and_filtered_pages_show_the_same_values(filled: Catalog, size: int, offset: int, length: int) -> None:
    read = filled.rows.page(VISITOR, NAME, FILE, offset=offset, length=length, split=f"n{size}")
    everything = '"count" IS NULL OR "count" IS NOT NULL'
    asked = filled.rows.page(VISITOR, NAME, FILE, where=everything, offset=offset, length=length, split=f"n{size}")
    assert read == asked
    assert len(read.rows) == max(0, min(length, 100, size - offset))


@pytest.mark.parametrize(
    ("query", "found"),
    [("ҚАЛА", {"қала"}), ("алм", {"Алматы", "АЛМАТЫ"}), ("a", {"a", "A"}), ("%", {"100%"}), ("_", {"_"}), ("\\", {"\\"})],
)
def test_search_finds_words_in_any_case_and_script(filled: Catalog, query: str, found: set[str]) -> None:
    page = filled.rows.page(VISITOR, NAME, FILE, query=query, split="n60")
    place = list(VALUES).index('a "name"')
    assert {row.values[place] for row in page.rows} == found
    assert page.total == sum(row['a "name"'] in found for _, row in ROWS[60])


def test_every_word_must_stand_in_the_row(filled: Catalog) -> None:
    assert filled.rows.page(VISITOR, NAME, FILE, query="алматы second", split="n2500").total == sum(
        (row['a "name"'] or "").lower() == "алматы" and row["c0"] == "second" for _, row in ROWS[2_500]
    )


def test_a_path_in_a_text_is_only_a_text(filled: Catalog, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    where = f"\"c0\" = 'read_csv(''{tmp_path}/secret.csv'')'"
    assert filled.rows.page(VISITOR, NAME, FILE, where=where, split="n60").total == 0
