"""The part of a text that shows why it was found, with the words that matched marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.search.languages import Language, alternatives, language_of
from catalog.search.request import SearchRequest
from catalog.search.words import clean, spans, words
from schemas.texts import Picked, Text, pick

LENGTH = 200
_LEAD = 60

_TAG = re.compile(r"<[^<>]{0,500}>")
_LINK = re.compile(r"!?\[([^\]\[]{0,200})\]\([^()\s]{0,500}\)")
_SIGNS = re.compile(r"[*_`#>|]{2,}|(?m:^[#>*\-+]+\s)")

Part = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Parts of a text, each with whether it matched, and the language they are in."""

    parts: tuple[Part, ...]
    language: str


def snippet(text: Text, request: SearchRequest, length: int = LENGTH) -> Snippet:
    """Return at most `length` characters of `text`, in the reader's language unless only another one matches."""
    chosen = _chosen(text, request)
    plain = _plain(chosen.words)
    hits = _hits(plain, chosen.language, request)
    start, end = _window(plain, hits, length)
    shown = "…" if start else ""
    parts = _parts(plain, [hit for hit in hits if hit[0] >= start and hit[1] <= end], start, end)
    lead = [(shown, False)] if shown else []
    tail = [("…", False)] if end < len(plain) else []
    return Snippet(tuple(lead + parts + tail), chosen.language)


def marked(text: str, language: str, request: SearchRequest) -> list[Part]:
    """Return the whole of a text (a title) with the words that matched marked."""
    plain = clean(text)
    return _parts(plain, _hits(plain, language, request), 0, len(plain))


def _chosen(text: Text, request: SearchRequest) -> Picked:
    own = pick(text, request.language)
    if not _asked(request) or _hits(clean(own.words), own.language, request):
        return own
    others = (Picked(words_, code) for code, words_ in text.items() if code != own.language)
    return next((other for other in others if _hits(clean(other.words), other.language, request)), own)


def _plain(text: str) -> str:
    return " ".join(clean(_SIGNS.sub(" ", _LINK.sub(r"\1", _TAG.sub(" ", text[:20_000])))).split())


def _asked(request: SearchRequest) -> Iterable[str]:
    return [word for given in (*request.words, *(w for phrase in request.phrases for w in phrase)) for word in words(given)]


def _hits(plain: str, code: str, request: SearchRequest) -> list[tuple[int, int]]:
    language = language_of(code, plain)
    wanted = {terms for word in _asked(request) for terms, _ in alternatives(language, word)}
    starts = tuple(word for given in request.prefix for word in words(given))
    return [
        (start, end)
        for word, start, end in spans(plain)
        if word.startswith(starts) or _meets(language, word, wanted)
    ]


def _meets(language: Language, word: str, wanted: set[tuple[str, ...]]) -> bool:
    for terms, _ in alternatives(language, word):
        if terms in wanted or any(len(asked) > 1 and set(asked) <= set(terms) for asked in wanted):
            return True
    return False


def _window(plain: str, hits: list[tuple[int, int]], length: int) -> tuple[int, int]:
    if len(plain) <= length:
        return 0, len(plain)
    room = length - 2  # for the dots
    start = max(0, min(hits[0][0] - _LEAD if hits else 0, len(plain) - room))
    if start and (blank := plain.find(" ", start, start + _LEAD)) >= 0:
        start = blank + 1
    end = min(start + room, len(plain))
    if end < len(plain) and (blank := plain.rfind(" ", start + room // 2, end)) > 0:
        end = blank
    return start, end


def _parts(plain: str, hits: list[tuple[int, int]], start: int, end: int) -> list[Part]:
    parts: list[Part] = []
    for first, last in hits:
        parts += [(plain[start:first], False), (plain[first:last], True)]
        start = last
    return [part for part in (*parts, (plain[start:end], False)) if part[0]]
