"""Words of new documents are gathered as numbers, and sorted into postings very many at once."""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from tempfile import TemporaryFile
from typing import IO

import numpy as np

from catalog.adapters.whoosh_index.rows import DOCUMENT, POSITION, TERM, Longs, Rows, joined, of_keys
from catalog.adapters.whoosh_index.schema import FORMS, TEXT_LANGUAGES, TITLES, text_field
from catalog.search.document import Document
from catalog.search.languages import SIDE_WEIGHT, Language, language_of, languages
from catalog.search.words import words

MAX_TEXT = 20_000
MAX_POSITION = 60_000
MAX_WORDS, MAX_DOCUMENTS = 2**21, 2**16
"""So much is sorted at once."""

# a word of a title counts four times one of the description
_SECTIONS = (("title", 4.0), ("keywords", 2.0), ("agency", 1.0), ("columns", 1.0), ("description", 1.0))
_WEIGHTS = np.array([each for _, weight in _SECTIONS[:3] for each in (weight, weight * SIDE_WEIGHT)], np.float32)
_TITLE, _LEAST = 0, 4  # places in it; the one after a weight is that of second terms


class Numbers(dict[bytes, int]):
    """Terms with the number that each got when it first came."""

    def __missing__(self, term: bytes) -> int:
        number = self[term] = len(self)
        return number


class Gathering:
    """What Whoosh calls a pool of postings: they come by document, whose numbers ascend, and leave by field and term."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._forms = Numbers()
        self._words = {name: _Words(languages()[name], self._forms) for name in TEXT_LANGUAGES}
        self._names = {text_field(name): known.terms for name, known in self._words.items()}
        self._names |= {FORMS: self._forms, TITLES: self._forms}
        self._runs: dict[str, list[Rows]] = defaultdict(list)
        self._aside: list[tuple[str, IO[bytes]]] = []
        self._first, self._held = 0, 0

    def add(self, number: int, document: Document) -> dict[str, int]:
        """Take a document and return the length of its texts by language."""
        if self._held > MAX_WORDS or number - self._first >= MAX_DOCUMENTS:
            self._sort(number)
            self._put_aside()
        ends: dict[str, int] = {}
        lengths: dict[str, int] = {}
        for place, (section, _) in enumerate(_SECTIONS):
            for code, text in getattr(document, section).items():
                language, found = language_of(code, text).name, words(text[:MAX_TEXT])
                begin = ends[language] + 1 if language in ends else 0  # a gap, so that no phrase reaches over the end of a text
                if found:
                    taken = self._words[language].take(number - self._first, begin, min(2 * place, _LEAST), found)
                    ends[language], lengths[language] = taken[0], lengths.get(language, 0) + taken[1]
                    self._held += len(found)
        return lengths

    def take(self, field: str, rows: Rows, following: int) -> None:
        """Take the postings of a field of another segment, whose documents come after all others; `following` is the next."""
        self._sort(following)
        names = self._names[field]
        self._runs[field].append(replace(rows, terms=np.array([names[term] for term in rows.terms], np.int32)))

    def fields(self) -> Iterator[tuple[str, Rows]]:
        """Yield the fields that have terms, in order."""
        self._sort(0)
        for field, numbers in sorted(self._names.items()):
            runs = [_loaded(file) for name, file in self._aside if name == field] + self._runs.pop(field, [])
            if runs:
                yield field, joined(runs, list(numbers))

    def cleanup(self) -> None:
        """Let go of everything."""
        for _, file in self._aside:
            file.close()
        self._runs.clear()

    def _sort(self, following: int) -> None:
        forms = [np.zeros(0, np.int64)]
        titles = [np.zeros(0, np.int64)]
        for language, known in self._words.items():
            if known.tokens:
                terms, written, weights = known.emptied()
                forms.append(written)
                titles.append(written[weights == _TITLE])
                self._runs[text_field(language)].append(of_keys(terms, self._first, _WEIGHTS, placed=True))
        for field, keys in ((FORMS, forms), (TITLES, titles)):
            if len(every := np.concatenate(keys)):
                self._runs[field].append(of_keys(every, self._first, _WEIGHTS, placed=False))
        self._first, self._held = following, 0

    def _put_aside(self) -> None:
        for field, runs in self._runs.items():
            for rows in runs:
                file = TemporaryFile(dir=self._folder)  # noqa: SIM115  # closed by cleanup
                rows.save(file)
                self._aside.append((field, file))
        self._runs.clear()


class _Words(dict[str, int]):
    """The words of a language with the number that each got, what stands for each, and the texts that they came in."""

    def __init__(self, language: Language, forms: Numbers) -> None:
        self._language, self._forms, self.terms = language, forms, Numbers()
        self._form, self._side, self._doubled = array("i"), array("i"), bytearray()  # -1 where no second term stands for it
        self._main, self._ends = array("i"), array("i", [0])  # terms of word n: main[ends[n] : ends[n + 1]]
        self.tokens, self._texts = array("i"), array("i")

    def __missing__(self, word: str) -> int:
        side = self._language.side(word)
        self._form.append(self._forms[word.encode()])
        self._side.append(self.terms[side.encode()] if side else -1)
        self._doubled.append(bool(side))
        self._main.extend(self.terms[term.encode()] for term in self._language.terms(word))
        self._ends.append(len(self._main))
        number = self[word] = len(self)
        return number

    def take(self, number: int, begin: int, weight: int, found: list[str]) -> tuple[int, int]:
        """Take a text of a document that begins at a position; return where it ends and how long it is with second terms."""
        tokens = list(map(self.__getitem__, found))
        end = begin + len(tokens)
        if len(self._main) > len(self) or end > MAX_POSITION:  # some words are several terms
            ends = list(accumulate((self._ends[token + 1] - self._ends[token] for token in tokens), initial=begin))
            tokens = tokens[: bisect_right(ends, MAX_POSITION, lo=1) - 1]
            end = ends[len(tokens)]
        self.tokens.extend(tokens)
        self._texts.extend((number, begin, weight, len(tokens)))
        return end, end - begin + sum(map(self._doubled.__getitem__, tokens))

    def emptied(self) -> tuple[Longs, Longs, Longs]:
        """Return a key for each term, one for each word as it was written, and the weights of these; begin anew."""
        tokens, main, ends = np.array(self.tokens), np.array(self._main, np.int64), np.array(self._ends)
        texts = np.array(self._texts, np.int64).reshape(-1, 4)
        document, begin, weight = (np.repeat(column, texts[:, 3]) for column in texts.T[:3])
        wide = np.diff(ends)[tokens]
        before = np.cumsum(wide) - wide
        place = begin + before - before[np.repeat(np.cumsum(texts[:, 3]) - texts[:, 3], texts[:, 3])]
        at = (document << DOCUMENT) + (place << POSITION) + weight
        step = np.arange(len(before) and int(wide.sum())) - np.repeat(before, wide)
        terms = (main[np.repeat(ends[tokens], wide) + step] << TERM) + np.repeat(at, wide) + (step << POSITION)
        side = np.array(self._side, np.int64)[tokens]
        double = side >= 0
        written = (np.array(self._form, np.int64)[tokens] << TERM) + (document << DOCUMENT)
        self.tokens, self._texts = array("i"), array("i")
        return np.concatenate((terms, (side[double] << TERM) + at[double] + 1)), written, weight


def _loaded(file: IO[bytes]) -> Rows:
    file.seek(0)
    return Rows.load(file)
