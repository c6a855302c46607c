"""Which visible documents match the words of a request, and how well: BM25F over Whoosh's postings, in numpy."""

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from catalog.adapters.whoosh_index.blocks import DOCUMENT_BITS, NONE, Floats, Ints, Places
from catalog.adapters.whoosh_index.column import Mask
from catalog.adapters.whoosh_index.schema import FORMS, TEXT_LANGUAGES, text_field
from catalog.adapters.whoosh_index.snapshot import Found, View
from catalog.search.languages import Language, alternatives, languages
from catalog.search.request import SearchRequest
from catalog.search.words import words

PAGE_LANGUAGE_BOOST = 1.5
BELOW = 1000.0
_K1 = 1.2
_NOTHING: Found = (NONE.ids, NONE.weights)
_scratch = threading.local()

Run = tuple[str, ...]
Related = Mapping[Run, tuple[tuple[str, Run], ...]]


@dataclass(slots=True)
class Matching:
    """One evaluation. `partial` tells that the deadline or the limit of a prefix cut it short."""

    view: View
    language: str
    deadline: float
    clock: Callable[[], float] = time.monotonic
    partial: bool = False

    def run(self, request: SearchRequest) -> Found | None:
        """Return the visible documents that match, ascending, with their scores; None where no words are asked for."""
        parts = []
        for step in self._steps(request):
            if self.clock() > self.deadline:
                self.partial = True
                break
            parts.append(step())
        excluded = [self._word(word)[0] for word in _tokens(request.excluded)]
        if self.partial and not parts:
            return _NOTHING  # not even the first word was reached: everything would be no answer
        if not parts and not excluded:
            return None
        ids, scores = self._all(parts) if parts else (self.view.ids, np.zeros(len(self.view.ids), np.float32))
        for gone in excluded:
            kept = ~self._flagged(gone, ids)
            ids, scores = ids[kept], scores[kept]
        return ids, scores

    def _steps(self, request: SearchRequest) -> Iterator[Callable[[], Found]]:
        for run in _runs(_tokens(request.words), request.related):
            yield lambda run=run: self._meant(run, request.related)  # type: ignore[misc]
        for phrase in request.phrases:
            if tokens := _tokens(phrase):
                yield lambda tokens=tokens: self._phrase(tokens)  # type: ignore[misc]
        for prefix in _tokens(request.prefix):
            yield lambda prefix=prefix: self._prefix(prefix)  # type: ignore[misc]

    def _word(self, word: str) -> Found:
        """A word matches where any of its analyses does; their scores add up, as in Whoosh's own Or."""
        found = self.view.words.get((word, self.language))
        if found is None:
            parts = [
                (ids, scores * np.float32(weight * self._boost(language.name)))
                for language in _languages()
                for terms, weight in alternatives(language, word)
                for ids, scores in (self._run(language.name, terms),)
            ]
            found = self._any(parts)
            self.view.words.put((word, self.language), found)
        return found

    def _meant(self, run: Run, related: Related) -> Found:
        """Words match by themselves or by what says the same; what only the latter finds gets scores below zero."""
        exact = self._all([self._word(word) for word in run])
        if not any(part in related for part in (run, *((word,) for word in run))):
            return exact
        ids, scores = self._loose(run, related)
        more = ~self._flagged(exact[0], ids)
        every, found = np.concatenate((exact[0], ids[more])), np.concatenate((exact[1], scores[more] - np.float32(BELOW)))
        order = np.argsort(every, kind="stable")
        return every[order], found[order]

    def _loose(self, run: Run, related: Related) -> Found:
        parts = [self._all([self._in_language(code, word) for word in said]) for code, said in related.get(run, ())]
        if len(run) > 1:
            parts.append(self._all([self._any([self._word(word), self._loose((word,), related)]) for word in run]))
        return self._any(parts)

    def _in_language(self, code: str, word: str) -> Found:
        language = languages()[code]
        found = [self._run(code, terms) for terms, _ in alternatives(language, word)]
        return self._any(found)

    def _run(self, language: str, terms: tuple[str, ...]) -> Found:
        return self._all([self._scored(language, term) for term in dict.fromkeys(terms)])

    def _scored(self, language: str, term: str) -> Found:
        """Scores as Whoosh's BM25F, but over the visible documents: hidden ones must not show in the order."""
        ids, weights = self.view.snapshot.postings(text_field(language), term)
        seen = self.view.visible[ids]
        if not seen.all():
            ids, weights = ids[seen], weights[seen]
        idf = math.log(max(len(self.view.ids), 1) / (len(ids) + 1)) + 1
        return ids, np.float32(idf * (_K1 + 1)) * weights / (weights + self.view.norms[language][ids])

    def _phrase(self, phrase: list[str]) -> Found:
        """A phrase matches where its words stand in a row in one language; it scores as its words."""
        rows = [self._row(language, phrase) >> DOCUMENT_BITS for language in _languages()]
        ids = np.unique(np.concatenate(rows)).astype(np.int32)
        ids = ids[self.view.visible[ids]]
        scores = np.zeros(len(ids), np.float32)
        for word in phrase:
            scores += self._gathered(self._word(word), ids)
        return ids, scores

    def _row(self, language: Language, phrase: list[str]) -> Places:
        found: Places | None = None
        offset = 0
        for word in phrase:
            main = language.terms(word)
            for step, term in enumerate(main):
                stands = alternatives(language, word) if step == 0 and len(main) == 1 else [((term,), 1.0)]
                parts = [self.view.snapshot.places(text_field(language.name), each) for (each,), _ in stands]
                here = np.unique(np.concatenate(parts)) - offset if len(parts) > 1 else parts[0] - offset
                found = here if found is None else _common(found, here)
                offset += 1
        return found if found is not None else np.zeros(0, np.int64)

    def _prefix(self, prefix: str) -> Found:
        flags = np.zeros(self.view.snapshot.size, np.bool_)
        for base, segment in self.view.snapshot.based():
            if self.clock() > self.deadline:
                self.partial = True
                break
            ids, whole = segment.terms.owners(FORMS, prefix)
            self.partial |= not whole
            flags[base : base + segment.size][ids] = True
        ids = np.flatnonzero(flags & self.view.visible).astype(np.int32)
        return ids, np.ones(len(ids), np.float32)

    def _any(self, parts: list[Found]) -> Found:
        parts = [part for part in parts if len(part[0])]
        if len(parts) < 2:
            return parts[0] if parts else _NOTHING
        sums, flags = self._buffers()
        for ids, scores in parts:
            sums[ids] += scores
            flags[ids] = True
        ids = np.flatnonzero(flags).astype(np.int32)
        scores = sums[ids]
        sums[ids], flags[ids] = 0, False
        return ids, scores

    def _all(self, parts: list[Found]) -> Found:
        ids, scores = min(parts, key=lambda part: len(part[0]))
        kept = np.ones(len(ids), np.bool_)
        for other in parts:
            if other[0] is not ids and len(ids):
                kept &= self._flagged(other[0], ids)
        total = np.zeros(len(ids), np.float32)
        for other in parts:  # in the order given, so that sums are the same however many match
            total += scores if other[0] is ids else self._gathered(other, ids)
        return (ids, total) if kept.all() else (ids[kept], total[kept])

    def _flagged(self, marked: Ints, ids: Ints) -> Mask:
        flags = self._buffers()[1]
        flags[marked] = True
        found: Mask = flags[ids]
        flags[marked] = False
        return found

    def _gathered(self, found: Found, ids: Ints) -> Floats:
        sums = self._buffers()[0]
        sums[found[0]] = found[1]
        scores: Floats = sums[ids]
        sums[found[0]] = 0
        return scores

    def _buffers(self) -> tuple[Floats, Mask]:
        """Return all zeros for each document, of this thread; whoever uses them clears them."""
        size = self.view.snapshot.size
        if len(getattr(_scratch, "flags", ())) < size:
            _scratch.sums, _scratch.flags = np.zeros(size, np.float32), np.zeros(size, np.bool_)
        return _scratch.sums[:size], _scratch.flags[:size]

    def _boost(self, language: str) -> float:
        return PAGE_LANGUAGE_BOOST if language == self.language else 1.0


def _common(one: Places, two: Places) -> Places:
    """Return what is in both of two ascending rows."""
    few, many = (one, two) if len(one) <= len(two) else (two, one)
    if not len(few):
        return few
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    both: Places = few[many[at] == few]
    return both


def _tokens(given: tuple[str, ...]) -> list[str]:
    return [token for word in given for token in words(word)]


def _runs(row: list[str], related: Related) -> Iterator[Run]:
    """Split words into the longest runs that something is said of, single words otherwise."""
    longest, start = max(map(len, related), default=1), 0
    while start < len(row):
        sizes = (size for size in range(min(longest, len(row) - start), 1, -1) if tuple(row[start : start + size]) in related)
        size = next(sizes, 1)
        yield tuple(row[start : start + size])
        start += size


def _languages() -> list[Language]:
    known = languages()
    return [known[name] for name in TEXT_LANGUAGES]
