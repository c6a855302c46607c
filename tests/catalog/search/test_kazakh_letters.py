"""A Kazakh word is found however its letters were typed."""

import pytest

from catalog.search.languages import alternatives, languages

KK = languages()["kk"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("halyq", "халық"), ("bilim", "білім"), ("mektep", "мектептер"), ("auyl", "ауылдың"), ("turgyn", "тұрғын"),
        ("jol", "жолдар"),
        ("ğylym", "ғылым"), ("äkimdik", "әкімдігі"), ("öñir", "өңір"), ("qūqyq", "құқық"), ("şarua", "шаруа"), ("sūraq", "сұрақ"),
        ("densaýlyq", "денсаулық"), ("ǵylym", "ғылым"), ("ońtústik", "оңтүстік"), ("g'ylym", "ғылым"), ("a'lem", "әлем"),
        ("ауа", "ауаның"), ("билим", "білім"), ("халкы", "халық"), ("тургын", "тұрғын"), ("озен", "өзен"), ("ەڭبەك", "еңбек"),
        ("جول", "жол"), ("қаланы", "қала"), ("saiasat", "саясат"), ("zhol", "жол"), ("shekara", "шекара"),
        ("ekonomika", "экономика"),
    ],
)  # fmt: skip
def test_a_word_in_other_letters_meets_the_one_in_kazakh_cyrillic(typed: str, written: str) -> None:
    stands = {KK.terms(written), (KK.side(written),)}
    assert stands & {terms for terms, _ in alternatives(KK, typed)}


def test_words_in_kazakh_letters_are_left_alone() -> None:
    assert KK.spellings("денсаулық") == () == KK.spellings("бөлім")
