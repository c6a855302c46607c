"""From and to and boxes are read from addresses and queries alike; what is wrong is said with its place."""

import pytest

from catalog.search.grammar import parse
from catalog.search.limits import BAD_BOX, BAD_COUNT, BAD_DATE, BAD_ORDER, FIRST, LAST, limits_of, parts
from catalog.search.moments import span


def test_dates_of_any_precision_include_their_last_second() -> None:
    found = limits_of({"modified_from": "2024", "modified_to": "2024-02"})
    assert found.bounds == {"modified": (span("2024")[0], span("2024-02-29")[1])}
    assert span("2023-12")[1] + 1 == span("2024-01-01")[0]
    assert limits_of({"published_from": "2024-05-31"}).bounds == {"published": (span("2024-05-31")[0], LAST)}
    assert limits_of({"rows_to": "500", "rows_from": " "}).bounds == {"rows": (FIRST, 500)}


@pytest.mark.parametrize(
    ("given", "path", "message"),
    [
        ({"modified_from": "yesterday"}, "/modified_from", BAD_DATE),
        ({"modified_to": "2024-13"}, "/modified_to", BAD_DATE),
        ({"modified_to": "20240531"}, "/modified_to", BAD_DATE),
        ({"rows_from": "-1"}, "/rows_from", BAD_COUNT),
        ({"rows_from": "9" * 16}, "/rows_from", BAD_COUNT),
        ({"rows_from": "٣"}, "/rows_from", BAD_COUNT),
        ({"rows_from": "9", "rows_to": "8"}, "/rows_from", BAD_ORDER),
        ({"west": "66", "south": "49", "east": "78"}, "/north", BAD_BOX),
        ({"west": "66", "south": "57", "east": "78", "north": "49"}, "/west", BAD_BOX),
        ({"west": "nan", "south": "49", "east": "78", "north": "56"}, "/west", BAD_BOX),
    ],
)
def test_what_is_wrong_is_said_with_its_place(given: dict[str, str], path: str, message: str) -> None:
    assert [(problem.path, problem.message) for problem in limits_of(given).problems] == [(path, message)]


def test_a_query_may_hold_limits_and_anything_else_of_their_look_is_words() -> None:
    query = parse("water rows:10..500 modified:2024 files:..3 bbox:66,49,78,56", ())
    assert query.words == ["water"]
    assert query.limits == {
        "rows_from": "10", "rows_to": "500", "modified_from": "2024", "modified_to": "2024", "files_to": "3",
        "west": "66", "south": "49", "east": "78", "north": "56",
    }  # fmt: skip
    assert parse("rows:many bbox:1,2,3 -rows:5 labels:1..2", ()).limits == {}
    assert parse("-water rows:1..", ()).excluded == ["water"]


def test_a_box_across_the_antimeridian_is_two() -> None:
    assert list(parts((170.0, -20.0, -170.0, 10.0))) == [(170.0, -20.0, 180.0, 10.0), (-180.0, -20.0, -170.0, 10.0)]
