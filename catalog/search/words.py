"""Text becomes words the same way everywhere: documents, queries and highlighting."""

import re
import unicodedata
from collections.abc import Iterator

MAX_WORD = 64

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ALIKE = str.maketrans({"’": "'", "ʼ": "'", "ё": "е"})


def clean(text: str) -> str:
    """Return `text` in NFC without soft hyphens and other invisible characters."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def words(text: str) -> list[str]:
    """Return the words of `text` in order: lower case, `ё` as `е`, one apostrophe, at most 64 letters each."""
    return [word[:MAX_WORD] for word in _WORD.findall(clean(text).lower().translate(_ALIKE))]


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of a cleaned text with its start and end in it."""
    for match in _WORD.finditer(text):
        yield match.group().lower().translate(_ALIKE)[:MAX_WORD], match.start(), match.end()
