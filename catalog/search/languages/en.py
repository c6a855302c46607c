"""English: Snowball's stemmer."""

import threading
from functools import lru_cache

import Stemmer

from catalog.search.languages import Language

_local = threading.local()  # a stemmer is not re-entrant


@lru_cache(2**15)
def _terms(word: str) -> tuple[str, ...]:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english", 0)
    return (_local.stemmer.stemWord(word),)


LANGUAGE = Language(name="en", terms=_terms)
