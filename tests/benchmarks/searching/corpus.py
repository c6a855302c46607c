"""A generated catalogue in three languages: inflected words after Zipf's law, six facets of 2,409 values; pages asked of it."""

import random
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, islice, product

from pymorphy3 import MorphAnalyzer

from catalog.search.document import Document
from catalog.search.request import SearchRequest, Sort
from catalog.search.words import words as split

FACETS = {"agency": 2340, "theme": 14, "format": 20, "licence": 12, "year": 18, "language": 5}
SEVERAL = {"theme": 2, "format": 3, "language": 2}
_SHARES = (("ru", 45), ("kk", 40), ("en", 15))
_SYLLABLES = {
    "kk": "ба қа жа та са да ра ла ма ша бар қал жан тұр сан дал ор ал ұл ай ыр ос ғал шар".split(),
    "en": "ba con de fi ga ho in ja ko la mi no per re sa to un ver wi pla ster men tor dis".split(),
}
_ENDINGS = {
    "kk": ["", *"лар лары ларының дың ды ға да дан ы ының ында ындағы лармен лардың".split()],
    "en": ["", *"s ed ing ation ations er ers".split()],
}
KINDS = ("common", "rare", "two words", "three words", "text, one filter", "text, two filters", "filters", "by date")


def corpus(size: int) -> Iterator[Document]:
    """Yield the datasets, the same on every run."""
    return (_document(number) for number in range(size))


def pages(each: int = 20) -> list[tuple[str, SearchRequest]]:
    """Return the pages that are asked for: `each` of every kind, kinds in turn."""
    chance = random.Random(99)
    return [(kind, _page(kind, chance)) for _ in range(each) for kind in KINDS]


def _page(kind: str, chance: random.Random) -> SearchRequest:
    if kind in ("filters", "by date"):
        words: tuple[str, ...] = ()
    elif kind == "rare":
        words = (_word(chance, 2000, 12_000),)
    else:
        language = _language(chance)
        count = {"two words": 2, "three words": 3}.get(kind, 1)
        words = tuple(_word(chance, 0, 40 if count > 1 else 120, language) for _ in range(count))
    filters = {"text, one filter": 1, "text, two filters": 2, "filters": 2}.get(kind, 0)
    chosen = chance.sample(["theme", "format", "year", "licence"], filters)
    return SearchRequest(
        words=tuple(part for word in words for part in split(word)),  # a hyphen parts words, for every engine
        filters={name: (f"{name}-{chance.randrange(min(8, FACETS[name]))}",) for name in chosen},
        facets=tuple(FACETS), sort=Sort.MODIFIED if kind == "by date" else Sort.RELEVANCE, limit=20,
        offset=20 * chance.randrange(5) if kind == "by date" else 0, language=_language(chance),
    )  # fmt: skip


def _document(number: int) -> Document:
    chance = random.Random(number)
    language = _language(chance)
    _, forms, weights = _vocabulary(language)
    def text(least: int, most: int) -> str:
        return " ".join(chance.choices(forms, cum_weights=weights, k=chance.randint(least, most)))
    return Document(
        name=f"dataset-{number}", content_hash=f"{chance.getrandbits(64):x}", modified=10**9 + chance.randrange(7 * 10**8),
        title={language: text(3, 8)}, description={language: text(40, 150)}, keywords={language: text(2, 6)},
        facets={name: tuple(_values(name, chance)) for name in FACETS},
    )  # fmt: skip


def _values(facet: str, chance: random.Random) -> dict[str, None]:
    many, most = FACETS[facet], SEVERAL.get(facet, 1)
    return dict.fromkeys(f"{facet}-{int(many * chance.random() ** 2)}" for _ in range(chance.randint(1, most)))


def _language(chance: random.Random) -> str:
    return chance.choices([name for name, _ in _SHARES], [share for _, share in _SHARES])[0]


def _word(chance: random.Random, first: int, last: int, language: str = "") -> str:
    groups = _vocabulary(language or _language(chance))[0]
    return chance.choice(groups[chance.randrange(first, min(last, len(groups)))])


@lru_cache
def _vocabulary(language: str) -> tuple[list[list[str]], list[str], list[float]]:
    """Return words with their forms, the most frequent first, all forms in one row, and the running sums of their weights."""
    groups = _russian() if language == "ru" else _made(language)
    forms = [form for group in groups for form in group]
    return groups, forms, list(accumulate(1 / (place + 3) for place, group in enumerate(groups) for _ in group))


def _made(language: str) -> list[list[str]]:
    chance = random.Random(language)
    stems: dict[str, None] = {}
    while len(stems) < 12_000:
        stems["".join(chance.choices(_SYLLABLES[language], k=chance.randint(2, 4)))] = None
    return [[stem + ending for ending in _ENDINGS[language]] for stem in stems]


def _russian() -> list[list[str]]:
    """Words of the dictionary that our analysis uses, so that it has its usual work with them: a few of each beginning."""
    words, groups = MorphAnalyzer().dictionary, defaultdict(list)
    for start in product("бвгдзклмнопрстуфхчш", "аеиоурл", "бвгдзклмнрст"):
        for form, _, first, _, _ in islice(words.iter_known_words("".join(start)), 30):
            groups[first].append(form)
    found = list(groups.values())
    random.Random(1).shuffle(found)
    return found
