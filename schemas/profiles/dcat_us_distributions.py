"""Distributions of an entry of `data.json`: links to files and pages, APIs also as data services."""

from collections.abc import Mapping
from typing import Any

from schemas.dates import iso_date
from schemas.identifiers import short_hash
from schemas.problems import Problem, Severity
from schemas.profiles.base import Document, ReadContext
from schemas.profiles.terms import with_own_ids
from schemas.profiles.words import extension, format_of, is_service, language_map, plain, term_iri, web_address

_LEGACY = ("accessURL", "downloadURL", "format", "mediaType")
_READ = frozenset({"@type", "@id", "identifier", "title", "description", "format", "mediaType"})
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def distributions(record: Mapping[str, Any], licence: str, context: ReadContext, problems: list[Problem]) -> list[Document]:
    """Return the distributions of an entry, each with an id that stays the same while its links and title do."""
    return with_own_ids([_distribution(item, index, licence, context, problems) for index, item in enumerate(_items(record))])


def services(record: Mapping[str, Any], language: str) -> list[Document]:
    """Return the APIs among the distributions as data services, each address once."""
    found: dict[str, Document] = {}
    for item in _items(record):
        url = web_address(item.get("accessURL")) or web_address(item.get("downloadURL"))
        if url and is_service(plain(item.get("format"))):
            title = language_map(item.get("title"), language)
            found.setdefault(url, {"endpoint_url": url, **({"title": title} if title else {})})
    return list(found.values())


def _items(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the distributions; version 1.0 names the links of a single one in the dataset itself."""
    given = record.get("distribution")
    items = [item for item in (given if isinstance(given, list) else [given]) if isinstance(item, Mapping)]
    own = {key: record[key] for key in _LEGACY if record.get(key) not in _EMPTY}
    known = {item.get(key) for item in items for key in _LEGACY[:2] if isinstance(item.get(key), str)}
    links = [own[key] for key in _LEGACY[:2] if key in own]
    return [*items, own] if any(isinstance(link, str) and link not in known for link in links) else items


def _distribution(item: Mapping[str, Any], index: int, licence: str, context: ReadContext, problems: list[Problem]) -> Document:
    file, page = web_address(item.get("downloadURL")), web_address(item.get("accessURL"))
    if not file and not page:
        message = "This distribution has no address that can be linked; its entry is kept without."
        problems.append(Problem("no-address", f"/distribution/{index}", message, Severity.WARNING))
    code, media_type = format_of(item.get("format"), item.get("mediaType"), extension(file))
    conforms = [url for key in ("conformsTo", "describedBy") if (url := web_address(item.get(key)))]
    made = {
        "id": plain(item.get("identifier")) or short_hash(file, page, plain(item.get("title"))),
        "title": language_map(item.get("title"), context.language),
        "description": language_map(item.get("description"), context.language),
        "access_url": page if page != file else "", "download_url": file,
        "format": code, "media_type": plain(item.get("mediaType")) or media_type,
        "license": term_iri("licences", item.get("license")) or web_address(item.get("license")) or licence,
        "issued": iso_date(item.get("issued")), "modified": iso_date(item.get("modified")),
        "conforms_to": list(dict.fromkeys(conforms)),
    }  # fmt: skip
    made["raw"] = {key: value for key, value in item.items() if not _taken(key, value, made)}
    return {key: value for key, value in made.items() if value not in _EMPTY}


def _taken(key: str, value: Any, made: Mapping[str, Any]) -> bool:
    """Tell whether the document already says what stands under `key`."""
    if value in _EMPTY or (key in _READ and not isinstance(value, list)):
        return True
    said = [made[name] for name in _PLACES.get(key, ())]
    return any(value == one or (isinstance(one, list) and value in one) for one in said)


_LINKS = ("download_url", "access_url")
_PLACES = {
    "downloadURL": _LINKS, "accessURL": _LINKS, "license": ("license",), "issued": ("issued",), "modified": ("modified",),
    "conformsTo": ("conforms_to",), "describedBy": ("conforms_to",),
}  # fmt: skip
