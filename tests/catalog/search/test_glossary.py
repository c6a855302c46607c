"""The glossary is whole: every entry in three languages, each in its own letters, none twice; and it says how it was checked."""

import re
from collections import Counter

import pytest

from catalog.search.glossary import LANGUAGES, entries, related

LETTERS = {"kk": "[а-яёәіңғүұқөһ -]+", "ru": "[а-яё -]+", "en": "[a-z' -]+"}


def test_there_are_more_than_six_hundred_entries_in_several_themes() -> None:
    assert len(entries()) >= 600
    assert min(Counter(entry.theme for entry in entries()).values()) >= 15


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_term_is_written_in_the_letters_of_its_language(code: str) -> None:
    terms = [term for entry in entries() for term in entry.terms[code]]
    assert all(entry.terms[code] for entry in entries())
    assert [term for term in terms if not re.fullmatch(LETTERS[code], term) or term != term.strip()] == []


def test_no_entry_stands_twice() -> None:
    assert [key for key, count in Counter(entry.terms["kk"] for entry in entries()).items() if count > 1] == []
    same = Counter((entry.terms["ru"], entry.terms["en"]) for entry in entries())
    assert [key for key, count in same.items() if count > 1] == []


def test_every_entry_says_how_it_was_checked() -> None:
    assert {check for entry in entries() for check in entry.checks} == {"kk", "ru", "en", "side-by-side"}
    bare = [entry.terms["kk"] for entry in entries() if not entry.checks]
    assert len(bare) <= 3
    marks = Counter(check for entry in entries() for check in entry.checks)
    print(f"{len(entries())} entries; marks {marks}; without any {bare}")


def test_inflected_words_and_terms_of_several_words_are_recognised() -> None:
    assert ("ru", ("вода",)) in related(["судың"])[("судың",)]
    assert ("kk", ("аурухана",)) in related(["hospitals"])[("hospitals",)]
    assert ("en", ("air", "quality")) in related(["ауа", "сапасы"])[("ауа", "сапасы")]
    assert related(["zzz"]) == {}
