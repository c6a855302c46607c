"""MQA, interoperability: dcat:mediaType is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import of_files, said


def _run(evidence: Evidence) -> Iterator[Result]:
    return of_files(evidence, "media_type", lambda path, at, one: said([one.media_type], evidence.dataset, path, at))


CHECK = Check(
    name="mqa.interoperability.media_type", score=MQA, dimension="interoperability", points=10, run=_run,
    best=True,
    title={
        "kk": "Медиа түрі көрсетілген",
        "ru": "Указан медиатип",
        "en": "A media type is stated",
    },
    fix={
        "kk": "Файлдың IANA медиа түрін көрсетіңіз, мысалы text/csv.",
        "ru": "Укажите медиатип IANA, например text/csv.",
        "en": "State the IANA media type of the file, such as text/csv.",
    },
)  # fmt: skip
