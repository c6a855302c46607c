"""What every search index must answer, in plain Python over lists: slow, obvious and independent of any engine."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from catalog.search.document import Document
from catalog.search.languages import alternatives, language_of, languages
from catalog.search.limits import Box
from catalog.search.request import SearchRequest
from catalog.search.words import words

SECTIONS = ("title", "keywords", "agency", "columns", "description")


class Oracle:
    """Documents in a dictionary; a request is answered by looking at each of them."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self.documents = {document.name: document for document in documents}

    def names(self, request: SearchRequest, without: str = "") -> set[str]:
        """Return the names that match, leaving out the filter on the facet `without`."""
        return {name for name, document in self.documents.items() if self._matches(document, request, without)}

    def table(self, request: SearchRequest, facet: str) -> dict[str, int]:
        """Return the facet's counts, chosen values included."""
        names = self.names(request, without=facet)
        counts = Counter(value for name in names for value in self.documents[name].facets.get(facet, ()))
        return dict.fromkeys(request.filters.get(facet, ()), 0) | dict(counts)

    def _matches(self, document: Document, request: SearchRequest, without: str) -> bool:
        return (
            bool(document.labels & request.labels)
            and all(
                set(document.facets.get(name, ())) & set(values)
                for name, values in request.filters.items()
                if name != without
            )
            and all(low <= document.numbers.get(name, low - 1) <= high for name, (low, high) in request.ranges.items())
            and (request.box is None or any(_touch(box, request.box) for box in document.boxes))
            and all(_means(document, run, request.related) for run in runs(request))
            and has_phrase(document, request)
            and not any(_has(document, [token]) for word in request.excluded for token in words(word))
            and all(_begins(document, token) for word in request.prefix for token in words(word))
        )


def _touch(box: Box, asked: Box) -> bool:
    """Walk over whole and half degrees: enough for boxes that begin and end there."""
    west, south, east, north = asked
    def longitude(at: float) -> bool:
        return west <= at <= east if west <= east else at >= west or at <= east

    return any(longitude(box[0] + step / 2) for step in range(int(2 * (box[2] - box[0])) + 1)) and any(
        south <= box[1] + step / 2 <= north for step in range(int(2 * (box[3] - box[1])) + 1)
    )


def runs(request: SearchRequest) -> list[tuple[str, ...]]:
    """Split the words of a request into the longest runs that something is said of."""
    row, found = [token for word in request.words for token in words(word)], []
    while row:
        sizes = [size for size in range(2, len(row) + 1) if tuple(row[:size]) in request.related]
        size = max(sizes, default=1)
        found.append(tuple(row[:size]))
        row = row[size:]
    return found


def _means(document: Document, run: tuple[str, ...], related: Mapping[tuple[str, ...], Any]) -> bool:
    return (
        all(_has(document, [word]) for word in run)
        or any(all(_has(document, [word], code) for word in said) for code, said in related.get(run, ()))
        or (len(run) > 1 and all(_means(document, (word,), related) for word in run))
    )


def has_phrase(document: Document, request: SearchRequest) -> bool:
    """Tell whether all phrases of a request stand in a document."""
    return all(_has(document, [token for word in phrase for token in words(word)]) for phrase in request.phrases)


def _texts(document: Document) -> list[tuple[str, str]]:
    return [(code, text) for section in SECTIONS for code, text in getattr(document, section).items()]


def _begins(document: Document, prefix: str) -> bool:
    return any(word.startswith(prefix) for _, text in _texts(document) for word in words(text))


def _has(document: Document, run: list[str], only: str = "") -> bool:
    """Tell whether the words stand in a row in one text (of one language), in any form (a single word: anywhere)."""
    for code, text in _texts(document):
        language = language_of(code, text).name
        if only and language != only:
            continue
        rows, wanted = _rows(language, text), [_wanted(language, word) for word in run]
        for start in range(len(rows) - len(wanted) + 1):
            if all(wanted[step] & rows[start + step] for step in range(len(wanted))):
                return True
    return False


@lru_cache(None)
def _rows(language: str, text: str) -> list[set[Any]]:
    known = languages()[language]
    return [{known.terms(word), (known.side(word) or "\0",)} for word in words(text)]


@lru_cache(None)
def _wanted(language: str, word: str) -> set[Any]:
    return {terms for terms, _ in alternatives(languages()[language], word)}
