"""A small trilingual catalogue of our own, made of inflected words, the same on every run."""

import random
from typing import Any

from catalog.search.document import Document

KK = [
    "халық",
    "халықтың",
    "халқы",
    "халқына",
    "мектеп",
    "мектептер",
    "мектебі",
    "мектептердің",
    "су",
    "судың",
    "қала",
    "қалалар",
    "қаласы",
    "ауа",
    "ауаның",
    "облыс",
    "облысы",
    "денсаулық",
]
RU = [
    "вода",
    "воды",
    "водных",
    "население",
    "населения",
    "населению",
    "школа",
    "школы",
    "школьный",
    "город",
    "города",
    "воздух",
    "воздуха",
    "область",
    "области",
    "здоровье",
]
EN = [
    "water",
    "waters",
    "school",
    "schools",
    "population",
    "populations",
    "city",
    "cities",
    "air",
    "quality",
    "region",
    "regions",
    "health",
    "healthy",
    "hospital",
    "hospitals",
]
AGENCIES = {
    "stat": ("Статистика бюросы", "Бюро статистики", "Statistics bureau"),
    "edu": ("Білім министрлігі", "Министерство образования", "Education ministry"),
    "eco": ("Экология", "Экология", "Ecology"),
}
FORMATS = ("CSV", "JSON", "XLSX", "PDF")
LABELS = (frozenset({"public"}),) * 8 + (frozenset({"staff"}), frozenset({"public", "staff"}))


def documents(count: int = 200, seed: int = 7) -> list[Document]:
    """Return the documents; about one in ten is hidden from the public."""
    chance = random.Random(seed)
    return [document(number, chance) for number in range(count)]


def document(number: int, chance: random.Random) -> Document:
    """Return one document with texts in one to three languages."""
    agency = chance.choice(sorted(AGENCIES))
    spoken = chance.sample((("kk", KK, 0), ("ru", RU, 1), ("en", EN, 2)), chance.randint(1, 3))
    return Document(
        name=f"dataset-{number:04}",
        content_hash=f"{chance.getrandbits(64):016x}",
        title={code: _words(vocabulary, chance, 2, 4) for code, vocabulary, _ in spoken},
        description={code: _words(vocabulary, chance, 0, 12) for code, vocabulary, _ in spoken},
        keywords={code: _words(vocabulary, chance, 0, 2) for code, vocabulary, _ in spoken},
        agency={code: AGENCIES[agency][place] for code, _, place in spoken},
        columns={"und": _words(["year", "region_name", "Total", "жыл", "саны"], chance, 0, 3)},
        facets={
            "agency": (agency,),
            "format": tuple(chance.sample(FORMATS, chance.randint(0, 3))),
            "year": (str(chance.randint(2018, 2024)),),
        },
        labels=chance.choice(LABELS),
        modified=chance.randint(1_500_000_000, 1_500_000_050),
        title_key=f"title {chance.randint(0, 50):02}",
        **_measured(random.Random(number)),
    )


def _measured(chance: random.Random) -> dict[str, Any]:
    corners = [(chance.randint(-180, 170), chance.randint(-90, 80)) for _ in range(chance.choice((0, 1, 1, 2)))]
    return {
        "numbers": {name: chance.randint(0, 100) for name in ("rows", "files") if chance.random() < 0.7},
        "boxes": tuple((float(west), float(south), min(west + 20.0, 180.0), min(south + 10.0, 90.0)) for west, south in corners),
        "quality": chance.choice((0, 33, 67, 100)),
    }


def _words(vocabulary: list[str], chance: random.Random, least: int, most: int) -> str:
    return " ".join(chance.choices(vocabulary, k=chance.randint(least, most)))
