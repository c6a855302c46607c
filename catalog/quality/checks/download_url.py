"""MQA, accessibility: dcat:downloadURL is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.stating import each, no_files, said


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one in each(evidence):
        path = f"/distribution/{at}/download_url"
        if not evidence.open:
            yield Result(Status.NOT_APPLICABLE, path, "restricted", at=at)
        else:
            yield said([one.download_url], evidence.dataset, path, at)
    if not evidence.dataset.distribution:
        yield no_files()


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
