"""ML readiness: what is to be predicted is named, and is a column."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    target, tables = evidence.dataset.ml.target, evidence.tables()
    if not tables:
        return
    names = {column["name"] for _, _, file in tables for column in (file.profile or {}).get("columns", ())}
    if not target:
        tasks = ", ".join(evidence.dataset.ml.tasks)
        yield Result(Status.UNKNOWN, "/ml/target", "task" if tasks else "missing", {"value": tasks} if tasks else {})
    elif names and target not in names:
        yield Result(Status.FAIL, "/ml/target", "absent", {"value": target})
    else:
        yield Result(Status.PASS, "/ml/target", "named", {"value": target})


CHECK = Check(
    name="data.readiness.target", score=DATA, dimension="readiness", points=3, run=_run,
    of_bytes=True,
    says={
        "task": {
            "kk": "Тек міндет аталған: {value}.",
            "ru": "Названа только задача: {value}.",
            "en": "Only a task is named: {value}.",
        },
        "absent": {
            "kk": "«{value}» деген баған файлдарда жоқ.",
            "ru": "Столбца «{value}» в файлах нет.",
            "en": "No file has a column “{value}”.",
        },
        "named": {
            "kk": "Болжанатын баған: {value}.",
            "ru": "Целевой столбец: {value}.",
            "en": "The target is {value}.",
        },
    },
    title={
        "kk": "Болжанатын баған аталған",
        "ru": "Назван целевой столбец",
        "en": "The target column is named",
    },
    fix={
        "kk": "Болжауға болатын бағанды атаңыз немесе ондай баған жоқ деп жазыңыз.",
        "ru": "Назовите целевой столбец или укажите, что его нет.",
        "en": "Name the target column, or state that there is none.",
    },
)  # fmt: skip
