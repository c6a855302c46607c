"""MQA, findability: dct:spatial is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import said


def _run(evidence: Evidence) -> Iterator[Result]:
    dataset = evidence.dataset
    named = [one.uri or next(iter(one.name.values()), "") or ("box" if one.bbox else one.geometry) for one in dataset.spatial]
    yield said(named, dataset, "/spatial")


CHECK = Check(
    name="mqa.findability.spatial", score=MQA, dimension="findability", points=20, run=_run,
    title={
        "kk": "Аумақ көрсетілген",
        "ru": "Указана территория",
        "en": "The area is stated",
    },
    fix={
        "kk": "Деректер қамтитын аумақты көрсетіңіз: ел, өңір немесе координаттар шегі.",
        "ru": "Укажите территорию, которую охватывают данные: страну, регион или рамку координат.",
        "en": "State the area that the data cover: a country, a region or a bounding box.",
    },
)  # fmt: skip
