"""Data, freshness: how often data come is promised."""

from collections.abc import Iterator

from catalog.quality.base import DATA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.freshness import promise


def _run(evidence: Evidence) -> Iterator[Result]:
    found = promise(evidence)
    if found.kind == "unknown":
        yield Result(Status.FAIL, "/accrual_periodicity", "missing")
    else:
        yield Result(Status.PASS, "/accrual_periodicity", "known", {"value": found.code})


CHECK = Check(
    name="data.freshness.frequency", score=DATA, dimension="freshness", points=5, run=_run,
    title={
        "kk": "Жаңарту жиілігі көрсетілген",
        "ru": "Указана частота обновления",
        "en": "The update frequency is stated",
    },
    fix={
        "kk": "Деректер қаншалықты жиі жаңартылатынын таңдаңыз; жаңартылмаса, «ешқашан» деңіз.",
        "ru": "Выберите, как часто обновляются данные; если не обновляются, выберите «никогда».",
        "en": "Choose how often the data are updated; choose “never” where they are not.",
    },
)  # fmt: skip
