"""Terms of the public sector in Kazakh, Russian and English: what a reader asks for in one language is found in the others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from catalog.search.languages import languages
from catalog.search.words import words

LANGUAGES = ("kk", "ru", "en")
LONGEST = 4
MOST = 12

Run = tuple[str, ...]
Meaning = tuple[str, Run]
"""A language and the words, in its dictionary form, that say the same."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One notion: its words by language, those for the same thing after one another, and how they were checked."""

    theme: str
    terms: Mapping[str, tuple[str, ...]]
    checks: tuple[str, ...]


@lru_cache(1)
def entries() -> tuple[Entry, ...]:
    """Return all entries."""
    text = (files("catalog.search") / "glossary.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        Entry(theme, {code: tuple(each.split("; ")) for code, each in zip(LANGUAGES, given, strict=True)}, tuple(checks.split()))
        for theme, *given, checks in rows
    )


def related(asked: Iterable[str]) -> dict[Run, tuple[Meaning, ...]]:
    """Return, for words of a query and runs of them that are terms, what says the same in any language."""
    row = [word for each in asked for word in words(each)]
    found: dict[Run, tuple[Meaning, ...]] = {}
    for size in range(min(LONGEST, len(row)), 0, -1):
        for start in range(len(row) - size + 1):
            run = tuple(row[start : start + size])
            if meanings := _meanings(run):
                found[run] = meanings
    return found


@lru_cache(2**10)
def _meanings(run: Run) -> tuple[Meaning, ...]:
    found: dict[tuple[str, Run], Meaning] = {}
    for code in LANGUAGES:
        for entry in _by_stem().get((code, _stems(code, run)), ()):
            for language, term in _said(entry):
                if _stems(language, term) != _stems(language, run):
                    found.setdefault((language, _stems(language, term)), (language, term))
    return tuple(found.values())[:MOST]


def _said(entry: Entry) -> Iterator[Meaning]:
    for code, terms in entry.terms.items():
        for term in terms:
            yield code, tuple(words(term))


@lru_cache(1)
def _by_stem() -> dict[tuple[str, Run], list[Entry]]:
    known = defaultdict(list)
    for entry in entries():
        for code, run in _said(entry):
            known[code, _stems(code, run)].append(entry)
    return dict(known)


def _stems(code: str, run: Run) -> Run:
    return tuple(languages()[code].terms(word)[0] for word in run)
