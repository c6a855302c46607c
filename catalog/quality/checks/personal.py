"""Data, privacy: open files hold no personal data."""

from collections.abc import Iterator

from catalog.personal.levels import blocking
from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, _one, file in evidence.tables():
        path = f"/distribution/{at}"
        hits = blocking(file.personal)
        if not file.scanned:
            yield Result(Status.UNKNOWN, path, "not-scanned", at=at)
        elif hits and evidence.open:
            named = sorted({f"{hit['column']} ({hit['kind']})" for hit in hits})
            yield Result(Status.FAIL, path, "found", {"columns": ", ".join(named)[:300]}, at)
        elif hits:
            yield Result(Status.NOT_APPLICABLE, path, "restricted", at=at)
        elif file.personal:
            named = sorted({f"{hit['column']} ({hit['kind']})" for hit in file.personal})
            yield Result(Status.UNKNOWN, path, "review", {"columns": ", ".join(named)[:300]}, at)
        else:
            yield Result(Status.PASS, path, "clean", {"rows": file.rows}, at)


CHECK = Check(
    name="data.privacy.personal", score=DATA, dimension="privacy", points=10, run=_run,
    of_bytes=True, blocker=True,
    says={
        "not-scanned": {
            "kk": "Толық тексерілмеген.",
            "ru": "Проверено не полностью.",
            "en": "It was not scanned in full.",
        },
        "found": {
            "kk": "Жеке деректер бар: {columns}.",
            "ru": "Найдены персональные данные: {columns}.",
            "en": "Personal data were found: {columns}.",
        },
        "review": {
            "kk": "Адам қарауы керек: {columns}.",
            "ru": "Нужен взгляд человека: {columns}.",
            "en": "Somebody should look at {columns}.",
        },
        "clean": {
            "kk": "{rows} жол тексерілді, табылмады.",
            "ru": "Проверено строк: {rows}, не найдено.",
            "en": "None was found in {rows} rows.",
        },
    },
    title={
        "kk": "Жеке деректер жоқ",
        "ru": "Персональных данных нет",
        "en": "There are no personal data",
    },
    fix={
        "kk": "Аталған бағандарды алып тастаңыз немесе иесіздендіріңіз, не қолжеткізуді шектеңіз.",
        "ru": "Удалите или обезличьте названные столбцы либо ограничьте доступ.",
        "en": "Remove or anonymise the columns named, or restrict the access.",
    },
)  # fmt: skip
