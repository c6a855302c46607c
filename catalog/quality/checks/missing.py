"""ML readiness: missing values are declared, not disguised."""

from collections.abc import Iterator
from typing import Any

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence

DISGUISED = frozenset({
    "-1", "-9", "-99", "-999", "-9999", "99", "999", "9999", "99999",
    "n/a", "na", "nan", "null", "none", "-", "?", "н/д", "нет данных", "нет", "жоқ", "белгісіз", "unknown",
})  # fmt: skip


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, _, file in evidence.tables():
        columns = (file.profile or {}).get("columns", ())
        named = [column["name"] for column in columns for one in column.get("top") or () if _disguised(column, one)]
        if named:
            values: dict[str, Any] = {"columns": ", ".join(dict.fromkeys(named))[:300]}
            yield Result(Status.FAIL, f"/distribution/{at}", "disguised", values, at)
        elif columns:
            most = max(columns, key=lambda column: column.get("missing") or 0)
            values = {"column": most["name"], "count": most.get("missing") or 0}
            yield Result(Status.PASS, f"/distribution/{at}", "map", values, at)


def _disguised(column: dict[str, Any], top: dict[str, Any]) -> bool:
    """Tell whether a frequent value stands for a missing one: among numbers only where it lies apart from the others."""
    value = str(top["value"]).strip().casefold().removesuffix(".0")
    if value not in DISGUISED:
        return False
    if column.get("type") not in ("integer", "number"):
        return not value.lstrip("-").isdigit()
    mean, spread = column.get("mean"), column.get("std")
    return bool(spread) and abs(float(value) - float(mean or 0)) > 3 * float(spread or 0)


CHECK = Check(
    name="data.readiness.missing", score=DATA, dimension="readiness", points=2, run=_run,
    of_bytes=True,
    says={
        "disguised": {
            "kk": "Бос мән болып көрінетін кодтар: {columns}.",
            "ru": "Похоже на скрытые пропуски: {columns}.",
            "en": "Codes that look like missing values stand in {columns}.",
        },
        "map": {
            "kk": "Ең көп бос мән «{column}» бағанында: {count}.",
            "ru": "Больше всего пропусков в «{column}»: {count}.",
            "en": "Most are missing in “{column}”: {count}.",
        },
    },
    title={
        "kk": "Бос мәндер ашық белгіленген",
        "ru": "Пропуски обозначены явно",
        "en": "Missing values are declared",
    },
    fix={
        "kk": "Бос мәнді білдіретін кодтарды схемадағы missingValues тізіміне жазыңыз.",
        "ru": "Впишите коды пропусков в missingValues схемы.",
        "en": "List the codes that stand for missing values in missingValues of the schema.",
    },
)  # fmt: skip
