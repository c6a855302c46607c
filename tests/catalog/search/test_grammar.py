"""The query grammar understands what it allows, and takes everything else as words."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.search.grammar import ONLY_EXCLUDED, SHORT_PREFIX, TOO_LONG, TOO_MANY_TERMS, parse

FACETS = {"agency", "format"}


def test_words_phrases_exclusions_prefixes_and_filters_are_told_apart() -> None:
    query = parse('Water "air quality" -coal насел* format:CSV agency:"ministry of health"', FACETS)
    assert query.words == ["water"]
    assert query.phrases == [("air", "quality")]
    assert query.excluded == ["coal"]
    assert query.prefix == ["насел"]
    assert query.filters == {"format": ["CSV"], "agency": ["ministry of health"]}
    assert query.notices == []


def test_a_field_that_is_no_facet_is_only_words() -> None:
    query = parse("access:restricted title:secret*", FACETS)
    assert (query.words, query.prefix, query.filters) == (["access", "restricted", "title"], ["secret"], {})


@pytest.mark.parametrize("text", ["*", "*a*", "?*?*z", "[a TO z]", 'r"(a|a)*$"', "word~9", "x^1e308", "(" * 3000, "*x* " * 26])
def test_an_engines_operators_are_words_or_nothing(text: str) -> None:
    query = parse(text, FACETS)
    assert not query.prefix and not query.filters


def test_limits_are_kept_with_a_notice() -> None:
    assert parse("a" * 300, FACETS).notices == [TOO_LONG]
    many = parse(" ".join(f"w{number}" for number in range(20)), FACETS)
    assert (len(many.words), many.notices) == (16, [TOO_MANY_TERMS])
    assert (parse("ab*", FACETS).words, parse("ab*", FACETS).notices) == (["ab"], [SHORT_PREFIX])


def test_words_to_leave_out_need_something_to_search_for() -> None:
    assert (parse("-coal", FACETS).excluded, parse("-coal", FACETS).notices) == ([], [ONLY_EXCLUDED])
    assert parse("-coal", FACETS, filtered=True).excluded == ["coal"]


@given(st.text(max_size=400))
def test_any_text_parses_within_the_limits(text: str) -> None:
    query = parse(text, FACETS)
    phrases = sum(len(phrase) for phrase in query.phrases)
    assert len(query.words) + phrases + len(query.excluded) + len(query.prefix) <= 16
