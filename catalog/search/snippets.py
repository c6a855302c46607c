"""The part of a text that shows why it was found, with the words that matched marked."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from catalog.search.languages import Language, alternatives, language_of
from catalog.search.request import SearchRequest
from catalog.search.words import clean, places, words
from schemas.texts import Picked, Text, pick

LENGTH = 200
_LEAD = 60

_TAG = re.compile(r"<[^<>]{0,500}>")
_LINK = re.compile(r"!?\[([^\]\[]{0,200})\]\([^()\s]{0,500}\)")
_SIGNS = re.compile(r"[*_`#>|]{2,}|(?m:^[#>*\-+]+\s)")

Part = tuple[str, bool]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Parts of a text, each with whether it matched, and the language they are in."""

    parts: tuple[Part, ...]
    language: str


def snippet(text: Text, request: SearchRequest, length: int = LENGTH) -> Snippet:
    """Return at most `length` characters of `text`, in the reader's language unless only another one matches."""
    chosen, plain, first = _chosen(text, request)
    start, end = _window(plain, first, length)
    parts = _parts(plain, _hits(plain, chosen.language, request, start, end), start, end)
    lead = [("…", False)] if start else []
    tail = [("…", False)] if end < len(plain) else []
    return Snippet(tuple(lead + parts + tail), chosen.language)


def marked(text: str, language: str, request: SearchRequest) -> list[Part]:
    """Return the whole of a text (a title) with the words that matched marked."""
    plain = clean(text)
    return _parts(plain, _hits(plain, language, request), 0, len(plain))


def _chosen(text: Text, request: SearchRequest) -> tuple[Picked, str, int]:
    """Return the version to show, its plain text, and where the first word that matched stands in it (0 when none does)."""
    own = pick(text, request.language)
    others = (Picked(words_, code) for code, words_ in text.items() if code != own.language)
    for picked in chain([own], others if request.words or request.phrases else ()):
        plain = _plain(picked.words)
        if hit := next(_hits(plain, picked.language, request), None):
            return picked, plain, hit[0]
    return own, _plain(own.words), 0


def _plain(text: str) -> str:
    return " ".join(clean(_SIGNS.sub(" ", _LINK.sub(r"\1", _TAG.sub(" ", text[:20_000])))).split())


def _hits(plain: str, code: str, request: SearchRequest, start: int = 0, end: int | None = None) -> Iterator[Place]:
    if not (request.words or request.phrases or request.prefix):
        return iter(())
    language = language_of(code, plain)
    said = (run for meanings in request.related.values() for code, run in meanings if code == language.name)
    return places(plain, _test(language, (*request.words, *chain(*said)), request.phrases, request.prefix), start, end)


@lru_cache(maxsize=64)
def _test(
    language: Language, given: tuple[str, ...], phrases: tuple[tuple[str, ...], ...], prefix: tuple[str, ...]
) -> Callable[[str], bool]:
    """Return what tells whether a word of a text is one that was asked for; it remembers its answers."""
    asked = [word for one in (*given, *chain.from_iterable(phrases)) for word in words(one)]
    wanted = {terms for word in asked for terms, _ in alternatives(language, word)}
    runs = [set(terms) for terms in wanted if len(terms) > 1]
    starts = tuple(word for one in prefix for word in words(one))

    @lru_cache(maxsize=2**12)
    def meets(written: str) -> bool:
        word = "".join(words(written))
        stands = [terms for terms, _ in alternatives(language, word)]
        return word.startswith(starts) or any(terms in wanted or any(run <= set(terms) for run in runs) for terms in stands)

    return meets


def _window(plain: str, hit: int, length: int) -> tuple[int, int]:
    if len(plain) <= length:
        return 0, len(plain)
    room = length - 2  # for the dots
    start = max(0, min(hit - _LEAD, len(plain) - room))
    if start and (blank := plain.find(" ", start, start + _LEAD)) >= 0:
        start = blank + 1
    end = min(start + room, len(plain))
    if end < len(plain) and (blank := plain.rfind(" ", start + room // 2, end)) > 0:
        end = blank
    return start, end


def _parts(plain: str, hits: Iterable[Place], start: int, end: int) -> list[Part]:
    parts: list[Part] = []
    for first, last in hits:
        parts += [(plain[start:first], False), (plain[first:last], True)]
        start = last
    return [part for part in (*parts, (plain[start:end], False)) if part[0]]
