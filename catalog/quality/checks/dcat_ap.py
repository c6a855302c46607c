"""MQA, interoperability: the dataset keeps the shapes of DCAT-AP."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result, Status
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    shapes = evidence.shapes
    if shapes.conforms is None:
        why = evidence.faults.get("shapes", "")
        yield Result(Status.UNKNOWN, "", "could-not-check" if why else "not-checked", {"why": why} if why else {})
    elif shapes.conforms:
        yield Result(Status.PASS, "", "conforms", {"shapes": shapes.shapes})
    else:
        first = shapes.problems[0] if shapes.problems else {}
        values = {"count": len(shapes.problems), "where": first.get("path", ""), "what": first.get("message", "")}
        yield Result(Status.FAIL, "", "violations", values)


CHECK = Check(
    name="mqa.interoperability.dcat_ap", score=MQA, dimension="interoperability", points=30, run=_run,
    says={
        "conforms": {
            "kk": "SHACL үлгілері ({shapes}) бұзылмаған.", "ru": "Нарушений SHACL ({shapes}) нет.",
            "en": "The SHACL shapes ({shapes}) are kept.",
        },
        "violations": {
            "kk": "SHACL бұзылуы: {count}; біріншісі {where}: {what}", "ru": "Нарушений SHACL: {count}; первое {where}: {what}",
            "en": "SHACL violations: {count}; the first, {where}: {what}",
        },
    },
    title={
        "kk": "DCAT-AP талаптарына сай",
        "ru": "Соответствует DCAT-AP",
        "en": "It conforms to DCAT-AP",
    },
    fix={
        "kk": "SHACL тексеруі атаған қасиеттерді түзетіңіз; алдымен біріншісін.",
        "ru": "Исправьте свойства, которые назвала проверка SHACL, начиная с первого.",
        "en": "Correct the properties that the SHACL check names, the first one first.",
    },
)  # fmt: skip
