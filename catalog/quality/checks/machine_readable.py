"""MQA, interoperability: the format is machine-readable."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.formats import is_machine_readable
from catalog.quality.stating import each, no_files


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one in each(evidence):
        path, words = f"/distribution/{at}/format", one.format or one.media_type
        if not words:
            yield Result(Status.FAIL, path, "missing", at=at)
        elif is_machine_readable(one.format, one.media_type):
            yield Result(Status.PASS, path, "known", {"value": words}, at)
        else:
            yield Result(Status.FAIL, path, "unlisted", {"value": words}, at)
    if not evidence.dataset.distribution:
        yield no_files()


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
