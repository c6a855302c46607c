"""Which visible documents match the words of a request, and how well: BM25F over Whoosh's postings, in numpy."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from catalog.adapters.whoosh_index.schema import FORMS, TEXT_LANGUAGES, text_field
from catalog.adapters.whoosh_index.segment import DOCUMENT_BITS, Floats, Ints
from catalog.adapters.whoosh_index.snapshot import Mask, View
from catalog.search.languages import Language, alternatives, languages
from catalog.search.request import SearchRequest
from catalog.search.words import words

MAX_EXPANSIONS = 2000
PAGE_LANGUAGE_BOOST = 1.5
_K1, _B = 1.2, 0.75

Found = tuple[Mask, Floats]


@dataclass(slots=True)
class Matching:
    """One evaluation. `partial` tells that the deadline or the limit of a prefix cut it short."""

    view: View
    language: str
    deadline: float
    clock: Callable[[], float] = time.monotonic
    partial: bool = False

    def run(self, request: SearchRequest) -> Found:
        """Return a mask of the visible documents that match, and their scores."""
        mask, scores = self.view.visible.copy(), np.zeros(self.view.snapshot.size)
        for step in self._steps(request):
            if self.clock() > self.deadline:
                self.partial = True
                break
            found, part = step()
            mask &= found
            scores += part
        for word in _tokens(request.excluded):
            mask &= ~self._word(word)[0]
        return mask, scores

    def _steps(self, request: SearchRequest) -> Iterator[Callable[[], Found]]:
        for word in _tokens(request.words):
            yield lambda word=word: self._word(word)  # type: ignore[misc]
        for phrase in request.phrases:
            if tokens := _tokens(phrase):
                yield lambda tokens=tokens: self._phrase(tokens)  # type: ignore[misc]
        for prefix in _tokens(request.prefix):
            yield lambda prefix=prefix: self._prefix(prefix)  # type: ignore[misc]

    def _word(self, word: str) -> Found:
        """A word matches where any of its analyses does; their scores add up, as in Whoosh's own Or."""
        mask, scores = self._nothing()
        for language in _languages():
            for terms, weight in alternatives(language, word):
                found, part = self._all_of(language.name, terms)
                mask |= found
                scores += part * (weight * self._boost(language.name))
        return mask, scores

    def _all_of(self, language: str, terms: tuple[str, ...]) -> Found:
        mask, scores = self._nothing()
        if len(terms) == 1:
            ids, part = self._scored(language, terms[0])
            mask[ids], scores[ids] = True, part
            return mask, scores
        counts = np.zeros(len(mask), np.int64)
        for term in dict.fromkeys(terms):
            ids, part = self._scored(language, term)
            counts[ids] += 1
            scores[ids] += part
        mask = counts == len(set(terms))
        return mask, np.where(mask, scores, 0.0)

    def _scored(self, language: str, term: str) -> tuple[Ints, Floats]:
        """Scores as Whoosh's BM25F, but over the visible documents: hidden ones must not show in the order."""
        ids, weights = self.view.snapshot.postings(text_field(language), term)
        seen = self.view.visible[ids]
        ids, weights = ids[seen], weights[seen]
        idf = math.log(max(self.view.count, 1) / (len(ids) + 1)) + 1
        lengths, mean = self.view.field_lengths[language]
        return ids, idf * (weights * (_K1 + 1)) / (weights + _K1 * ((1 - _B) + _B * lengths[ids] / mean))

    def _phrase(self, phrase: list[str]) -> Found:
        """A phrase matches where its words stand in a row in one language; it scores as its words."""
        mask, scores = self._nothing()
        for language in _languages():
            places = self._row(language, phrase)
            mask[np.unique(places >> DOCUMENT_BITS)] = True
        for word in phrase:
            scores += self._word(word)[1]
        return mask, np.where(mask, scores, 0.0)

    def _row(self, language: Language, phrase: list[str]) -> Ints:
        found: Ints | None = None
        offset = 0
        for word in phrase:
            main = language.terms(word)
            for step, term in enumerate(main):
                either = [term, language.side(word)] if step == 0 and len(main) == 1 else [term]
                parts = [self.view.snapshot.places(text_field(language.name), each) for each in either if each]
                here = np.unique(np.concatenate(parts)) - offset
                found = here if found is None else np.intersect1d(found, here, assume_unique=True)
                offset += 1
        return found if found is not None else np.array([], np.int64)

    def _prefix(self, prefix: str) -> Found:
        mask, scores = self._nothing()
        terms = sorted({term for segment in self.view.snapshot.segments
                        for term in islice(segment.starting(FORMS, prefix), MAX_EXPANSIONS + 1)})  # fmt: skip
        self.partial |= len(terms) > MAX_EXPANSIONS
        for term in terms[:MAX_EXPANSIONS]:
            if self.clock() > self.deadline:
                self.partial = True
                break
            mask[self.view.snapshot.postings(FORMS, term)[0]] = True
        scores[mask] = 1.0
        return mask, scores

    def _boost(self, language: str) -> float:
        return PAGE_LANGUAGE_BOOST if language == self.language else 1.0

    def _nothing(self) -> Found:
        size = self.view.snapshot.size
        return np.zeros(size, np.bool_), np.zeros(size)


def _tokens(given: tuple[str, ...]) -> list[str]:
    return [token for word in given for token in words(word)]


def _languages() -> list[Language]:
    known = languages()
    return [known[name] for name in TEXT_LANGUAGES]
