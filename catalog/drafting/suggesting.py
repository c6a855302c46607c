"""What a file tells of its dataset before anybody describes it: a title, keywords, the period, as a part to be saved."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from catalog.records import FileRecord

KEYWORDS = 6
_WORD = re.compile(r"[^\W\d_]{4,}")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def suggest(document: Mapping[str, Any], file: FileRecord, profile: Mapping[str, Any] | None, language: str) -> dict[str, Any]:
    """Return properties that the document lacks and a file tells; texts are said to be in the language of their letters."""
    stem = re.sub(r"[_\-\s.]+", " ", file.filename.rpartition(".")[0]).strip()
    columns = (profile or {}).get("columns", ())
    told = {
        "title": {letters(stem, language): stem[:1].upper() + stem[1:]} if _WORD.search(stem) else {},
        "keyword": _keywords([stem, *(str(column.get("label", "")) for column in columns)], language),
        "temporal": [period] if (period := _period(columns) or _named(stem)) else [],
    }
    return {key: value for key, value in told.items() if value and not document.get(key)}


def letters(words: str, otherwise: str) -> str:
    """Return the language that letters tell: Kazakh has its own, other Cyrillic is Russian unless a reader of Kazakh writes."""
    if re.search("[әғқңөұүһі]", words.casefold()):
        return "kk"
    if re.search("[а-яё]", words.casefold()):
        return otherwise if otherwise in ("kk", "ru") else "ru"
    return otherwise if otherwise not in ("kk", "ru") else "en"


def _keywords(texts: Iterable[str], language: str) -> dict[str, list[str]]:
    words = dict.fromkeys(word.casefold() for text in texts for word in _WORD.findall(text))
    found: dict[str, list[str]] = {}
    for word in list(words)[:KEYWORDS]:
        found.setdefault(letters(word, language), []).append(word)
    return found


def _period(columns: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the earliest and the latest day that a column of dates holds."""
    dated = [column for column in columns if column.get("type") in ("date", "datetime")]
    days = sorted(filter(None, (str(column.get(end) or "")[:10] for column in dated for end in ("min", "max"))))
    return {"start": days[0], "end": days[-1]} if days else {}


def _named(stem: str) -> dict[str, str]:
    years = sorted(_YEARS.findall(stem))
    return {"start": years[0], "end": years[-1]} if years else {}
