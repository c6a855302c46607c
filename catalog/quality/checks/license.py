"""MQA, reusability: dct:license is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import of_files, said


def _run(evidence: Evidence) -> Iterator[Result]:
    return of_files(evidence, "license", lambda path, at, one: said([one.license], evidence.dataset, path, at))


CHECK = Check(
    name="mqa.reusability.license", score=MQA, dimension="reusability", points=20, run=_run,
    title={
        "kk": "Лицензия көрсетілген",
        "ru": "Указана лицензия",
        "en": "A licence is stated",
    },
    fix={
        "kk": "Әр файлға лицензия таңдаңыз, мысалы CC BY 4.0.",
        "ru": "Выберите лицензию для каждого файла, например CC BY 4.0.",
        "en": "Choose a licence for each file, such as CC BY 4.0.",
    },
)  # fmt: skip
