"""ML readiness: no class of the target is almost all there is."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence

MOST = 0.95
"""Share of the largest class above which a model learns next to nothing of the others."""


def _run(evidence: Evidence) -> Iterator[Result]:
    target = evidence.dataset.ml.target
    for at, _, file in evidence.tables() if target else ():
        for column in (file.profile or {}).get("columns", ()):
            top = column.get("top") or []
            if column["name"] == target and top and column.get("count"):
                share = top[0]["count"] / column["count"]
                values = {"share": f"{share:.0%}", "classes": column.get("distinct")}
                yield Result(Status.FAIL if share > MOST else Status.PASS, f"/distribution/{at}", "share", values, at)


CHECK = Check(
    name="data.readiness.balance", score=DATA, dimension="readiness", points=2, run=_run,
    of_bytes=True,
    says={
        "share": {
            "kk": "Ең үлкен класс: {share}, кластар саны: {classes}.",
            "ru": "Наибольший класс: {share}, классов: {classes}.",
            "en": "The largest class is {share} of {classes} classes.",
        },
    },
    title={
        "kk": "Кластар теңгерілген",
        "ru": "Классы сбалансированы",
        "en": "The classes are balanced",
    },
    fix={
        "kk": "Кластардың үлесін сипаттаңыз және бөлікті кластар бойынша жасаңыз (stratify).",
        "ru": "Опишите доли классов и делите выборку по классам (stratify).",
        "en": "Describe the shares of the classes, and split by class (stratify).",
    },
)  # fmt: skip
