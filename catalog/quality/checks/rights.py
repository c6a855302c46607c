"""MQA, contextuality: dct:rights is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.stating import of_files, said, words


def _run(evidence: Evidence) -> Iterator[Result]:
    return of_files(evidence, "rights", lambda path, at, one: said(words(one.rights), evidence.dataset, path, at))


CHECK = Check(
    name="mqa.contextuality.rights", score=MQA, dimension="contextuality", points=5, run=_run,
    title={
        "kk": "Құқықтар туралы мәлімет бар",
        "ru": "Указаны условия прав",
        "en": "A rights statement is given",
    },
    fix={
        "kk": "Файлды кім және қандай шартпен пайдалана алатынын бір сөйлеммен жазыңыз.",
        "ru": "Напишите одной фразой, кто и на каких условиях может использовать файл.",
        "en": "Say in a sentence who may use the file and on which terms.",
    },
)  # fmt: skip
