"""MQA, reusability: dct:accessRights is there."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result, Status
from catalog.quality.evidence import Evidence
from schemas.vocabularies import vocabulary


def _run(evidence: Evidence) -> Iterator[Result]:
    term = vocabulary("access_levels").find(evidence.dataset.access.level)
    yield Result(Status.PASS if term else Status.FAIL, "/access/level", "stated" if term else "missing")


CHECK = Check(
    name="mqa.reusability.access_rights", score=MQA, dimension="reusability", points=10, run=_run,
    title={
        "kk": "Қолжеткізу құқығы көрсетілген",
        "ru": "Указаны права доступа",
        "en": "Access rights are stated",
    },
    fix={
        "kk": "Қолжеткізу деңгейін таңдаңыз.",
        "ru": "Выберите уровень доступа.",
        "en": "Choose the level of access.",
    },
)  # fmt: skip
