"""MQA, interoperability: the format is machine-readable."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.formats import is_machine_readable
from catalog.quality.stating import format_which


def _run(evidence: Evidence) -> Iterator[Result]:
    return format_which(evidence, is_machine_readable)


CHECK = Check(
    name="mqa.interoperability.machine_readable", score=MQA, dimension="interoperability", points=20, run=_run,
    best=True,
    title={
        "kk": "Пішімді машина оқи алады",
        "ru": "Формат машиночитаемый",
        "en": "The format is machine-readable",
    },
    fix={
        "kk": "Деректерді кесте немесе құрылымды мәтін түрінде жариялаңыз (CSV, JSON, XML), PDF не сурет емес.",
        "ru": "Опубликуйте данные таблицей или структурированным текстом (CSV, JSON, XML), а не PDF или картинкой.",
        "en": "Publish the data as a table or structured text (CSV, JSON, XML), not as PDF or picture.",
    },
)  # fmt: skip
