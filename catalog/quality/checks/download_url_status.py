"""MQA, accessibility: dcat:downloadURL answers 200."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.reaching import reached


def _run(evidence: Evidence) -> Iterator[Result]:
    yield from reached(evidence, "download_url")


CHECK = Check(
    name="mqa.accessibility.download_url_status", score=MQA, dimension="accessibility", points=30, run=_run,
    title={
        "kk": "Жүктеп алу мекенжайы жауап береді",
        "ru": "Адрес для скачивания отвечает",
        "en": "The download address answers",
    },
    fix={
        "kk": "Жүктеп алу сілтемесін түзетіңіз немесе файлды осы каталогқа жүктеңіз.",
        "ru": "Исправьте ссылку для скачивания или загрузите файл в каталог.",
        "en": "Correct the download link, or upload the file to the catalogue.",
    },
)  # fmt: skip
