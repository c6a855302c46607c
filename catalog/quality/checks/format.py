"""MQA, interoperability: dct:format is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import of_files, said


def _run(evidence: Evidence) -> Iterator[Result]:
    return of_files(evidence, "format", lambda path, at, one: said([one.format], evidence.dataset, path, at))


CHECK = Check(
    name="mqa.interoperability.format", score=MQA, dimension="interoperability", points=20, run=_run,
    best=True,
    title={
        "kk": "Пішім көрсетілген",
        "ru": "Указан формат",
        "en": "A format is stated",
    },
    fix={
        "kk": "Файлдың пішімін көрсетіңіз, мысалы CSV.",
        "ru": "Укажите формат файла, например CSV.",
        "en": "State the format of the file, such as CSV.",
    },
)  # fmt: skip
