"""What a standard loses is kept beside it, and given back without touching the rest."""

import pytest

from schemas.profiles.terms import Term, leftover, read_terms, regain, with_own_ids, write_terms


def test_the_first_key_that_says_something_holds():
    terms = (Term("issued", "first", into=lambda words: words if words != "?" else None), Term("issued", "second"))
    assert read_terms({"first": "?", "second": "2020"}, terms) == {"issued": "2020"}
    assert write_terms({"issued": "2020", "other": 1}, terms[1:]) == {"second": "2020"}


DOCUMENT = {"name": "wells", "title": {"kk": "Су", "en": "Water"}, "distribution": [{"id": "a", "format": "CSV"}, {"id": "b"}]}


@pytest.mark.parametrize(
    "back",
    [
        DOCUMENT,
        {"name": "other", "distribution": []} | {"distribution": [{"id": "a"}, {"id": "b", "title": {"en": "extra"}}]},
        {"name": "wells", "title": {"en": "Water"}, "issued": "1970", "distribution": [{"id": "a"}, {"id": "b"}, {"id": "page"}]},
    ],
    ids=("equal", "changed", "more"),
)
def test_what_comes_back_is_made_whole(back):
    assert regain(back, leftover(DOCUMENT, back)) == DOCUMENT


def test_nothing_lost_is_nothing_kept():
    assert leftover(DOCUMENT, DOCUMENT) == {}


@pytest.mark.parametrize("junk", [None, 7, "x", [], {"distribution": [1]}, {"distribution": {"a": 7}}])
def test_an_extension_of_another_shape_changes_nothing(junk):
    assert regain(DOCUMENT, junk) == DOCUMENT


def test_equal_ids_become_distinct_and_the_others_stay():
    made = with_own_ids([{"id": "a"}, {"id": "a"}, {"id": "a-2"}, {"id": "a"}])
    assert [one["id"] for one in made] == ["a", "a-3", "a-2", "a-4"]
