"""How good the order of hits is: nDCG of the first ten over a list of judged queries, on the demo's and on recorded titles."""

import csv
import json
import math
import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from catalog.access import VISITOR
from catalog.adapters.whoosh_index import WhooshIndex
from catalog.search.document import Document
from catalog.search.searching import Searching
from tests.benchmarks.searching.endpoint import Names
from tests.payloads import ROOT

CRAWL = ROOT / "e_kazakhstan" / "catalogue_crawl" / "byCGO.csv"
_GAIN = (0, 1, 3)
_PARTS = ("name", "description")


def judged() -> list[list[str]]:
    """Return catalogue, language, query, pattern of what answers, pattern of what helps, for each query."""
    lines = Path(__file__).with_name("judged.txt").read_text("utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


def run() -> Iterator[str]:
    """Yield the mean by catalogue and language, the queries that do worst, and the mean with bands of quality given by lot."""
    for catalogue, documents in (("demo", _demo()), ("payload", _crawled())):
        given, chance = list(documents), random.Random(4)
        if not given:
            continue
        found = _scores(catalogue, given)
        for language in dict.fromkeys(code for code, _, _ in found):
            yield _mean(f"{catalogue} {language}", [score for code, _, score in found if code == language])
        yield _mean(catalogue, [score for _, _, score in found])
        yield "worst: " + ", ".join(f"{query} {score:.2f}" for _, query, score in sorted(found, key=lambda one: one[2])[:5])
        banded = [replace(each, quality=chance.choice((0, 33, 67, 100))) for each in given]
        yield _mean(f"{catalogue} with quality by lot", [score for _, _, score in _scores(catalogue, banded)])


def _mean(what: str, scores: list[float]) -> str:
    return f"search ndcg@10 {what} {sum(scores) / len(scores):.3f} over {len(scores)} queries"


def _scores(catalogue: str, given: list[Document]) -> list[tuple[str, str, float]]:
    with tempfile.TemporaryDirectory() as home:
        index = WhooshIndex(Path(home) / "index", b"a secret of at least thirty-two bytes")
        index.apply(given, [])
        rows = [row for row in judged() if row[0] == catalogue]
        return [(row[1], row[2], score) for row in rows if (score := _ndcg(index, given, row)) is not None]


def _ndcg(index: WhooshIndex, documents: list[Document], row: list[str]) -> float | None:
    _, language, query, answers, helps = row
    grades = {each.name: _grade(each, answers, helps) for each in documents}
    best = sorted(grades.values(), reverse=True)[:10]
    if not any(best):
        return None  # nothing in the catalogue answers it
    hits = Searching(index, Names()).search(VISITOR, query, limit=10, language=language, facets=()).entries
    return _dcg(grades[name] for name in hits) / _dcg(best)


def _grade(document: Document, answers: str, helps: str) -> int:
    title = "\n".join(document.title.values()).casefold()
    if re.search(answers, title, re.MULTILINE):
        return 2
    return int(helps != "-" and bool(re.search(helps, title)))


def _dcg(grades: Any) -> float:
    return sum(_GAIN[grade] / math.log2(place + 2) for place, grade in enumerate(grades))


def _demo() -> Iterator[Document]:
    for row in _json("egovkz/datasets"):
        title, description = ({code.lower(): row.get(f"{part}{code}") or "" for code in ("Kk", "Ru", "En")} for part in _PARTS)
        yield _document(f"kz-{row['apiUri']}", title, description)
    for row in _json("ckan/packages"):
        yield _document(row["name"] or "nameless", {"en": row["title"]}, {"en": row["notes"]})
    for row in _json("datagovsg/datasets"):
        yield _document(row["datasetId"], {"en": row["name"]}, {"en": row["description"]})


def _crawled() -> Iterator[Document]:
    rows = list(csv.DictReader(CRAWL.open(encoding="utf-8-sig"))) if CRAWL.exists() else []
    for number, row in enumerate(rows):
        if row["Version Name"]:
            yield _document(f"crawled-{number}", {"ru": row["Version Name"]}, {"ru": row["Version Description"] or ""})


def _document(name: str, title: dict[str, str], description: dict[str, str]) -> Document:
    return Document(name=name, content_hash="", title=title, description=description)


def _json(name: str) -> list[Any]:
    found: list[Any] = json.loads((files("web.demo") / "data" / f"{name}.json").read_text("utf-8"))
    return found
