"""Data, validity: texts are written in UTF-8."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, _one, file in evidence.tables():
        path, encoding = f"/distribution/{at}/encoding", file.encoding.casefold()
        if not encoding:
            continue
        utf8 = encoding in ("utf-8", "utf8", "utf-8-sig", "ascii")
        yield Result(Status.PASS if utf8 else Status.FAIL, path, "encoding", {"encoding": file.encoding}, at)


CHECK = Check(
    name="data.validity.encoding", score=DATA, dimension="validity", points=2, run=_run,
    of_bytes=True,
    says={
        "encoding": {
            "kk": "Кодтау: {encoding}.",
            "ru": "Кодировка: {encoding}.",
            "en": "The encoding is {encoding}.",
        },
    },
    title={
        "kk": "Мәтін UTF-8 кодтауында",
        "ru": "Тексты в кодировке UTF-8",
        "en": "Texts are written in UTF-8",
    },
    fix={
        "kk": "Файлды UTF-8 кодтауында қайта сақтаңыз.",
        "ru": "Пересохраните файл в кодировке UTF-8.",
        "en": "Save the file again in UTF-8.",
    },
)  # fmt: skip
