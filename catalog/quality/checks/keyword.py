"""MQA, findability: dcat:keyword is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import said


def _run(evidence: Evidence) -> Iterator[Result]:
    dataset = evidence.dataset
    yield said([word for some in dataset.keyword.values() for word in some], dataset, "/keyword")


CHECK = Check(
    name="mqa.findability.keyword", score=MQA, dimension="findability", points=30, run=_run,
    title={
        "kk": "Кілт сөздер көрсетілген",
        "ru": "Указаны ключевые слова",
        "en": "Keywords are stated",
    },
    fix={
        "kk": "Деректер жинағын іздейтін адам қолданатын үш-бес кілт сөз жазыңыз.",
        "ru": "Укажите три–пять ключевых слов, по которым будут искать набор.",
        "en": "State three to five keywords that people would search for.",
    },
)  # fmt: skip
