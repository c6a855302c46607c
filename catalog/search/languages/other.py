"""Languages without an analysis of their own: letters without marks; scripts without blanks in pairs of letters."""

import re
import unicodedata
from functools import lru_cache

from catalog.search.languages import Language

# Hangul (its particles stick to the noun), kana and Han: a word is found by any run of its letters
_PAIRED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,}")
_SPLIT = {ord("ø"): "o", ord("æ"): "ae", ord("ß"): "ss", ord("ł"): "l", ord("đ"): "d"}


@lru_cache(2**15)
def _terms(word: str) -> tuple[str, ...]:
    if _PAIRED.fullmatch(word):
        return tuple(word[i : i + 2] for i in range(len(word) - 1))
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return (unicodedata.normalize("NFC", bare).translate(_SPLIT) or word,)


LANGUAGE = Language(name="other", terms=_terms)
