"""ML readiness: columns of categories have a list of their values."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result
from catalog.quality.columns import categories, described
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    return described(evidence, categories, lambda field: bool(field.categories or field.constraints.get("enum")))


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
