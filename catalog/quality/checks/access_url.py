"""MQA, accessibility: dcat:accessURL answers 200."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.reaching import reached


def _run(evidence: Evidence) -> Iterator[Result]:
    yield from reached(evidence, "access_url")


CHECK = Check(
    name="mqa.accessibility.access_url_status", score=MQA, dimension="accessibility", points=50, run=_run,
    title={
        "kk": "Қолжеткізу мекенжайы жауап береді",
        "ru": "Адрес доступа отвечает",
        "en": "The access address answers",
    },
    fix={
        "kk": "Қолжеткізу мекенжайын түзетіңіз: ол 200 кодымен жауап беруі тиіс.",
        "ru": "Исправьте адрес доступа: он должен отвечать кодом 200.",
        "en": "Correct the access address: it must answer with status 200.",
    },
)  # fmt: skip
