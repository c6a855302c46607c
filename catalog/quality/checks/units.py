"""ML readiness: columns of quantities have units."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result
from catalog.quality.columns import described, quantities
from catalog.quality.evidence import Evidence


def _run(evidence: Evidence) -> Iterator[Result]:
    return described(evidence, quantities, lambda field: bool(field.unit))


CHECK = Check(
    name="data.readiness.units", score=DATA, dimension="readiness", points=3, run=_run,
    of_bytes=True,
    says={
        "share": {
            "kk": "{of} бағанның {count}-інде бірлік бар; жоқ: {columns}",
            "ru": "С единицами {count} из {of}; без них: {columns}",
            "en": "{count} of {of} have a unit; without: {columns}",
        },
    },
    title={
        "kk": "Сандық бағандардың өлшем бірлігі бар",
        "ru": "У числовых столбцов есть единицы",
        "en": "Columns of quantities have units",
    },
    fix={
        "kk": "Деректер сөздігіндегі әр сандық бағанға өлшем бірлігін жазыңыз.",
        "ru": "Впишите единицы измерения в словарь данных.",
        "en": "Write the unit of each quantity into the data dictionary.",
    },
)  # fmt: skip
