"""Text becomes words the same way everywhere: documents, queries and highlighting."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

MAX_WORD = 64

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def clean(text: str) -> str:
    """Return `text` in NFC without soft hyphens and other invisible characters."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def words(text: str) -> list[str]:
    """Return the words of `text` in order: lower case, `ё` as `е`, one apostrophe, at most 64 letters each."""
    alike = clean(text).lower().replace("’", "'").replace("ʼ", "'").replace("ё", "е")
    return [word[:MAX_WORD] for word in _WORD.findall(alike)]


def replaced(text: str, others: Mapping[str, str]) -> str:
    """Return `text` with words, whatever their case, written as `others` says."""
    def other(match: re.Match[str]) -> str:
        return others.get("".join(words(match.group())), match.group())

    return _WORD.sub(other, clean(text))


def places(text: str, meets: Callable[[str], bool], start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where the words stand between `start` and `end` of a cleaned text that `meets` is true of, as they are written."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        if meets(match.group()):
            yield match.span()
