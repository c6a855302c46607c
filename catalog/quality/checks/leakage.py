"""ML readiness: nothing gives the target away, and no row stands in two splits."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, _one, file in evidence.tables():
        facts = file.readiness or {}
        path = f"/distribution/{at}"
        if facts.get("fault"):
            yield Result(Status.UNKNOWN, path, "could-not-check", {"why": facts["fault"]}, at)
        elif facts.get("shared"):
            yield Result(Status.FAIL, path, "shared", {"count": facts["shared"]}, at)
        elif facts.get("giveaways"):
            yield Result(Status.FAIL, path, "giveaways", {"columns": ", ".join(facts["giveaways"])[:300]}, at)
        elif "giveaways" in facts:
            yield Result(Status.PASS, path, "fine", at=at)


CHECK = Check(
    name="data.readiness.leakage", score=DATA, dimension="readiness", points=3, run=_run,
    of_bytes=True,
    says={
        "shared": {
            "kk": "Екі бөлікте бірдей тұрған жолдар: {count}.",
            "ru": "Строк сразу в двух частях: {count}.",
            "en": "{count} rows stand in two splits.",
        },
        "giveaways": {
            "kk": "Мақсатты анықтайды: {columns}.",
            "ru": "Определяют цель: {columns}.",
            "en": "They determine the target: {columns}.",
        },
    },
    title={
        "kk": "Мақсат алдын ала белгілі болмайды",
        "ru": "Нет утечки целевого признака",
        "en": "Nothing leaks the target",
    },
    fix={
        "kk": "Мақсатты анықтайтын бағанды алып тастаңыз; бөлікті топ кілті бойынша қайта жасаңыз.",
        "ru": "Уберите столбец, который определяет цель; поделите выборку заново по ключу группы.",
        "en": "Leave out the column that determines the target, or split again by the key of the group.",
    },
)  # fmt: skip
