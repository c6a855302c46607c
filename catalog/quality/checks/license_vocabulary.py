"""MQA, reusability: the licence is one of the EU list."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.stating import of_files
from schemas.distribution import Distribution
from schemas.vocabularies import vocabulary


def _run(evidence: Evidence) -> Iterator[Result]:
    return of_files(evidence, "license", _judged)


def _judged(path: str, at: int, one: Distribution) -> Result:
    if not one.license:
        return Result(Status.FAIL, path, "missing", at=at)
    if term := _term(one.license):
        return Result(Status.PASS, path, "known", {"value": term}, at)
    return Result(Status.FAIL, path, "unlisted", {"value": one.license[:200]}, at)


def _term(license: str) -> str:
    """Return the code of a licence whose IRI is that of a term with an equal in the EU list."""
    found = vocabulary("licences").find(license)
    return found.code if found and found.data.get("eu") else ""


CHECK = Check(
    name="mqa.reusability.license_vocabulary", score=MQA, dimension="reusability", points=10, run=_run,
    title={
        "kk": "Лицензия тізімнен алынған",
        "ru": "Лицензия взята из списка",
        "en": "The licence comes from the list",
    },
    fix={
        "kk": "Лицензияны тізімнен таңдаңыз: «Басқа» нұсқасының IRI-ы жоқ.",
        "ru": "Выберите лицензию из списка: у «Другой» нет IRI.",
        "en": "Choose a licence from the list: “Other” has no IRI.",
    },
)  # fmt: skip
