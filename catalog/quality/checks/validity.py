"""Data, validity: Frictionless finds no error in the tables."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one, file in evidence.tables():
        path = f"/distribution/{at}"
        if file.valid:
            yield Result(Status.PASS, path, "valid", {"rows": file.rows}, at)
        elif file.valid is None:
            yield Result(Status.UNKNOWN, path, "not-checked", at=at)
        else:
            most = max(file.errors, key=lambda code: (file.errors[code], code), default="")
            values = {"file": one.id, "count": f"{sum(file.errors.values())}{'+' if file.cut else ''}", "most": most}
            yield Result(Status.FAIL, path, "errors", values, at)


CHECK = Check(
    name="data.validity.tables", score=DATA, dimension="validity", points=18, run=_run,
    of_bytes=True,
    says={
        "valid": {
            "kk": "Қатесіз, жол саны: {rows}.",
            "ru": "Без ошибок, строк: {rows}.",
            "en": "No errors in {rows} rows.",
        },
        "errors": {
            "kk": "{count} қате, көбі {most}.",
            "ru": "Ошибок: {count}, чаще всего {most}.",
            "en": "{count} errors, mostly {most}.",
        },
    },
    title={
        "kk": "Кестелерде қате жоқ (Frictionless)",
        "ru": "В таблицах нет ошибок (Frictionless)",
        "en": "The tables have no errors (Frictionless)",
    },
    fix={
        "kk": "Файл бойынша есепті ашып, аталған жолдарды түзетіңіз де, файлды қайта жариялаңыз.",
        "ru": "Откройте отчёт по файлу, исправьте названные строки и опубликуйте файл заново.",
        "en": "Open the report of the file, correct the rows it names and publish the file again.",
    },
)  # fmt: skip
