"""Our own query grammar: words, phrases, -word, word*, facet:value, rows:10..500 and bbox:66,49,78,56. Everything else is a
word or a blank."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass, field

from catalog.search.limits import written
from catalog.search.request import SearchRequest
from catalog.search.words import words

MAX_CHARACTERS = 256
MAX_TERMS = 16
MIN_PREFIX = 3

# Sentences for the reader; the site translates them.
TOO_LONG = "The query was cut to 256 characters."
TOO_MANY_TERMS = "Only the first 16 words were searched for."
SHORT_PREFIX = "A word with a star needs at least three letters before it; it was searched for as a whole word."
ONLY_EXCLUDED = "Words to leave out need at least one word or filter to search for; they were ignored."

_TERM = re.compile(r'(?P<minus>-)?(?:(?P<name>\w{1,40}):(?=[^\s:]))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(slots=True)
class Query:
    """What was understood of a query text; `notices` say what was not."""

    words: list[str] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    prefix: list[str] = field(default_factory=list)
    filters: dict[str, list[str]] = field(default_factory=dict)
    limits: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    terms: int = 0


def parse(text: str, facets: Container[str], filtered: bool = False) -> Query:
    """Return what `text` asks for; never raises. `facets` are the names that may stand before a colon.

    `filtered` tells that there are filters besides, so that words to leave out make sense alone.
    """
    query = Query()
    whole = unicodedata.normalize("NFC", text[: 4 * MAX_CHARACTERS]).strip()
    if len(whole) > MAX_CHARACTERS or len(text) > 4 * MAX_CHARACTERS:
        query.notices.append(TOO_LONG)
    for match in _TERM.finditer(whole[:MAX_CHARACTERS]):
        _add(query, match, facets)
    if query.excluded and not (query.words or query.phrases or query.prefix or query.filters or query.limits or filtered):
        query.excluded.clear()
        query.notices.append(ONLY_EXCLUDED)
    query.notices[:] = dict.fromkeys(query.notices)
    return query


def pieces(text: str) -> list[tuple[str, str]]:
    """Return each term as it stands in `text`, with the text without it."""
    whole = unicodedata.normalize("NFC", text[: 4 * MAX_CHARACTERS]).strip()[:MAX_CHARACTERS]
    spans = [match.span() for match in _TERM.finditer(whole)][:MAX_TERMS]
    return [(whole[start:end], " ".join((whole[:start] + whole[end:]).split())) for start, end in spans]


def only(request: SearchRequest) -> str:
    """Return the text that asks for the words of a request as they are, without what says the same."""
    phrases = [*((word,) for word in request.words), *request.phrases]
    asked = [f'"{" ".join(phrase)}"' for phrase in phrases] + [f"{word}*" for word in request.prefix]
    return " ".join((*asked, *(f"-{word}" for word in request.excluded)))


def _add(query: Query, match: re.Match[str], facets: Container[str]) -> None:
    name, phrase, word = match["name"], match["phrase"], match["word"]
    if name and not match["minus"] and word and (limits := written(name, word)):
        if _counted(query, 1):
            query.limits |= limits
        return
    if name and not match["minus"] and name in facets and (value := (phrase or word or "").strip()):
        if _counted(query, 1):
            query.filters.setdefault(name, []).append(value)
        return
    if name:
        _put(query, query.excluded if match["minus"] else query.words, words(name))
    found = words(phrase if phrase is not None else word)
    if match["minus"]:
        _put(query, query.excluded, found)
    elif phrase is not None:
        if taken := _counted(query, len(found)):
            query.phrases.append(tuple(found[:taken]))
    elif word.endswith("*") and found:
        _put(query, query.words, found[:-1])
        _put_prefix(query, found[-1])
    else:
        _put(query, query.words, found)


def _put(query: Query, where: list[str], found: list[str]) -> None:
    where.extend(found[: _counted(query, len(found))])


def _put_prefix(query: Query, letters: str) -> None:
    if len(letters) < MIN_PREFIX:
        query.notices.append(SHORT_PREFIX)
        _put(query, query.words, [letters])
    else:
        _put(query, query.prefix, [letters])


def _counted(query: Query, wanted: int) -> int:
    """Return how many of the terms wanted still fit."""
    taken = min(wanted, MAX_TERMS - query.terms)
    query.terms += taken
    if taken < wanted:
        query.notices.append(TOO_MANY_TERMS)
    return taken
