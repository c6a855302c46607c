"""ML readiness: no column has one value only."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one, file in evidence.tables():
        columns = (file.profile or {}).get("columns", ())
        named = [one["name"] for one in columns if one.get("count", 0) > 1 and one.get("distinct") == 1]
        if columns:
            values = {"columns": ", ".join(named)[:300]}
            said = "constant" if named else "fine"
            yield Result(Status.FAIL if named else Status.PASS, f"/distribution/{at}", said, values, at)


CHECK = Check(
    name="data.readiness.constant", score=DATA, dimension="readiness", points=2, run=_run,
    of_bytes=True,
    says={
        "constant": {
            "kk": "Бір ғана мән: {columns}.",
            "ru": "Одно значение: {columns}.",
            "en": "One value only: {columns}.",
        },
    },
    title={
        "kk": "Мәні өзгермейтін баған жоқ",
        "ru": "Нет столбцов с одним значением",
        "en": "No column is constant",
    },
    fix={
        "kk": "Бағанды алып тастаңыз немесе мәнін сипаттамаға жазыңыз.",
        "ru": "Уберите столбец или впишите его значение в описание.",
        "en": "Drop the column, or state its value in the description.",
    },
)  # fmt: skip
