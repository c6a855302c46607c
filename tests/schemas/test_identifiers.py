"""Names in addresses are legal, readable where the script allows, and the same every time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.identifiers import RESERVED, is_name, name_for, short_hash, slug


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Population by region", "population-by-region"), ("  Über – Straße! ", "uber-strasse"), ("Объём воды", "obem-vody"),
        ("Қазақстан өңірлері", "qazaqstan-onirleri"), ("a__b", "a-b"), ("한국어", ""), ("", ""), ("x" * 200, "x" * 80),
    ],
)  # fmt: skip
def test_titles_become_slugs(words, name):
    assert slug(words) == name


def test_cyrillic_in_two_normal_forms_is_one_name():
    assert slug("й") == slug("и\u0306") == "i"


@pytest.mark.parametrize("name", ["a", "A-b", "-ab", "a b", "é1", "a" * 101, "", "new", "search", "ab\n"])
def test_illegal_and_reserved_names_are_none(name):
    assert not is_name(name)


@pytest.mark.parametrize("name", ["ab", "0_a", "a" * 100, "news"])
def test_legal_names(name):
    assert is_name(name)


@given(st.text(max_size=200), st.text(max_size=20))
def test_every_title_gets_a_legal_name_that_stays(words, identity):
    name = name_for(words, identity)
    assert is_name(name)
    assert name == name_for(words, identity)


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_a_reserved_word_gets_a_hash(word):
    assert name_for(word).startswith(f"{word}-")


def test_unreadable_titles_of_different_things_differ():
    assert name_for("인구", "1") != name_for("인구", "2")


def test_parts_of_a_hash_do_not_run_together():
    assert short_hash("ab", "c") != short_hash("a", "bc")
    assert len(short_hash("a", length=32)) == 32
