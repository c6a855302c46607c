"""Reads a dataset of data.gov.sg: its list entry, its metadata with the columns, and the collections it is in."""

from collections.abc import Mapping
from typing import Any

from schemas.dates import iso_date
from schemas.identifiers import name_for, slug
from schemas.problems import Problem
from schemas.profiles.base import Document, ReadContext, Reading
from schemas.profiles.reading import compact, iri, left_over, objects, words
from schemas.profiles.singapore import MISSING, column, frequency, language, package, page, rows, singapore, text, texts
from schemas.profiles.words import email, format_of, plain

_USED = (
    "datasetId", "name", "description", "createdAt", "lastUpdatedAt", "managedBy", "managedByAgencyName", "coverageStart",
    "coverageEnd", "frequency", "contactEmails", "format", "datasetSize", "columnMetadata", "collectionIds", "sources", "status",
)  # fmt: skip
_TYPES = {"text": "string", "string": "string", "numeric": "number", "number": "number", "integer": "integer"}
"""Dates stay open: the portal says only that a column is one, not how it is written (`2026-11`, `01/02/2028`)."""
_LAST = 10**6


class DataGovSgReader:
    """Body: `{"dataset": {…}, "metadata": {…}, "collections": [{…}], "error": "…"}`, or `{"package": {…}}` of the older form."""

    name = "datagovsg"

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read one dataset; metadata that the portal refused becomes a Problem."""
        if not isinstance(record, Mapping):
            return Reading({}, (Problem("not-an-object", "", "A record of data.gov.sg is an object."),))
        if why := words(record.get("error")):
            return _refused(_object(record.get("dataset")), why)
        if isinstance(older := record.get("package"), Mapping):
            return Reading(compact(package(older, context)))
        listed = _object(record.get("dataset"))
        given = {**listed, **compact(_object(record.get("metadata"))), "datasetId": listed.get("datasetId")}
        if not words(given.get("datasetId")):
            return Reading({}, (Problem("missing", "/dataset/datasetId", "This dataset has no id; ask the portal."),))
        return Reading(compact(_document(given, objects(record.get("collections")), context)))


READER = DataGovSgReader()


def _refused(listed: Mapping[str, Any], why: str) -> Reading:
    """Return what the list says, so that nothing but the refusal is told as wrong."""
    key = words(listed.get("datasetId"))
    name = plain(listed.get("name")) or key
    problem = Problem("refused", "", f"The metadata of this dataset cannot be had. {why}")
    return Reading({"name": name_for(name, key), "title": {"en": name}}, (problem,))


def _document(given: Mapping[str, Any], collections: list[Mapping[str, Any]], context: ReadContext) -> Document:
    key, name = words(given["datasetId"]), plain(given.get("name"))
    address = page("datasets", key, context)
    licence = iri("licences", context.license) or context.license
    return {
        "name": name_for(name, key),
        "identifier": key,
        "title": text(name or key, context),
        "description": text(given.get("description"), context),
        "publisher": _agency(given, context) or dict(context.publisher),
        "contributor": _creators((given, *collections), context),
        "contact_point": [{"email": found} for found in map(email, texts(given.get("contactEmails"))) if found],
        "issued": iso_date(given.get("createdAt")), "modified": iso_date(given.get("lastUpdatedAt")),
        "accrual_periodicity": frequency(given, *collections),
        "temporal": [{"start": iso_date(given.get("coverageStart")), "end": iso_date(given.get("coverageEnd"))}],
        "spatial": singapore(),
        "language": [iri("languages", language(context))],
        "landing_page": address,
        "in_series": [_series(collection, context) for collection in collections],
        "license_asserted": bool(licence),
        "service": [rows(name or key, key, context)] if format_of(given.get("format"))[0] == "CSV" else [],
        "distribution": _files(given, key, address, licence, context),
        "raw": left_over(given, _USED),
    }  # fmt: skip


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _agency(given: Mapping[str, Any], context: ReadContext) -> Document:
    """Return the agency, named `managedBy` in metadata and `managedByAgencyName` in lists."""
    title = words(given.get("managedBy")) or words(given.get("managedByAgencyName"))
    return {"name": name_for(title), "title": text(title, context), "country": "SG"} if title else {}


def _creators(sources: tuple[Mapping[str, Any], ...], context: ReadContext) -> list[Document]:
    names = dict.fromkeys(name for source in sources for name in texts(source.get("sources")))
    return [{"name": text(name, context), "role": "creator"} for name in names]


def _series(collection: Mapping[str, Any], context: ReadContext) -> Document:
    return {
        "identifier": page("collections", words(collection.get("collectionId")), context),
        "title": text(collection.get("name"), context), "description": text(collection.get("description"), context),
    }  # fmt: skip


def _files(given: Mapping[str, Any], key: str, address: str, licence: str, context: ReadContext) -> list[Document]:
    """Describe the one file; its link is made when it is fetched and is never kept, so `path` says that there is one."""
    code, media_type = format_of(given.get("format"))
    if not code:
        return []
    name, size = plain(given.get("name")), given.get("datasetSize")
    return [{
        "id": key, "title": text(name or key, context), "access_url": address, "path": f"{slug(name) or key}.{slug(code)}",
        "format": code, "media_type": media_type, "license": licence, "modified": iso_date(given.get("lastUpdatedAt")),
        "byte_size": size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else None,
        "table_schema": _table(_object(given.get("columnMetadata")), context) if code == "CSV" else None,
    }]  # fmt: skip


def _table(columns: Mapping[str, Any], context: ReadContext) -> Document:
    """Return the columns in file order: by `order`, then by `index` (a number as text), then as they are listed."""
    titles, details = _object(columns.get("map")), _object(columns.get("metaMapping"))
    order = {key: place for place, key in enumerate(texts(columns.get("order")))}
    keys = dict.fromkeys([*(key for key in order if key in titles or key in details), *details, *titles])
    ranked = sorted(keys, key=lambda key: (order.get(key, _LAST), _index(_object(details.get(key)).get("index"))))
    fields = [_field(_object(details.get(key)), titles.get(key), context) for key in ranked]
    named = [field for field in fields if field["name"]]
    return {"fields": named, "missing_values": MISSING} if named else {}


def _index(value: Any) -> int:
    digits = words(value)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else _LAST


def _field(detail: Mapping[str, Any], title: Any, context: ReadContext) -> Document:
    """Return a column; `isCategorical` marks a candidate for a code list, whose values the portal does not tell."""
    shown = words(detail.get("columnTitle")) or words(title)
    return {
        "name": column(detail.get("name"), shown),
        "title": text(shown, context),
        "description": text(detail.get("description"), context),
        "type": _TYPES.get(words(detail.get("dataType")).casefold(), "any"),
        "categories": [{"value": value} for value in texts(detail.get("categories"))],
        "options": {"isCategorical": True} if detail.get("isCategorical") is True else {},
    }
