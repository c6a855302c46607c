"""Russian: Snowball's stemmer (`ё` is `е` before it), and beside it the dictionary form, for words that lose a vowel."""

import threading
from functools import lru_cache
from typing import Any

import pymorphy3
import Stemmer

from catalog.search.languages import Language

_local = threading.local()  # a stemmer is not re-entrant
_lock = threading.Lock()


@lru_cache(2**16)
def _terms(word: str) -> tuple[str, ...]:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("russian", 0)
    return (_local.stemmer.stemWord(word),)


@lru_cache(2**16)
def _side(word: str) -> str:
    """The stem of the dictionary form where it is another one: рынков meets рынок. Words that no dictionary has get none."""
    with _lock:
        known = _dictionary().dictionary
        rows = known.words.similar_items(word, _dictionary().char_substitutes)
        lemmas = {known.build_normal_form(*place, written) for written, places in rows for place in places}
        lemma = _dictionary().parse(word)[0].normal_form if len(lemmas) > 1 else next(iter(lemmas), word)
    stem = _terms(lemma.replace("ё", "е"))[0]
    return stem if stem != _terms(word)[0] else ""


@lru_cache(1)
def _dictionary() -> Any:
    return pymorphy3.MorphAnalyzer()


LANGUAGE = Language(name="ru", terms=_terms, side=_side)
