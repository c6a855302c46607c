"""The profile tells of each column what a plain count of its values tells, and stays JSON whatever the values are."""

import json
import statistics
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.records import PROFILE
from catalog.tables import profile as profiles
from catalog.tables.sandbox import Sandbox
from catalog.tables.validate import validate_in


def profile(folder: Path, columns: Mapping[str, Sequence[Any]] | polars.DataFrame, invalid: Sequence[int] = ()) -> Any:
    """Return the profile of columns, as it stands in the file."""
    frame = columns if isinstance(columns, polars.DataFrame) else polars.DataFrame(columns, strict=False)
    frame.write_parquet(folder / "table.parquet")
    fields = [{"name": name, "type": "any"} for name in frame.columns]
    list(profiles.make_profile(folder / "table.parquet", fields, frame.columns, invalid or [0] * frame.width, 10))
    return json.loads((folder / PROFILE).read_text("utf-8"), parse_constant=pytest.fail)


def column(folder: Path, values: Sequence[Any], kind: Any = None) -> Any:
    return profile(folder, polars.DataFrame({"a": polars.Series(values, dtype=kind)}))["columns"][0]


def test_numbers_are_told_with_their_spread(tmp_path: Path) -> None:
    told = column(tmp_path, [*range(1, 101), None, None])
    assert (told["count"], told["missing"], told["distinct"], told["min"], told["max"]) == (100, 2, 100, 1, 100)
    assert (told["mean"], told["quantiles"]["0.5"]) == (50.5, 50.5)
    assert told["std"] == pytest.approx(statistics.stdev(range(1, 101)))
    assert told["histogram"] == {"edges": list(range(1, 102, 5)), "counts": [5] * 20}


def test_few_whole_numbers_get_one_bar_each_and_are_counted(tmp_path: Path) -> None:
    told = column(tmp_path, [1, 1, 1, 3])
    assert told["histogram"] == {"edges": [1, 2, 3, 4], "counts": [3, 0, 1]}
    assert told["top"] == [{"value": "1", "count": 3}, {"value": "3", "count": 1}]


def test_texts_are_told_with_lengths_and_the_most_frequent(tmp_path: Path) -> None:
    told = column(tmp_path, ["бел", "a", "a", "𝒳y", None])
    assert told["lengths"] == {"min": 1, "max": 3, "mean": 1.75}
    assert told["top"][0] == {"value": "a", "count": 2}
    assert told["examples"] == ["бел", "a", "𝒳y"]


def test_texts_that_never_repeat_have_no_frequent_ones(tmp_path: Path) -> None:
    assert column(tmp_path, ["a", "b", "c"])["top"] == []


def test_long_texts_are_clipped(tmp_path: Path) -> None:
    told = column(tmp_path, ["x" * 5000] * 2)
    assert len(told["examples"][0]) == len(told["top"][0]["value"]) == 200


def test_dates_are_told_in_iso_8601(tmp_path: Path) -> None:
    told = column(tmp_path, [date(2024, 1, 31), date(2024, 1, 1), date(2024, 1, 1)])
    assert (told["min"], told["max"], told["mean"]) == ("2024-01-01", "2024-01-31", None)
    assert told["quantiles"]["0.5"] == "2024-01-01"
    assert told["histogram"]["edges"][:2] == ["2024-01-01", "2024-01-03"]
    assert sum(told["histogram"]["counts"]) == 3


def test_datetimes_with_a_zone_say_utc(tmp_path: Path) -> None:
    told = column(tmp_path, [datetime(2024, 1, 1), datetime(2024, 1, 2)], polars.Datetime("us", "UTC"))
    assert (told["min"], told["max"]) == ("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z")


@pytest.mark.parametrize(("values", "kind"), [
    ([], polars.Int64), ([], polars.String), ([None, None], polars.Float64), ([None], polars.String), ([None], polars.Date),
    ([5], polars.Int64), ([5.5], polars.Float64), (["x"], polars.String), ([float("nan")], polars.Float64),
    ([float("inf"), 1.0, float("-inf")], polars.Float64), ([1e308, -1e308, 0.0], polars.Float64), ([0.0, 5e-324], polars.Float64),
    ([2**63 - 1, -(2**63)], polars.Int64), ([date.min, date.max], polars.Date), ([date.max], polars.Date),
    ([datetime.min, datetime.max], polars.Datetime("us")), ([True, None, False], polars.Boolean),
    ([Decimal(10**37), Decimal(-1)], polars.Decimal(38, 0)), ([Decimal("0.1"), Decimal("0.2")], polars.Decimal(38, 1)),
    (["\x00", "\ufeff", "\u2028"], polars.String), ([datetime(2024, 1, 1).time()], polars.Time),
])  # fmt: skip
def test_odd_columns_make_json_whose_counts_agree(tmp_path: Path, values: list[Any], kind: Any) -> None:
    told = column(tmp_path, values, kind)
    assert told["count"] + told["missing"] == len(values)
    if told["histogram"]:
        finite = [value for value in values if value is not None and abs_finite(value)]
        assert sum(told["histogram"]["counts"]) == len(finite)
        assert len(told["histogram"]["edges"]) == len(told["histogram"]["counts"]) + 1


def abs_finite(value: Any) -> bool:
    return not isinstance(value, float) or abs(value) < float("inf")


def test_cells_that_became_null_are_invalid_not_missing(tmp_path: Path) -> None:
    told = profile(tmp_path, {"a": [1, None, None]}, invalid=[1])["columns"][0]
    assert (told["count"], told["missing"], told["invalid"]) == (1, 1, 1)


@pytest.mark.parametrize(("rows", "repeated"), [
    ([(1, "a"), (1, "a"), (2, "b"), (1, "a")], 2), ([(1, "a"), (2, "a"), (1, "b"), (2, "b")], 0),
    ([(None, None), (None, None)], 1), ([("a", "b"), ("b", "a"), ("a", "b")], 1),
])  # fmt: skip
def test_rows_that_repeat_are_counted(tmp_path: Path, rows: list[tuple[Any, Any]], repeated: int) -> None:
    assert profile(tmp_path, polars.DataFrame(rows, schema=["a", "b"], orient="row"))["duplicates"] == repeated


def test_a_large_table_is_measured_by_a_sample_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "EXACT_ROWS", 1000)
    told = profile(tmp_path, {"n": list(range(10_000)), "t": [f"t{n % 50}" for n in range(10_000)]})
    number, text = told["columns"]
    assert (told["exact"], told["rows"]) == (False, 10_000)
    assert (number["min"], number["max"], number["count"], number["mean"]) == (0, 9999, 10_000, 4999.5)
    assert number["distinct"] == pytest.approx(10_000, rel=0.02)
    assert number["quantiles"]["0.5"] == pytest.approx(5000, rel=0.01)
    assert not number["distinct_exact"]
    assert text["distinct"] == pytest.approx(50)


def test_a_sample_of_any_type_agrees_with_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2024, 1, 1 + n % 31) for n in range(500)]
    frame = polars.DataFrame({
        "day": days, "at": [datetime(2024, 1, 1, n % 24) for n in range(500)], "flag": [n % 3 == 0 for n in range(500)],
        "long": polars.Series([Decimal(n % 70) for n in range(500)], dtype=polars.Decimal(38, 0)),
        "real": [[1.5, float("nan"), float("inf"), None, -2.0][n % 5] for n in range(500)],
        "clock": [datetime(2024, 1, 1, n % 24).time() for n in range(500)],
        "none": polars.Series([None] * 500, dtype=polars.Date),
    })  # fmt: skip
    exact = profile(tmp_path, frame)
    monkeypatch.setattr(profiles, "EXACT_ROWS", 100)
    monkeypatch.setattr(profiles, "_CHUNK", 77)
    sampled = profile(tmp_path, frame)
    assert sampled["duplicates"] == exact["duplicates"]
    for one, other in zip(exact["columns"], sampled["columns"], strict=True):
        assert {key: one[key] for key in ("count", "missing", "distinct", "min", "max")} == {
            key: other[key] for key in ("count", "missing", "distinct", "min", "max")
        }
        assert other["mean"] == (one["mean"] and pytest.approx(one["mean"]))
        assert other["std"] == (one["std"] and pytest.approx(one["std"]))


def test_a_very_wide_table_keeps_a_bounded_profile(tmp_path: Path) -> None:
    names = [f"c{n}" for n in range(3000)]
    told = profile(tmp_path, {name: ["x" * 100, "y" * 100, "x" * 100] for name in names})
    assert [len(told["columns"][n]["top"]) for n in (0, 2999)] == [2, 0]
    assert told["columns"][2999]["distinct"] == 2


@settings(max_examples=60, deadline=None)
@given(values=st.lists(st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True), st.sampled_from([0.0, 1.0, 2.5]))))
def test_numbers_agree_with_a_plain_count(tmp_path_factory: pytest.TempPathFactory, values: list[float | None]) -> None:
    told = column(tmp_path_factory.mktemp("t"), values, polars.Float64)
    finite = sorted(v for v in values if v is not None and abs(v) < float("inf"))
    assert told["count"] == sum(v is not None for v in values)
    assert (told["min"], told["max"]) == ((finite[0], finite[-1]) if finite else (None, None))
    if told["histogram"]:
        edges, counts = told["histogram"]["edges"], told["histogram"]["counts"]
        inside = [sum(low <= v < high for v in finite) for low, high in pairwise(edges)]
        inside[-1] += finite.count(edges[-1])
        assert counts == inside


def test_every_table_of_the_sandbox_has_one(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,Город\n1,Алматы\n2,Астана\n", "utf-8")
    kept: dict[str, bytes] = {}

    def keep(path: Path, sha256: str) -> None:
        kept[path.name] = path.read_bytes()

    result = validate_in(sandbox, tmp_path / "t.csv", {"filename": "t.csv"}, keep)
    made = next(made for made in result.derived if made.name == PROFILE)
    told = json.loads(kept[PROFILE])
    assert (made.media_type, made.rows, made.byte_size) == ("application/json", 2, len(kept[PROFILE]))
    assert [(one["name"], one["type"]) for one in told["columns"]] == [("id", "integer"), ("Город", "string")]
