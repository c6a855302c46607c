"""Texts carry their languages: a text is a mapping from BCP 47 language code to words, `und` where nobody said."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

Text = Mapping[str, str]
Keywords = Mapping[str, tuple[str, ...]]

UNDETERMINED = "und"
INTERFACE_LANGUAGES = ("kk", "ru", "en")


class Picked(NamedTuple):
    """Words chosen for a reader, with the language they are really in."""

    words: str
    language: str


def pick(text: Text, language: str, fallbacks: Iterable[str] = ("en", "ru", "kk")) -> Picked:
    """Return the text in `language`, else in the first fallback that exists, else in any language; empty when there is none."""
    for code in (language, *fallbacks, UNDETERMINED):
        if text.get(code):
            return Picked(text[code], code)
    return next((Picked(words, code) for code, words in text.items() if words), Picked("", language))


def text(words: str | None, language: str = UNDETERMINED) -> dict[str, str]:
    """Return a one-language text, empty when there are no words."""
    return {language: words.strip()} if words and words.strip() else {}
