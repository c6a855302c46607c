"""MQA, reusability: the access rights are those of the EU list."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result, Status
from catalog.quality.evidence import Evidence
from schemas.vocabularies import vocabulary


def _run(evidence: Evidence) -> Iterator[Result]:
    level = evidence.dataset.access.level
    term = vocabulary("access_levels").find(level)
    if term and term.data.get("eu"):
        yield Result(Status.PASS, "/access/level", "known", {"value": str(term.data["eu"]).rpartition("/")[2]})
    else:
        yield Result(Status.FAIL, "/access/level", "unlisted", {"value": str(level)})


CHECK = Check(
    name="mqa.reusability.access_rights_vocabulary", score=MQA, dimension="reusability", points=5, run=_run,
    title={
        "kk": "Қолжеткізу құқығы тізімнен алынған",
        "ru": "Права доступа взяты из списка",
        "en": "The access rights come from the list",
    },
    fix={
        "kk": "Қолжеткізу деңгейін ЕО тізімінен таңдаңыз: PUBLIC, RESTRICTED немесе NON_PUBLIC.",
        "ru": "Выберите права доступа из списка ЕС: PUBLIC, RESTRICTED или NON_PUBLIC.",
        "en": "Choose the access rights from the EU list: PUBLIC, RESTRICTED or NON_PUBLIC.",
    },
)  # fmt: skip
