"""Controlled lists as data: one JSON file each, with the source it was taken from and labels in kk, ru and en."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from schemas.texts import Picked, Text, pick


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One entry. `code` is short and stands in addresses; `alternatives` are other spellings met in the wild."""

    code: str
    iri: str = ""
    label: Text = field(default_factory=dict)
    alternatives: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


class Vocabulary:
    """A list of terms, found by code, IRI, label or other spelling, whatever the case."""

    def __init__(self, name: str, source: str, terms: tuple[Term, ...]) -> None:
        self.name, self.source, self.terms = name, source, terms
        self._by_key: dict[str, Term] = {}
        for spellings in (_exact, _loose):  # a code or an IRI wins over another term's label
            for term in terms:
                for key in spellings(term):
                    self._by_key.setdefault(_fold(key), term)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def find(self, words: str | None) -> Term | None:
        """Return the term that `words` names, or None."""
        return self._by_key.get(_fold(words)) if words else None

    def label(self, words: str, language: str) -> Picked:
        """Return the label of a code or IRI for a reader, the words themselves where no term has them."""
        term = self.find(words)
        return pick(term.label, language) if term and term.label else Picked(words, language)


def _exact(term: Term) -> tuple[str, ...]:
    return (term.code, term.iri)


def _loose(term: Term) -> tuple[str, ...]:
    return (*term.alternatives, *term.label.values())


def _fold(words: str) -> str:
    return " ".join(words.casefold().replace("https://", "http://").rstrip("/").split())


@lru_cache
def vocabulary(name: str) -> Vocabulary:
    """Read the vocabulary `name` of this folder, e.g. `themes`; raises FileNotFoundError for an unknown one."""
    document = json.loads((files(__name__) / f"{name}.json").read_text("utf-8"))
    terms = tuple(
        Term(**{**term, "alternatives": tuple(term.get("alternatives", ()))}) for term in document["terms"]
    )
    return Vocabulary(name, document["source"], terms)
