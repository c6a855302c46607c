"""MQA, contextuality: dct:issued is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import said


def _run(evidence: Evidence) -> Iterator[Result]:
    dataset = evidence.dataset
    yield said([dataset.issued], dataset, "/issued")


CHECK = Check(
    name="mqa.contextuality.issued", score=MQA, dimension="contextuality", points=5, run=_run,
    title={
        "kk": "Жарияланған күні көрсетілген",
        "ru": "Указана дата публикации",
        "en": "The date of publication is stated",
    },
    fix={
        "kk": "Деректер алғаш жарияланған күнді көрсетіңіз.",
        "ru": "Укажите дату первой публикации данных.",
        "en": "State the date on which the data were first published.",
    },
)  # fmt: skip
