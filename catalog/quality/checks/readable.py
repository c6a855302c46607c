"""Data, validity: what is offered as a table can be read as one."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.tables.kinds import TABLES

HARMLESS = frozenset({"several-tables", "schema-error"})


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one in evidence.distributions():
        file = evidence.files.get(one.id)
        if file is None or not file.sha256 or one.format.casefold() not in TABLES:
            continue
        path = f"/distribution/{at}"
        if file.valid is not None or file.problem in HARMLESS:
            yield Result(Status.PASS, path, "fine", at=at)
        elif file.problem:
            yield Result(Status.FAIL, path, "unreadable", {"code": file.problem, "message": file.message}, at)
        else:
            yield Result(Status.UNKNOWN, path, "not-checked", at=at)


CHECK = Check(
    name="data.validity.readable", score=DATA, dimension="validity", points=5, run=_run,
    of_bytes=True, blocker=True,
    says={
        "unreadable": {
            "kk": "Оқылмайды ({code}): {message}",
            "ru": "Не читается ({code}): {message}",
            "en": "It cannot be read ({code}): {message}",
        },
    },
    title={
        "kk": "Файлдар оқылады",
        "ru": "Файлы читаются",
        "en": "The files can be read",
    },
    fix={
        "kk": "Файлды өз бағдарламасында ашып, кесте түрінде (CSV, XLSX) қайта сақтаңыз.",
        "ru": "Откройте файл в своей программе и сохраните его таблицей (CSV, XLSX).",
        "en": "Open the file in its program and save it as a table (CSV, XLSX).",
    },
)  # fmt: skip
