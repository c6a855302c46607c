"""MQA, interoperability: the format is non-proprietary."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.formats import is_open_format
from catalog.quality.stating import each, no_files


def _run(evidence: Evidence) -> Iterator[Result]:
    for at, one in each(evidence):
        path, words = f"/distribution/{at}/format", one.format or one.media_type
        if not words:
            yield Result(Status.FAIL, path, "missing", at=at)
        elif is_open_format(one.format, one.media_type):
            yield Result(Status.PASS, path, "known", {"value": words}, at)
        else:
            yield Result(Status.FAIL, path, "unlisted", {"value": words}, at)
    if not evidence.dataset.distribution:
        yield no_files()


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
