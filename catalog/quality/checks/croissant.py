"""ML readiness: the Croissant document loads a record of every RecordSet."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    tried = evidence.croissant
    if tried is None:
        if evidence.tables():
            yield Result(Status.UNKNOWN, "", "not-checked")
    elif tried.get("valid"):
        yield Result(Status.PASS, "", "loads", {"count": len(tried.get("loaded") or {})})
    else:
        yield Result(Status.FAIL, "", "refused", {"message": " ".join(tried.get("problems") or ())[:300]})


CHECK = Check(
    name="data.readiness.croissant", score=DATA, dimension="readiness", points=5, run=_run,
    of_bytes=True,
    says={
        "loads": {
            "kk": "RecordSet саны: {count}, бәрі жүктеледі.",
            "ru": "Загружаются все RecordSet: {count}.",
            "en": "All {count} RecordSets load.",
        },
        "refused": {
            "kk": "Жүктелмейді: {message}",
            "ru": "Не загружается: {message}",
            "en": "It does not load: {message}",
        },
    },
    title={
        "kk": "Croissant жүктеледі",
        "ru": "Croissant загружается",
        "en": "Croissant loads",
    },
    fix={
        "kk": "Хабарлама атаған қасиетті түзетіңіз (көбіне лицензия жетіспейді).",
        "ru": "Исправьте свойство, которое названо в сообщении (чаще всего нет лицензии).",
        "en": "Correct the property that the message names (mostly a licence is missing).",
    },
)  # fmt: skip
