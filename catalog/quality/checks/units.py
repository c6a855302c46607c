"""ML readiness: columns of quantities have units."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.columns import quantities
from catalog.quality.evidence import Evidence

ENOUGH = 0.8


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one, file in evidence.tables():
        units = {field.name: field.unit for field in one.table_schema.fields} if one.table_schema else {}
        named = quantities((file.profile or {}).get("columns", ()))
        if named:
            without = [name for name in named if not units.get(name)]
            values = {"count": len(named) - len(without), "of": len(named), "columns": ", ".join(without)[:200]}
            enough = len(without) <= (1 - ENOUGH) * len(named)
            yield Result(Status.PASS if enough else Status.FAIL, f"/distribution/{at}/table_schema", "share", values, at)


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
