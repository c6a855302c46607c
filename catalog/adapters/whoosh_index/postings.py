"""A document becomes postings: weighted terms per language, plain forms for prefixes, and a line of facts."""

import json
import struct
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from catalog.adapters.whoosh_index.schema import FACTS, FORMS, TITLES, text_field
from catalog.search.document import Document
from catalog.search.languages import SIDE_WEIGHT, language_of, languages
from catalog.search.words import words

MAX_TEXT = 20_000
MAX_POSITION = 60_000

# a word of a title counts four times one of the description
_SECTIONS = (("title", 4.0), ("keywords", 2.0), ("agency", 1.0), ("columns", 1.0), ("description", 1.0))

Terms = dict[bytes, tuple[list[int], float]]


def fields_of(document: Document) -> dict[str, Any]:
    """Return the values of all fields of the index for one document."""
    forms: dict[str, None] = {}
    titles: dict[str, None] = {}
    terms: dict[str, Terms] = {}
    ends: dict[str, int] = {}
    for section, weight in _SECTIONS:
        texts: Mapping[str, str] = getattr(document, section)
        for code, text in texts.items():
            found = words(text[:MAX_TEXT])
            language = language_of(code, text).name
            _collect(found, language, weight, terms.setdefault(language, {}), ends)
            forms.update(dict.fromkeys(found))
            if section == "title":
                titles.update(dict.fromkeys(found))
    fields: dict[str, Any] = {text_field(name): _postings(found) for name, found in terms.items() if found}
    if forms:
        fields[FORMS] = [(form.encode(), 1, 1.0, b"") for form in forms]
    if titles:
        fields[TITLES] = [(form.encode(), 1, 1.0, b"") for form in titles]
    lengths = {name: sum(len(places) for places, _ in found.values()) for name, found in terms.items()}
    fields[FACTS] = _facts(document, lengths)
    return fields


def _collect(found: list[str], language: str, weight: float, terms: Terms, ends: dict[str, int]) -> None:
    position = ends.get(language, 0)
    if position:
        position += 1  # a gap, so that no phrase reaches over the end of a text
    for word in found:
        main, side = _encoded(language, word)
        if position + len(main) > MAX_POSITION:
            break
        if side:
            places, sum_ = terms.get(side) or ([], 0.0)
            places.append(position)
            terms[side] = places, sum_ + weight * SIDE_WEIGHT
        for term in main:
            places, sum_ = terms.get(term) or ([], 0.0)
            places.append(position)
            terms[term] = places, sum_ + weight
            position += 1
    ends[language] = position


@lru_cache(2**17)
def _encoded(language: str, word: str) -> tuple[tuple[bytes, ...], bytes]:
    analysis = languages()[language]
    return tuple(term.encode() for term in analysis.terms(word)), analysis.side(word).encode()


def _postings(terms: Terms) -> list[tuple[bytes, int, float, bytes]]:
    return [
        (term, len(places), weight, struct.pack(f"<{len(places)}H", *places))
        for term, (places, weight) in terms.items()
    ]


def _facts(document: Document, lengths: Mapping[str, int]) -> bytes:
    return json.dumps(
        [
            document.name,
            document.content_hash,
            document.modified,
            document.title_key,
            sorted(document.labels),
            {name: list(dict.fromkeys(values)) for name, values in document.facets.items() if values},
            lengths,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def tie(name: str) -> int:
    """Return a number that orders documents alike in every index, whatever else is in it."""
    return int.from_bytes(blake2b(name.encode(), digest_size=7).digest())
