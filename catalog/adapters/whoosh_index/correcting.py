"""A word that nothing is found by, and the word it was probably meant to be; both from visible datasets only."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.adapters.whoosh_index.schema import FORMS
from catalog.adapters.whoosh_index.snapshot import View

SHORTEST = 4
MOST_TERMS = 20_000
TIMES = 20
"""How many times more frequent a word must be to be offered instead of one that is found."""
_NEAR = 30


def better(view: View, word: str, found: int) -> str:
    """Return the most frequent word at a distance of one letter (two in long words); nothing where none is better.

    `found` is how many datasets the word itself finds.
    """
    if len(word) < SHORTEST:
        return ""
    for shared in (2, 1):
        near = _near(view, word, shared)
        if near:
            _distance, count, best = min(near)
            return best if -count > found * TIMES else ""
    return ""


def _near(view: View, word: str, shared: int) -> list[tuple[int, int, str]]:
    start = word[:shared]
    known = {term for segment in view.snapshot.segments for term in segment.terms.starting(FORMS, start, MOST_TERMS)}
    known.discard(word)
    near = process.extract(
        word, list(known), scorer=OSA.distance, score_cutoff=1 if len(word) < 8 else 2, limit=_NEAR, processor=None
    )
    counted = ((int(distance), _count(view, term), term) for term, distance, _ in near)
    return [(distance, -count, term) for distance, count, term in counted if count]


def _count(view: View, term: str) -> int:
    return int(view.visible[view.snapshot.postings(FORMS, term)[0]].sum())
