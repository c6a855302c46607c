"""Forms of one word meet; different words stay apart."""

import unicodedata

import pytest

from catalog.search.languages import language_of, languages
from catalog.search.languages.kk import stem
from catalog.search.words import words


@pytest.mark.parametrize(
    "forms",
    [
        "халық халықтың халқы халқын халқының халқында халықтар",
        "мектеп мектептер мектебі мектептерінде мектебіндегі мектептердің",
        "қала қалалар қаласы қаласындағы қалаларының",
        "облыс облысы облыстар облысының",
        "көлік көлігі көліктер",
        "аудан ауданы аудандар аудандағы",
        "жыл жылы жылдар жылғы",
        "аумақ аумағы",
        "су судың",
    ],
)
def test_forms_of_a_kazakh_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_different_kazakh_words_stay_apart() -> None:
    apart = ["алты", "алтын", "жыл", "жылқы", "қала", "қалам", "аудан", "ауа", "су", "сан", "сапа", "мектеп", "халық"]
    assert len({stem(word) for word in apart}) == len(apart)


def test_composed_and_decomposed_letters_are_the_same_word() -> None:
    text = "Қазақстанның ёлка й"
    assert words(unicodedata.normalize("NFD", text)) == words(text) == ["қазақстанның", "елка", "й"]


def test_column_names_and_apostrophes_become_words() -> None:
    assert words("region_name children’s co\u00adal") == ["region", "name", "children's", "coal"]


def test_an_undetermined_text_is_judged_by_its_letters() -> None:
    guessed = [language_of("und", text).name for text in ("Water", "Вода", "Ауа сапасы және су", "교통", "")]
    assert guessed == ["en", "ru", "kk", "other", "other"]


def test_every_language_takes_any_word() -> None:
    for language in languages().values():
        for word in ("a", "ы", "교", "교통사고", "123", "x" * 64):
            assert all(language.terms(word))
