"""MQA, interoperability: the format is non-proprietary."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result
from catalog.quality.evidence import Evidence
from catalog.quality.formats import is_open_format
from catalog.quality.stating import format_which


def _run(evidence: Evidence) -> Iterator[Result]:
    return format_which(evidence, is_open_format)


CHECK = Check(
    name="mqa.interoperability.non_proprietary", score=MQA, dimension="interoperability", points=20, run=_run,
    best=True,
    title={
        "kk": "Пішім ашық (меншіксіз)",
        "ru": "Формат непроприетарный",
        "en": "The format is not proprietary",
    },
    fix={
        "kk": "Деректерді ашық пішімде де жариялаңыз: CSV, JSON, ODS немесе Parquet.",
        "ru": "Опубликуйте данные и в открытом формате: CSV, JSON, ODS или Parquet.",
        "en": "Publish the data in an open format too: CSV, JSON, ODS or Parquet.",
    },
)  # fmt: skip
