"""The terms of our own analysis, as every engine of the benchmark gets them."""

from catalog.search.document import Document
from catalog.search.languages import alternatives, language_of, languages
from catalog.search.words import words

LANGUAGES = ("kk", "ru", "en", "other")


def terms_of(document: Document) -> dict[str, str]:
    """Return the terms of a document by language, blanks between them."""
    found: dict[str, list[str]] = {}
    for texts in (document.title, document.keywords, document.description):
        for code, text in texts.items():
            language = language_of(code, text)
            terms = found.setdefault(language.name, [])
            for word in words(text):
                terms += (*language.terms(word), *filter(None, [language.side(word)]))
    return {name: " ".join(terms) for name, terms in found.items()}


def stands_for(word: str) -> list[tuple[str, str]]:
    """Return what may stand for a word: language and term."""
    return [
        (name, terms[0]) for name in LANGUAGES for form in words(word) for terms, _ in alternatives(languages()[name], form)
    ]
