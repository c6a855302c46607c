"""Texts are picked in the reader's language, else in one that exists, and say which."""

import pytest

from schemas.texts import Picked, pick, text


@pytest.mark.parametrize(
    ("given", "picked"),
    [
        ({"kk": "су", "en": "water"}, ("су", "kk")),
        ({"ru": "вода", "en": "water"}, ("water", "en")),
        ({"ru": "вода", "ko": "물"}, ("вода", "ru")),
        ({"ko": "물", "und": "H2O"}, ("H2O", "und")),
        ({"kk": "", "ko": "물"}, ("물", "ko")),
        ({}, ("", "kk")),
    ],
)
def test_the_readers_language_comes_first_then_the_fallbacks_then_any(given, picked):
    assert pick(given, "kk") == Picked(*picked)


def test_the_fallbacks_can_be_chosen():
    assert pick({"en": "water", "ru": "вода"}, "kk", ("ru",)).words == "вода"


@pytest.mark.parametrize(("words", "made"), [(" a ", {"en": "a"}), ("  ", {}), ("", {}), (None, {})])
def test_no_words_are_no_text(words, made):
    assert text(words, "en") == made
