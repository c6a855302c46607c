"""Whoosh, its sidecar and FTS5 answer random requests alike; `python -m tests.contracts.search_agreement 20000` asks so many."""

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from catalog.adapters.whoosh_index import WhooshIndex
from catalog.search.glossary import related
from catalog.search.request import PUBLIC, SearchRequest, Sort
from tests.contracts.search_corpus import EN, FORMATS, KK, RU, documents
from tests.contracts.search_fts import FtsIndex

SECRET = b"a secret of at least thirty-two bytes"
FACETS = ("agency", "format", "year")
STAFF = frozenset({"public", "staff"})
ADAPTERS: dict[str, Callable[[Path], WhooshIndex]] = {
    "whoosh": lambda folder: WhooshIndex(folder, SECRET, patience=0.3, sidecar_from=10**9),
    "sidecar": lambda folder: WhooshIndex(folder, SECRET, patience=0.3, sidecar_from=1),
}


def differences(folder: Path, cases: int) -> list[str]:
    """Ask the engines so many requests and return those that they do not answer alike."""
    corpus, chance, found = documents(400, seed=11), random.Random(12), list[str]()
    engines = [make(folder / name) for name, make in ADAPTERS.items()]
    for engine in engines:
        for start in range(0, 400, 150):
            engine.apply(corpus[start : start + 150], [])
    assert [sum(segment.mapped for segment in engine._current().segments) for engine in engines] == [0, 3]
    fts = FtsIndex(corpus)
    for _ in range(cases):
        asked = random_request(chance)
        plain, mapped = (engine.search(asked) for engine in engines)
        expected = fts.search(asked)
        if (plain.total, plain.hits, plain.facets) != (mapped.total, mapped.hits, mapped.facets):
            found.append(f"with and without sidecar: {asked}")
        if (plain.total, plain.facets) != (expected.total, expected.facets):
            found.append(f"FTS5: {asked}")
    return found


def random_request(chance: random.Random) -> SearchRequest:
    """Return a request of words, phrases, exclusions, prefixes and filters, often several at once."""
    def some(most: int) -> tuple[str, ...]:
        return tuple(chance.choices((*KK, *RU, *EN, "халкы", "Статистика", "region", "nowhere"), k=chance.randint(0, most)))

    chosen = {"agency": ("stat", "edu", "none"), "format": FORMATS, "year": ("2019", "2020", "2024")}
    asked = some(3)
    return SearchRequest(
        words=asked, related=related(asked) if chance.random() < 0.5 else {},
        phrases=(some(2),) if chance.random() < 0.1 else (), excluded=some(1) if chance.random() < 0.3 else (),
        prefix=tuple(word[: chance.randint(3, 5)] for word in some(1) if chance.random() < 0.3 and len(word) > 2),
        filters={name: tuple(chance.sample(values, chance.randint(1, 2))) for name, values in chosen.items()
                 if chance.random() < 0.25},
        ranges={name: (low, low + chance.randint(0, 60)) for name in ("rows", "files")
                if chance.random() < 0.15 and (low := chance.randint(-5, 90)) is not None},
        box=(chance.randint(-180, 180), low, chance.randint(-180, 180), low + chance.randint(0, 60))
        if chance.random() < 0.15 and (low := chance.randint(-90, 30)) is not None else None,
        labels=chance.choice([PUBLIC, PUBLIC, STAFF, frozenset()]), facets=FACETS, sort=chance.choice(list(Sort)),
        offset=chance.choice([0, 0, 20, 200]), language=chance.choice(["kk", "ru", "en"]),
    )  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        wrong = differences(Path(home), int(sys.argv[1]))
    print(f"{sys.argv[1]} requests, {len(wrong)} differences between Whoosh, its sidecar and FTS5", *wrong[:10], sep="\n")
