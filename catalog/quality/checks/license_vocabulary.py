"""MQA, reusability: the licence is one of the EU list."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.stating import each, no_files
from schemas.vocabularies import vocabulary


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one in each(evidence):
        path, term = f"/distribution/{at}/license", _term(one.license)
        if not one.license:
            yield Result(Status.FAIL, path, "missing", at=at)
        elif term:
            yield Result(Status.PASS, path, "known", {"value": term}, at)
        else:
            yield Result(Status.FAIL, path, "unlisted", {"value": one.license[:200]}, at)
    if not evidence.dataset.distribution:
        yield no_files()


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
