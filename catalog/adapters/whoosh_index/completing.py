"""Words of titles that begin as the reader has begun, from visible datasets only."""

from catalog.adapters.whoosh_index.schema import TITLES
from catalog.adapters.whoosh_index.snapshot import View
from catalog.search.words import words

MOST_TERMS = 2000
MOST_SUGGESTIONS = 10


def suggest(view: View, text: str) -> list[str]:
    """Return up to ten completions of the last word of `text`, the most frequent first; nothing for a single letter."""
    given = words(text[:256])
    if not given or len(given[-1]) < 2:
        return []
    snapshot = view.snapshot
    terms = {term for segment in snapshot.segments for term in segment.terms.starting(TITLES, given[-1])[:MOST_TERMS]}
    counts = {term: int(view.visible[snapshot.postings(TITLES, term)[0]].sum()) for term in terms}
    best = sorted((term for term in counts if counts[term]), key=lambda term: (-counts[term], term))
    return [" ".join((*given[:-1], term)) for term in best[:MOST_SUGGESTIONS]]
