"""MQA, interoperability: format and media type come from the EU list of file types and from IANA."""

from collections.abc import Iterator

from catalog.quality.base import MQA, Check, Result, Status
from catalog.quality.evidence import Evidence
from catalog.quality.formats import listed_format, listed_media_type
from catalog.quality.stating import of_files
from schemas.distribution import Distribution


def _run(evidence: Evidence) -> Iterator[Result]:
    return of_files(evidence, "format", _judged)


def _judged(path: str, at: int, one: Distribution) -> Result:
    given = [(one.format, listed_format(one.format)), (one.media_type, listed_media_type(one.media_type))]
    odd = [words for words, listed in given if words and not listed]
    named = next((words for words, listed in given if listed), "")
    if odd or not named:
        return Result(Status.FAIL, path, "unlisted" if odd else "missing", {"value": odd[0]} if odd else {}, at)
    return Result(Status.PASS, path, "known", {"value": named}, at)


CHECK = Check(
    name="mqa.interoperability.format_vocabulary", score=MQA, dimension="interoperability", points=10, run=_run,
    best=True,
    title={
        "kk": "Пішім мен медиа түрі тізімдерден алынған",
        "ru": "Формат и медиатип взяты из списков",
        "en": "Format and media type come from the lists",
    },
    fix={
        "kk": "Пішімді ЕО файл түрлерінің тізімінен, медиа түрін IANA тізімінен таңдаңыз.",
        "ru": "Выберите формат из списка типов файлов ЕС, а медиатип из списка IANA.",
        "en": "Choose the format from the EU list of file types and the media type from that of IANA.",
    },
)  # fmt: skip
