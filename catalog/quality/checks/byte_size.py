"""MQA, contextuality: dcat:byteSize is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import of_files, said
from schemas.distribution import Distribution


def _run(evidence: Evidence) -> Iterator[Result]:
    def judge(path: str, at: int, one: Distribution) -> Result:
        return said(["" if one.byte_size is None else str(one.byte_size)], evidence.dataset, path, at)

    return of_files(evidence, "byte_size", judge)


CHECK = Check(
    name="mqa.contextuality.byte_size", score=MQA, dimension="contextuality", points=5, run=_run,
    title={
        "kk": "Көлемі көрсетілген",
        "ru": "Указан размер",
        "en": "The size is stated",
    },
    fix={
        "kk": "Файлдың көлемін байтпен көрсетіңіз немесе файлды каталогқа жүктеңіз: сонда ол өлшенеді.",
        "ru": "Укажите размер файла в байтах или загрузите файл в каталог: тогда он будет измерен.",
        "en": "State the size of the file in bytes, or upload the file: then it is measured.",
    },
)  # fmt: skip
