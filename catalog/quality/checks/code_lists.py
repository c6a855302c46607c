"""ML readiness: columns of categories have a list of their values."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.columns import categories
from catalog.quality.evidence import Evidence

ENOUGH = 0.8


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one, file in evidence.tables():
        fields = one.table_schema.fields if one.table_schema else ()
        listed = {field.name for field in fields if field.categories or field.constraints.get("enum")}
        named = categories((file.profile or {}).get("columns", ()))
        if named:
            without = [name for name in named if name not in listed]
            values = {"count": len(named) - len(without), "of": len(named), "columns": ", ".join(without)[:200]}
            enough = len(without) <= (1 - ENOUGH) * len(named)
            yield Result(Status.PASS if enough else Status.FAIL, f"/distribution/{at}/table_schema", "share", values, at)


CHECK = Check(
    name="data.readiness.code_lists", score=DATA, dimension="readiness", points=3, run=_run,
    of_bytes=True,
    says={
        "share": {
            "kk": "{of} бағанның {count}-інде тізім бар; жоқ: {columns}",
            "ru": "Со списком {count} из {of}; без него: {columns}",
            "en": "{count} of {of} have a list; without: {columns}",
        },
    },
    title={
        "kk": "Санат бағандарының тізімі бар",
        "ru": "У столбцов-категорий есть списки значений",
        "en": "Columns of categories have code lists",
    },
    fix={
        "kk": "Санат бағанының мәндерін атауларымен бірге схемаға қосыңыз (categories).",
        "ru": "Добавьте в схему значения категорий с названиями (categories).",
        "en": "Add the values of the column with their labels to the schema (categories).",
    },
)  # fmt: skip
