"""What may answer already what somebody is about to ask: published datasets, and requests of others to vote for instead."""

from collections import Counter

from catalog.access import Actor
from catalog.errors import Busy, IndexUnavailable
from catalog.ports import Store
from catalog.reading import Entry
from catalog.search.languages import language_of
from catalog.search.searching import Searching
from catalog.search.words import words
from catalog.wanted.records import Wanted
from schemas.texts import INTERFACE_LANGUAGES

SHOWN, LOOKED_AT = 5, 20
MOST_WORDS = 8
_SHORT = 3
"""Words of fewer letters say little."""


def compared(title: str, language: str) -> tuple[str, ...]:
    """Return the words of a title as they are compared: without endings, each once."""
    spoken = language_of(language, title)
    return tuple(dict.fromkeys(term for word in _said(title) for term in spoken.terms(word)))


def alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a search, each as titles in any language of the site may have it."""
    spoken = [language_of(code, text) for code in INTERFACE_LANGUAGES]
    return tuple(tuple(dict.fromkeys(term for each in spoken for term in each.terms(word))) for word in _said(text))


class Alike:
    """Looks for what is like a title: what shares half of its words or more, but no fewer than two."""

    def __init__(self, store: Store, searching: Searching) -> None:
        self._store, self._searching = store, searching

    def requests(self, title: str, language: str) -> list[Wanted]:
        """Return public requests that are like a title, the likest first."""
        asked = compared(title, language)
        with self._store.read() as work:
            found = work.wanted.alike(asked, 200) if asked else []
        shared = {one.id: len(set(asked) & set(one.words)) for one in found}
        near = [one for one in found if shared[one.id] >= _enough(len(asked))]
        return sorted(near, key=lambda one: -shared[one.id])[:SHOWN]

    def datasets(self, actor: Actor, title: str, language: str) -> list[Entry]:
        """Return datasets that the actor may see and that are like a title, the likest first."""
        asked = _said(title)
        shared: Counter[str] = Counter()
        entries: dict[str, Entry] = {}
        try:
            for text, weight in ((" ".join(asked), len(asked)), *((word, 1) for word in asked)):
                page = self._searching.search(actor, text, limit=LOOKED_AT, language=language, facets=()) if text else None
                for entry in page.entries if page else ():
                    entries[entry.dataset.name] = entry
                    shared[entry.dataset.name] += weight
        except (IndexUnavailable, Busy):
            pass  # a form without hints is better than none
        return [entries[name] for name, count in shared.most_common(SHOWN) if count >= _enough(len(asked))]


def _said(title: str) -> list[str]:
    return list(dict.fromkeys(word for word in words(title) if len(word) >= _SHORT))[:MOST_WORDS]


def _enough(words: int) -> int:
    return max(min(2, words), (words + 1) // 2)
