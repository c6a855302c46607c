"""MQA, findability: dcat:theme is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import said


def _run(evidence: Evidence) -> Iterator[Result]:
    dataset = evidence.dataset
    yield said(dataset.theme, dataset, "/theme")


CHECK = Check(
    name="mqa.findability.theme", score=MQA, dimension="findability", points=30, run=_run,
    title={
        "kk": "Тақырып көрсетілген",
        "ru": "Указана тема",
        "en": "A theme is stated",
    },
    fix={
        "kk": "ЕО тақырыптар тізімінен бір немесе бірнеше тақырып таңдаңыз.",
        "ru": "Выберите одну или несколько тем из списка тем ЕС.",
        "en": "Choose one or more themes of the EU list.",
    },
)  # fmt: skip
