"""ML readiness: rows do not repeat."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, _one, file in evidence.tables():
        repeated = (file.profile or {}).get("duplicates")
        if repeated is not None:
            values = {"count": repeated, "rows": (file.profile or {}).get("rows")}
            yield Result(Status.FAIL if repeated else Status.PASS, f"/distribution/{at}", "count", values, at)


CHECK = Check(
    name="data.readiness.duplicates", score=DATA, dimension="readiness", points=3, run=_run,
    of_bytes=True,
    says={
        "count": {
            "kk": "Қайталанған жолдар: {count} / {rows}.",
            "ru": "Повторных строк: {count} из {rows}.",
            "en": "{count} of {rows} rows repeat.",
        },
    },
    title={
        "kk": "Жолдар қайталанбайды",
        "ru": "Строки не повторяются",
        "en": "Rows do not repeat",
    },
    fix={
        "kk": "Қайталанған жолдарды алып тастаңыз немесе неге қайталанатынын түсіндіріңіз.",
        "ru": "Удалите повторные строки или объясните, почему они повторяются.",
        "en": "Remove the repeated rows, or explain why they repeat.",
    },
)  # fmt: skip
