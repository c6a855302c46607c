"""MQA, contextuality: dct:modified is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import said


def _run(evidence: Evidence) -> Iterator[Result]:
    dataset = evidence.dataset
    yield said([dataset.modified], dataset, "/modified")


CHECK = Check(
    name="mqa.contextuality.modified", score=MQA, dimension="contextuality", points=5, run=_run,
    title={
        "kk": "Өзгертілген күні көрсетілген",
        "ru": "Указана дата изменения",
        "en": "The date of the last change is stated",
    },
    fix={
        "kk": "Деректер соңғы рет өзгерген күнді көрсетіңіз.",
        "ru": "Укажите дату последнего изменения данных.",
        "en": "State the date on which the data last changed.",
    },
)  # fmt: skip
