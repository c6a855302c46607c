"""MQA, reusability: dct:publisher is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import said, words


def _run(evidence: Evidence) -> Iterator[Result]:
    dataset = evidence.dataset
    yield said(words(dataset.publisher.title) or [dataset.publisher.name] if dataset.publisher else [], dataset, "/publisher")


CHECK = Check(
    name="mqa.reusability.publisher", score=MQA, dimension="reusability", points=10, run=_run,
    title={
        "kk": "Жариялаушы көрсетілген",
        "ru": "Указан издатель",
        "en": "The publisher is stated",
    },
    fix={
        "kk": "Деректерді жариялайтын мекемені көрсетіңіз.",
        "ru": "Укажите ведомство, которое публикует данные.",
        "en": "State the agency that publishes the data.",
    },
)  # fmt: skip
