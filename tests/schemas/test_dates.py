"""Dates keep their precision; impossible ones are none."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.dates import iso_date, utc


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2015", "2015"), ("2015-03", "2015-03"), ("2015-03-04", "2015-03-04"), ("20150304", "2015-03-04"), (2015, "2015"),
        ("2015-03-04 10:11", "2015-03-04T10:11:00"), ("2015-03-04T10:11:12.123456", "2015-03-04T10:11:12.123456"),
        ("2015-03-04T10:11:12Z", "2015-03-04T10:11:12Z"), ("2015-03-04T10:11:12+0500", "2015-03-04T10:11:12+05:00"),
        ("04.03.2015", "2015-03-04"), ("4/3/2015", "2015-03-04"), ("4.3.2015 10:11", "2015-03-04T10:11:00"),
        ("1425463872000", "2015-03-04T10:11:12Z"), (" 2015-03-04 ", "2015-03-04"),
    ],
)  # fmt: skip
def test_dates_of_portals_become_iso(given, expected):
    assert iso_date(given) == expected


@pytest.mark.parametrize(
    "given",
    [
        "",
        None,
        "yesterday",
        "2015-13",
        "2015-02-30",
        "31.02.2015",
        "2015-03-04T25:00",
        "R/P1D",
        "20151",
        "0000",
        "٢٠١٥",
        [2015],
        {},
    ],
)
def test_what_is_no_date_is_none(given):
    assert iso_date(given) is None


def test_a_source_may_say_that_the_month_comes_first():
    assert iso_date("03/04/2015", month_first=True) == "2015-03-04"


def test_a_zone_is_added_only_to_times_that_have_none():
    given = ("2015-03-04 10:11", "2015-03-04T10:11Z", "2015-03-04")
    assert [iso_date(one, zone="+05:00") for one in given] == ["2015-03-04T10:11:00+05:00", "2015-03-04T10:11:00Z", "2015-03-04"]


@given(st.text(max_size=30) | st.integers() | st.from_regex(r"[0-9./T: +Z-]{1,25}", fullmatch=True))
def test_nothing_raises_and_what_is_made_stays(words):
    made = iso_date(words)
    assert made is None or iso_date(made) == made


def test_moments_are_written_in_utc():
    assert utc(datetime(2026, 1, 1, 4, 30, tzinfo=timezone(timedelta(hours=5)))) == "2025-12-31T23:30:00Z"
    assert utc(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00Z"
