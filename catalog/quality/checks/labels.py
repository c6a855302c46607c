"""ML readiness: who labelled, and how, is told."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.stating import is_placeholder

TOLD = ("dataAnnotationProtocol", "dataAnnotationPlatform", "dataAnnotationAnalysis", "annotatorDemographics",
        "machineAnnotationTools", "dataCollection")  # fmt: skip


def _run(evidence: Evidence) -> Iterator[Result]:
    ml = evidence.dataset.ml
    if not (ml.target or ml.tasks or ml.annotation):
        return
    told = [name for name in TOLD if any(not is_placeholder(words) for words in (ml.responsible_ai.get(name) or {}).values())]
    values = {"value": ", ".join(told)}
    yield Result(Status.PASS if told else Status.FAIL, "/ml/responsible_ai", "told" if told else "missing", values)


CHECK = Check(
    name="data.readiness.labels", score=DATA, dimension="readiness", points=2, run=_run,
    says={
        "told": {
            "kk": "Айтылған: {value}.",
            "ru": "Сказано: {value}.",
            "en": "It is told in {value}.",
        },
    },
    title={
        "kk": "Белгілердің шығу тегі айтылған",
        "ru": "Сказано, откуда метки",
        "en": "The provenance of labels is told",
    },
    fix={
        "kk": "Белгілерді кім және қалай қойғанын жазыңыз (dataAnnotationProtocol).",
        "ru": "Напишите, кто и как размечал данные (dataAnnotationProtocol).",
        "en": "Say who labelled the data and how (dataAnnotationProtocol).",
    },
)  # fmt: skip
