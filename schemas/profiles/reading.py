"""What readers of portals' own forms have in common: words out of loose values, and IRIs out of vocabularies."""

from collections.abc import Iterable, Mapping
from typing import Any

from schemas.profiles.base import Document
from schemas.vocabularies import vocabulary


def words(value: Any) -> str:
    """Return a text or a number as trimmed text, anything else (None, a list, `"null"`) as an empty one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    given = str(value).strip()
    return "" if given.casefold() in ("null", "none") else given


def objects(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects of a list; everything else is left out."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def iri(name: str, spelling: str) -> str:
    """Return the IRI of the term of vocabulary `name` that `spelling` names, empty when there is none."""
    term = vocabulary(name).find(spelling)
    return term.iri if term else ""


def iris(name: str, spellings: Iterable[str]) -> list[str]:
    """Return the IRIs of the terms found, each once."""
    return list(dict.fromkeys(found for spelling in spellings if (found := iri(name, spelling))))


def compact(value: Any) -> Any:
    """Return a document without empty members, however deep."""
    if isinstance(value, Mapping):
        return {key: kept for key, inner in value.items() if not _empty(kept := compact(inner))}
    if isinstance(value, list | tuple):
        return [kept for inner in value if not _empty(kept := compact(inner))]
    return value


def left_over(record: Mapping[str, Any], used: Iterable[str]) -> Document:
    """Return what of `record` no property holds, for `raw`."""
    taken = frozenset(used)
    return {str(key): value for key, value in record.items() if key not in taken}


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == {} or value == []
