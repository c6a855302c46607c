"""Reads a dataset of data.gov.sg: its list entry, its metadata with the columns, and the collections it is in."""

from collections.abc import Mapping
from typing import Any

from schemas.dates import iso_date
from schemas.identifiers import name_for, slug
from schemas.problems import Problem
from schemas.profiles.base import Document, ReadContext, Reading
from schemas.profiles.reading import compact, iri, left_over, objects, words
from schemas.profiles.words import email, format_of, plain
from schemas.vocabularies import vocabulary

_USED = (
    "datasetId", "name", "description", "createdAt", "lastUpdatedAt", "managedBy", "managedByAgencyName", "coverageStart",
    "coverageEnd", "frequency", "contactEmails", "format", "datasetSize", "columnMetadata", "collectionIds", "sources", "status",
)  # fmt: skip
_TYPES = {"text": "string", "string": "string", "numeric": "number", "number": "number", "integer": "integer"}
"""Dates stay open: the portal says only that a column is one, not how it is written (`2026-11`, `01/02/2028`)."""
_MISSING = ["", "na"]
"""Files write `na` where there is no value."""
_LAST = 10**6


class DataGovSgReader:
    """Body: `{"dataset": {…}, "metadata": {…}, "collections": [{…}], "error": "…"}`."""

    name = "datagovsg"

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read one dataset; metadata that the portal refused becomes a Problem."""
        if not isinstance(record, Mapping) or words(record.get("error")):
            why = words(record.get("error")) if isinstance(record, Mapping) else "The record is no object."
            return Reading({}, (Problem("refused", "/metadata", f"The metadata of this dataset cannot be had. {why}"),))
        listed = _object(record.get("dataset"))
        given = {**listed, **compact(_object(record.get("metadata"))), "datasetId": listed.get("datasetId")}
        if not words(given.get("datasetId")):
            return Reading({}, (Problem("missing", "/dataset/datasetId", "This dataset has no id; ask the portal."),))
        return Reading(compact(_document(given, objects(record.get("collections")), context)))


READER = DataGovSgReader()


def _document(given: Mapping[str, Any], collections: list[Mapping[str, Any]], context: ReadContext) -> Document:
    key, name = words(given["datasetId"]), plain(given.get("name"))
    site = (words(context.options.get("rows")) or context.base_url).rstrip("/")
    page = f"{site}/datasets/{key}/view"
    licence = iri("licences", context.license) or context.license
    frequencies = (words(source.get("frequency")) for source in (given, *collections))
    return {
        "name": name_for(name, key),
        "identifier": key,
        "title": _text(name or key, context),
        "description": _text(given.get("description"), context),
        "publisher": _agency(given, context) or dict(context.publisher),
        "contributor": _creators((given, *collections), context),
        "contact_point": [{"email": found} for found in map(email, _list(given.get("contactEmails"))) if found],
        "issued": iso_date(given.get("createdAt")), "modified": iso_date(given.get("lastUpdatedAt")),
        "accrual_periodicity": next((found for word in frequencies if (found := iri("frequencies", word))), ""),
        "temporal": [{"start": iso_date(given.get("coverageStart")), "end": iso_date(given.get("coverageEnd"))}],
        "spatial": _singapore(),
        "language": [iri("languages", _language(context))],
        "landing_page": page,
        "in_series": [_series(collection, site, context) for collection in collections],
        "license_asserted": bool(licence),
        "service": _rows(given, key, site, context),
        "distribution": _files(given, key, page, licence, context),
        "raw": left_over(given, _USED),
    }  # fmt: skip


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[str]:
    return [word for item in value if (word := words(item))] if isinstance(value, list) else []


def _language(context: ReadContext) -> str:
    return context.language if context.language != "und" else "en"


def _text(value: Any, context: ReadContext) -> dict[str, str]:
    return {_language(context): plain(value)}


def _agency(given: Mapping[str, Any], context: ReadContext) -> Document:
    """Return the agency, named `managedBy` in metadata and `managedByAgencyName` in lists."""
    title = words(given.get("managedBy")) or words(given.get("managedByAgencyName"))
    return {"name": name_for(title), "title": _text(title, context), "country": "SG"} if title else {}


def _creators(sources: tuple[Mapping[str, Any], ...], context: ReadContext) -> list[Document]:
    names = dict.fromkeys(name for source in sources for name in _list(source.get("sources")))
    return [{"name": _text(name, context), "role": "creator"} for name in names]


def _singapore() -> list[Document]:
    place = vocabulary("countries").find("SG")
    return [{"uri": place.iri, "name": dict(place.label)}] if place else []


def _series(collection: Mapping[str, Any], site: str, context: ReadContext) -> Document:
    return {
        "identifier": f"{site}/collections/{words(collection.get('collectionId'))}/view",
        "title": _text(collection.get("name"), context), "description": _text(collection.get("description"), context),
    }  # fmt: skip


def _rows(given: Mapping[str, Any], key: str, site: str, context: ReadContext) -> list[Document]:
    """Describe the rows service, which answers for tables only."""
    if format_of(given.get("format"))[0] != "CSV":
        return []
    title = {"en": f"Rows of {plain(given.get('name')) or key}"}
    return [{"title": title, "endpoint_url": f"{site}/api/action/datastore_search?resource_id={key}"}]


def _files(given: Mapping[str, Any], key: str, page: str, licence: str, context: ReadContext) -> list[Document]:
    """Describe the one file; its link is made when it is fetched and is never kept, so `path` says that there is one."""
    code, media_type = format_of(given.get("format"))
    if not code:
        return []
    name, size = plain(given.get("name")), given.get("datasetSize")
    return [{
        "id": key, "title": _text(name or key, context), "access_url": page, "path": f"{slug(name) or key}.{slug(code)}",
        "format": code, "media_type": media_type, "license": licence, "modified": iso_date(given.get("lastUpdatedAt")),
        "byte_size": size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else None,
        "table_schema": _table(_object(given.get("columnMetadata")), context) if code == "CSV" else None,
    }]  # fmt: skip


def _table(columns: Mapping[str, Any], context: ReadContext) -> Document:
    """Return the columns in file order: by `order`, then by `index` (a number as text), then as they are listed."""
    titles, details = _object(columns.get("map")), _object(columns.get("metaMapping"))
    order = {key: place for place, key in enumerate(_list(columns.get("order")))}
    keys = dict.fromkeys([*(key for key in order if key in titles or key in details), *details, *titles])
    ranked = sorted(keys, key=lambda key: (order.get(key, _LAST), _index(_object(details.get(key)).get("index"))))
    fields = [_field(_object(details.get(key)), titles.get(key), context) for key in ranked]
    named = [field for field in fields if field["name"]]
    return {"fields": named, "missing_values": _MISSING} if named else {}


def _index(value: Any) -> int:
    digits = words(value)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else _LAST


def _field(detail: Mapping[str, Any], title: Any, context: ReadContext) -> Document:
    """Return a column; `isCategorical` marks a candidate for a code list, whose values the portal does not tell."""
    shown = words(detail.get("columnTitle")) or words(title)
    return {
        "name": words(detail.get("name")) or shown,
        "title": _text(shown, context),
        "description": _text(detail.get("description"), context),
        "type": _TYPES.get(words(detail.get("dataType")).casefold(), "any"),
        "categories": [{"value": value} for value in _list(detail.get("categories"))],
        "options": {"isCategorical": True} if detail.get("isCategorical") is True else {},
    }
