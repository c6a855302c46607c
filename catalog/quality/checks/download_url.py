"""MQA, accessibility: dcat:downloadURL is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.stating import of_files, said
from schemas.distribution import Distribution


def _run(evidence: Evidence) -> Iterator[Result]:
    def judge(path: str, at: int, one: Distribution) -> Result:
        if not evidence.open:
            return Result(Status.NOT_APPLICABLE, path, "restricted", at=at)
        return said([one.download_url], evidence.dataset, path, at)

    return of_files(evidence, "download_url", judge)


CHECK = Check(
    name="mqa.accessibility.download_url", score=MQA, dimension="accessibility", points=20, run=_run,
    title={
        "kk": "Жүктеп алу мекенжайы көрсетілген",
        "ru": "Указан адрес для скачивания",
        "en": "A download address is stated",
    },
    fix={
        "kk": "Файлдың өзіне апаратын тікелей сілтеме беріңіз, тек бетке емес.",
        "ru": "Дайте прямую ссылку на сам файл, а не только на страницу.",
        "en": "Give a direct link to the file itself, not only to a page.",
    },
)  # fmt: skip
