"""What a result row shows of a dataset beside its title, and the numbers below a list."""

from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from catalog.search.ranges import ranges
from catalog.search.request import SearchRequest
from catalog.search.searching import Results
from catalog.search.snippets import snippet
from schemas.dataset import Dataset
from schemas.texts import UNDETERMINED, Text, pick
from schemas.vocabularies import vocabulary
from web import sentences
from web.languages import current_language

MOST = 6
"""Formats and licences named in one row."""


def tools() -> dict[str, Any]:
    """Return what templates call to write rows."""
    return {
        "excerpt": excerpt, "licences_of": licences_of, "formats_of": formats_of, "foreign": foreign,
        "page_numbers": page_numbers, "facet_titles": sentences.FACETS, "sort_titles": sentences.SORTS,
        "notices": sentences.NOTICES, "limit_problems": sentences.LIMITS, "sides": sentences.SIDES, "search_ranges": ranges,
    }  # fmt: skip


def excerpt(text: Text, found: Results | None) -> Markup:
    """Return the part of a description that was found, with what matched marked; its beginning where nothing was sought."""
    request = found.request if found else SearchRequest(language=current_language())
    shown = snippet(text, request)
    words = Markup("".join(f"<mark>{escape(part)}</mark>" if hit else escape(part) for part, hit in shown.parts))
    if shown.language in (current_language(), UNDETERMINED):
        return words
    return Markup('<span lang="{}">{}</span>').format(shown.language, words)


def licences_of(dataset: Dataset) -> list[str]:
    """Return the licences of the files, each once."""
    return list(dict.fromkeys(one.license for one in dataset.distribution if one.license))[:MOST]


def formats_of(dataset: Dataset) -> list[str]:
    """Return the formats of the files in words, each once."""
    named = (_format(one.format or one.media_type) for one in dataset.distribution[:100])
    return list(dict.fromkeys(filter(None, named)))[:MOST]


def foreign(text: Text) -> str:
    """Return the language that a text is only in, where it is not the reader's; empty otherwise."""
    language = pick(text, current_language()).language
    return "" if language in (current_language(), UNDETERMINED) else language


def page_numbers(page: int, pages: int) -> list[int | None]:
    """Return the pages to link: the first, the last and those around this one, with None for a gap."""
    near = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    linked: list[int | None] = []
    for number in near:
        if linked and linked[-1] is not None and number - linked[-1] > 1:
            linked.append(None)
        linked.append(number)
    return linked


@lru_cache(maxsize=1024)
def _format(words: str) -> str:
    term = vocabulary("media_types").find(words)
    return term.code if term else words[:20].upper()
