"""How words of a language are made comparable, one file each; a module offers `LANGUAGE`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from schemas.plugins import discover
from schemas.texts import UNDETERMINED

_KAZAKH = re.compile("[әіңғүұқөһ]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The analysis of one language; both functions take a word as `catalog.search.words` gives it.

    `terms` gives what stands for the word, at consecutive positions (one term; pairs of letters in scripts without blanks).
    `side` gives a second term for the same position that counts less, empty where there is none.
    `spellings` gives how else a word of a query may be meant, in the letters that documents are written in.
    """

    name: str
    terms: Callable[[str], tuple[str, ...]]
    side: Callable[[str], str] = lambda word: ""
    spellings: Callable[[str], tuple[str, ...]] = lambda word: ()


@lru_cache
def languages() -> dict[str, Language]:
    """Return the languages by name; `other` serves all that have no file."""
    from catalog.search import languages as package

    return discover(package, "LANGUAGE")


def language_of(code: str, text: str) -> Language:
    """Return the analysis for a text tagged with BCP 47 `code`; an undetermined one is judged by its letters."""
    known = languages()
    if code == UNDETERMINED:
        code = _guess(text)
    return known.get(code.split("-")[0].lower(), known["other"])


def alternatives(language: Language, word: str) -> list[tuple[tuple[str, ...], float]]:
    """Return what may stand for a query word in texts of `language`: each a run of terms and its weight."""
    found = {language.terms(word): 1.0}
    if side := language.side(word):
        found.setdefault((side,), SIDE_WEIGHT)
    for spelling in language.spellings(word):
        found.setdefault(language.terms(spelling), SPELLING_WEIGHT)
        if side := language.side(spelling):
            found.setdefault((side,), SIDE_WEIGHT * SPELLING_WEIGHT)
    return list(found.items())


SIDE_WEIGHT = 0.5
SPELLING_WEIGHT = 0.7


def _guess(text: str) -> str:
    sample = text[:2000]
    if _KAZAKH.search(sample):
        return "kk"
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    if not cyrillic and not latin:
        return "other"
    return "ru" if cyrillic > latin else "en"
