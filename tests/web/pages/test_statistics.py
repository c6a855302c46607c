"""Statistics of columns: facts in words, bars that are links to the rows behind them, numbers beside the picture."""

import re
from typing import Any

import pytest
from flask import Flask

from schemas.table import Category, Field
from web.pages.statistics import Column, statistics

NOTHING = {
    "min": None, "max": None, "mean": None, "std": None, "quantiles": None, "histogram": None, "lengths": None, "top": [],
    "examples": [],
}  # fmt: skip


def measured(**column: Any) -> dict[str, Any]:
    about = {"name": "x", "label": "x", "type": "string", "format": "default", "count": 10, "missing": 0, "invalid": 0}
    return {**about, "distinct": 3, "distinct_exact": True, **NOTHING, **column}


def column(app: Flask, field: Field, address: str = "/", **measures: Any) -> Column:
    profile = {"version": 1, "rows": 10, "duplicates": 0, "exact": True, "columns": [measured(**measures)]}
    with app.test_request_context(address):
        return statistics(profile, [field], lambda where: f"?where={where}").columns[0]


def number(**options: Any) -> Field:
    return Field(name="x", type="number", **options)


def test_missing_values_are_a_share_and_a_link_to_the_rows_without_a_value(app: Flask) -> None:
    facts = dict(column(app, number(), count=7, missing=2, invalid=1).facts)
    assert str(facts["Without a value"]) == '<a href="?where=&#34;x&#34; IS NULL">3 (30\u00a0%)</a>'
    assert facts["Of them invalid"] == "1"


def test_a_count_that_was_estimated_says_so(app: Flask) -> None:
    assert dict(column(app, number(), distinct=12345, distinct_exact=False).facts)["Distinct"] == "about 12,345"


def test_every_bar_is_a_link_to_its_rows_and_only_the_last_holds_its_end(app: Flask) -> None:
    shown = column(app, number(), min=0, max=10, histogram={"edges": [0, 5, 10], "counts": [4, 6]})
    assert [(one.words, one.count, one.href) for one in shown.bins] == [
        ("0 – 5", 4, '?where="x" >= 0 AND "x" < 5'), ("5 – 10", 6, '?where="x" >= 5 AND "x" <= 10'),
    ]  # fmt: skip
    assert 'aria-label="Histogram of x from 0 to 10; the highest bar, 5 – 10, holds 6 values."' in shown.chart


def test_pictures_carry_no_style_and_keep_out_of_the_keyboards_way(app: Flask) -> None:
    chart = str(column(app, number(), min=0, max=10, histogram={"edges": [0, 5, 10], "counts": [4, 6]}).chart)
    assert "style=" not in chart
    assert len(re.findall(r"<a ", chart)) == len(re.findall(r'tabindex="-1"', chart)) == 2


def test_dates_are_bars_too(app: Flask) -> None:
    edges = ["2026-01-01", "2026-06-01", "2026-12-31"]
    shown = column(app, Field(name="x", type="date"), min=edges[0], max=edges[2], histogram={"edges": edges, "counts": [1, 2]})
    assert shown.bins[0].words == "1\u00a0January 2026 – 1\u00a0June 2026"
    assert shown.bins[1].href == "?where=\"x\" >= '2026-06-01' AND \"x\" <= '2026-12-31'"


@pytest.mark.parametrize(
    ("edges", "words"),
    [([0, 0.25, 0.5], "0 – 0.25"), ([2020, 2021, 2022], "2020 – 2021"), ([100000, 150000, 200000], "100,000 – 150,000"),
     ([0.001, 0.0012, 0.0014], "0.001 – 0.0012"), ([5, 5], "5 – 5")],
)  # fmt: skip
def test_edges_have_just_the_digits_that_tell_them_apart(app: Flask, edges: list[float], words: str) -> None:
    histogram = {"edges": edges, "counts": [1] * (len(edges) - 1)}
    assert column(app, number(), min=0, max=1, histogram=histogram).bins[0].words == words


def test_frequent_values_have_their_label_and_a_filter_that_quotes_them(app: Flask) -> None:
    field = Field(name="x", type="string", categories=(Category(value="O'H", label={"en": "Ohio"}),))
    top = [{"value": "O'H", "count": 8}, {"value": "B", "count": 2}]
    shown = column(app, field, top=top).top
    assert [(one.words, one.count, one.share) for one in shown] == [("O'H (Ohio)", 8, 1.0), ("B", 2, 0.25)]
    assert shown[0].href == "?where=\"x\" = 'O''H'"


def test_values_that_all_differ_are_examples_not_a_distribution(app: Flask) -> None:
    shown = column(app, Field(name="x"), top=[{"value": "a", "count": 1}], examples=["a", "b"])
    assert (shown.top, shown.examples) == ((), ("a", "b"))


def test_numbers_stand_beside_the_picture(app: Flask) -> None:
    more = dict(column(app, number(), min=-1.5, max=20000, std=2.718281828, quantiles={"0.25": 1, "0.5": 2.5}).more)
    assert more == {
        "Smallest": "-1.5", "Largest": "20,000", "Standard deviation": "2.7183", "25 % of the values are below": "1",
        "Median": "2.5",
    }  # fmt: skip


def test_columns_that_the_profile_does_not_know_are_left_out(app: Flask) -> None:
    with app.test_request_context("/"):
        found = statistics({"rows": 1, "duplicates": None, "exact": False, "columns": []}, [Field(name="y")], str)
    assert (found.columns, found.exact) == ((), False)
