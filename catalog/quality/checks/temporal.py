"""MQA, findability: dct:temporal is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import said


def _run(evidence: Evidence) -> Iterator[Result]:
    dataset = evidence.dataset
    yield said([one.start or one.end for one in dataset.temporal], dataset, "/temporal")


CHECK = Check(
    name="mqa.findability.temporal", score=MQA, dimension="findability", points=20, run=_run,
    title={
        "kk": "Кезең көрсетілген",
        "ru": "Указан период",
        "en": "The period is stated",
    },
    fix={
        "kk": "Деректер қамтитын кезеңнің басы мен соңын көрсетіңіз.",
        "ru": "Укажите начало и конец периода, к которому относятся данные.",
        "en": "State the beginning and the end of the period that the data cover.",
    },
)  # fmt: skip
