"""Rows are given to those who may have the file, in pages that stay small, within limits that are said."""

import json
from decimal import Decimal

import pyarrow
import pytest

from catalog.access import VISITOR
from catalog.bootstrap import Catalog
from catalog.errors import Denied, Invalid, NotFound
from catalog.records import PROFILE, Derivative
from catalog.tables.query import filtering
from catalog.tables.query.sql import TABLE
from catalog.tables.query.values import CELL, PAGE
from schemas.access import AccessLevel, AccessRule
from tests.catalog.tables.query.stored import FILE, NAME, keep, publish, put

LEVELS = pyarrow.table({"station": ["Ертіс", "Есіл", None], "level": [1.5, float("nan"), float("inf")]})


def test_a_page_is_rows_with_their_numbers_ready_for_json(catalog: Catalog) -> None:
    publish(catalog)
    put(catalog, whole=LEVELS.append_column("price", pyarrow.array([Decimal("1.10"), None, Decimal("2.00")])))
    page = catalog.rows.page(VISITOR, NAME, FILE, offset=0, length=2)
    assert [(row.number, row.values) for row in page.rows] == [(0, ("Ертіс", 1.5, "1.10")), (1, ("Есіл", None, None))]
    assert ([field.name for field in page.fields], page.total, page.truncated) == (["station", "level", "price"], 3, False)
    json.dumps([row.values for row in page.rows], allow_nan=False)


def test_who_may_not_have_the_file_gets_no_rows_and_no_statistics(catalog: Catalog) -> None:
    publish(catalog, access=AccessRule(level=AccessLevel.CLOSED))
    put(catalog, whole=LEVELS)
    for ask in (catalog.rows.page, catalog.rows.profile, catalog.rows.table):
        with pytest.raises(Denied):
            ask(VISITOR, NAME, FILE)
    with pytest.raises(Denied):
        catalog.rows.tables(VISITOR, NAME)


def test_a_split_is_asked_by_its_name(catalog: Catalog) -> None:
    publish(catalog)
    put(catalog, whole=LEVELS, test=LEVELS.slice(0, 1), train=LEVELS.slice(1))
    totals = {split: catalog.rows.page(VISITOR, NAME, FILE, split=split).total for split in ("", "test", "train")}
    assert totals == {"": 3, "test": 1, "train": 2}
    with pytest.raises(NotFound, match="there are: test, train"):
        catalog.rows.page(VISITOR, NAME, FILE, split="validation")


def test_a_table_without_splits_is_all_train(catalog: Catalog) -> None:
    publish(catalog)
    put(catalog, whole=LEVELS)
    assert catalog.rows.page(VISITOR, NAME, FILE, split="train").total == 3
    with pytest.raises(NotFound):
        catalog.rows.page(VISITOR, NAME, FILE, split="test")


def test_a_file_without_a_table_has_no_rows(catalog: Catalog) -> None:
    publish(catalog)
    put(catalog)
    with pytest.raises(NotFound):
        catalog.rows.page(VISITOR, NAME, FILE)
    assert catalog.rows.profile(VISITOR, NAME, FILE) is None


def test_statistics_are_those_that_were_stored(catalog: Catalog) -> None:
    publish(catalog)
    digest, size = keep(catalog, json.dumps({"version": 1, "rows": 3, "columns": []}).encode())
    put(catalog, Derivative(name=PROFILE, sha256=digest, byte_size=size, media_type="application/json"))
    assert catalog.rows.profile(VISITOR, NAME, FILE) == {"version": 1, "rows": 3, "columns": []}


def test_long_cells_are_cut_and_named(catalog: Catalog) -> None:
    publish(catalog)
    put(catalog, whole=pyarrow.table({"short": ["a"], "long": ["қ" * (CELL + 1)], "limit": ["b" * CELL]}))
    for where in ("", "\"short\" = 'a'"):
        (row,) = catalog.rows.page(VISITOR, NAME, FILE, where=where).rows
        assert (len(row.values[1]), len(row.values[2]), row.cut) == (CELL, CELL, ("long",))


def test_a_page_of_long_cells_stays_small(catalog: Catalog) -> None:
    publish(catalog)
    put(catalog, whole=pyarrow.table({f"c{n}": ["x" * 5_000] * 100 for n in range(10)}))
    page = catalog.rows.page(VISITOR, NAME, FILE)
    assert sum(len(value) for row in page.rows for value in row.values) <= PAGE
    assert (len(page.rows), page.truncated, len(page.rows[0].cut)) == (100, False, 10)


def test_a_page_that_cannot_be_cut_small_enough_ends_early_and_says_so(catalog: Catalog) -> None:
    publish(catalog)
    put(catalog, whole=pyarrow.table({f"c{n}": ["x" * 100] * 100 for n in range(400)}))
    page = catalog.rows.page(VISITOR, NAME, FILE)
    assert page.truncated
    assert 0 < len(page.rows) < 100
    following = catalog.rows.page(VISITOR, NAME, FILE, offset=len(page.rows))
    assert following.rows[0].number == len(page.rows)


def test_a_question_that_takes_too_long_is_ended(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(catalog)
    put(catalog, whole=pyarrow.table({"text": [f"{n} {'word ' * 50}" for n in range(200_000)]}))
    monkeypatch.setattr(filtering, "SECONDS", 0.001)
    with pytest.raises(Invalid, match=r"longer than 0.001 seconds; narrow it"):
        catalog.rows.page(VISITOR, NAME, FILE, query="a b c d e f g h")
    monkeypatch.undo()
    assert catalog.rows.page(VISITOR, NAME, FILE, query="7777 word", length=1).total == 38


def test_the_database_of_a_file_reaches_no_other_file(catalog: Catalog) -> None:
    publish(catalog)
    put(catalog, whole=LEVELS, test=LEVELS.slice(1))
    table, other = (catalog.rows.table(VISITOR, NAME, FILE, split) for split in ("", "test"))
    with catalog.files_store.local(table.made.sha256) as path, catalog.files_store.local(other.made.sha256) as second:
        connection = filtering.opened(path.resolve())
        for statement in (
            f"SELECT * FROM read_parquet('{second.resolve()}')", "SELECT * FROM read_csv('/etc/passwd')",
            "SET enable_external_access = true", "SET memory_limit = '10GB'", "INSTALL httpfs", "LOAD httpfs",
            f"COPY {TABLE} TO '{catalog.temporary}/out.csv'", f"ATTACH '{catalog.temporary}/new.db'",
        ):  # fmt: skip
            with pytest.raises(Exception, match=r"(?i)permission|not allowed|disabled|locked"):
                connection.execute(statement)
        assert connection.execute(f"SELECT count(*) FROM {TABLE}").fetchone() == (3,)
