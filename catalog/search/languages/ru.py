"""Russian: Snowball's stemmer (`ё` is `е` before it)."""

import threading
from functools import lru_cache

import Stemmer

from catalog.search.languages import Language

_local = threading.local()  # a stemmer is not re-entrant


@lru_cache(2**15)
def _terms(word: str) -> tuple[str, ...]:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("russian", 0)
    return (_local.stemmer.stemWord(word),)


LANGUAGE = Language(name="ru", terms=_terms)
