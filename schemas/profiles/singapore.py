"""What both forms of data.gov.sg have in common, and packages in the older form (CKAN with column types, until 2023)."""

from collections.abc import Mapping
from typing import Any

from schemas.dates import iso_date
from schemas.forms.rules import text_rules
from schemas.identifiers import is_name, name_for
from schemas.profiles.base import Document, ReadContext
from schemas.profiles.reading import iri, left_over, objects, words
from schemas.profiles.words import email, format_of, keywords, plain, web_address
from schemas.vocabularies import vocabulary

MISSING = ["", "na"]
"""Files write `na` where there is no value."""

_USED = (
    "id", "name", "title", "notes", "description", "organization", "metadata_created", "metadata_modified", "frequency",
    "coverage_start", "coverage_end", "tags", "topics", "maintainer", "maintainer_email", "license_id", "license_url",
    "resources", "num_tags", "num_resources", "state", "type", "private", "isopen",
)  # fmt: skip
_USED_OF_FILE = (
    "id", "name", "description", "url", "format", "mimetype", "size", "created", "last_modified", "fields", "datastore_active",
    "package_id", "position", "state",
)  # fmt: skip
_TYPES = {
    ("numeric", ""): "number", ("text", ""): "string", ("datetime", "YYYY"): "year", ("datetime", "YYYY-MM"): "yearmonth",
    ("datetime", "YYYY-MM-DD"): "date",
}  # fmt: skip
"""Type and format of a column by the portal's words; others stay open."""


def language(context: ReadContext) -> str:
    """Return the language of texts: that of the source, else English."""
    return context.language if context.language != "und" else "en"


def text(value: Any, context: ReadContext) -> dict[str, str]:
    """Return a text by language."""
    return {language(context): plain(value)}


def texts(value: Any) -> list[str]:
    """Return the words of a list."""
    return [word for item in value if (word := words(item))] if isinstance(value, list) else []


def column(*names: Any) -> str:
    """Return the first name of a column that is more than control characters, as the form keeps it; else an empty one."""
    return next(filter(None, (text_rules(words(name)[:1000]) for name in names)), "")


def singapore() -> list[Document]:
    """Return the place that every dataset is about."""
    place = vocabulary("countries").find("SG")
    return [{"uri": place.iri, "name": dict(place.label)}] if place else []


def frequency(*sources: Mapping[str, Any]) -> str:
    """Return the first frequency that is known, as IRI."""
    return next((found for source in sources if (found := iri("frequencies", words(source.get("frequency"))))), "")


def page(kind: str, key: str, context: ReadContext) -> str:
    """Return the address of a dataset's or a collection's page."""
    return f"{_site(context)}/{kind}/{key}/view"


def rows(name: str, key: str, context: ReadContext) -> Document:
    """Return the service that answers the rows of a table."""
    return {"title": {"en": f"Rows of {name}"}, "endpoint_url": f"{_site(context)}/api/action/datastore_search?resource_id={key}"}


def _site(context: ReadContext) -> str:
    return (words(context.options.get("rows")) or context.base_url).rstrip("/")


def package(given: Mapping[str, Any], context: ReadContext) -> Document:
    """Return a package as a document; what the portal detected in each column's values is not kept."""
    key, name, title = words(given.get("id")), words(given.get("name")), plain(given.get("title"))
    declared = iri("licences", words(given.get("license_url"))) or iri("licences", words(given.get("license_id")))
    licence = declared or iri("licences", context.license) or context.license
    files = objects(given.get("resources"))
    tags = [tag.get("display_name") or tag.get("name") for tag in objects(given.get("tags"))]
    return {
        "name": name if is_name(name) else name_for(name or title, key), "identifier": key or name,
        "title": text(title or name, context), "description": text(given.get("notes") or given.get("description"), context),
        "publisher": _agency(given.get("organization"), context) or dict(context.publisher),
        "contact_point": [{"name": text(given.get("maintainer"), context), "email": email(given.get("maintainer_email"))}],
        "keyword": keywords([*filter(None, tags), *texts(given.get("topics"))], language(context)),
        "issued": iso_date(given.get("metadata_created"), zone="Z"),
        "modified": iso_date(given.get("metadata_modified"), zone="Z"),
        "accrual_periodicity": frequency(given), "spatial": singapore(), "language": [iri("languages", language(context))],
        "temporal": [{"start": iso_date(given.get("coverage_start")), "end": iso_date(given.get("coverage_end"))}],
        "landing_page": f"{_site(context)}/dataset/{name}" if is_name(name) else "",
        "license_asserted": bool(licence) and not declared,
        "service": [
            rows(plain(file.get("name")) or words(file["id"]), words(file["id"]), context)
            for file in files if file.get("datastore_active") is True and words(file.get("id"))
        ],
        "distribution": [_file(file, place, licence, context) for place, file in enumerate(files)],
        "raw": left_over(given, _USED),
    }  # fmt: skip


def _agency(organization: Any, context: ReadContext) -> Document:
    given = organization if isinstance(organization, Mapping) else {}
    title = words(given.get("title")) or words(given.get("name"))
    return {"name": name_for(words(given.get("name")) or title), "title": text(title, context), "country": "SG"} if title else {}


def _file(file: Mapping[str, Any], place: int, licence: str, context: ReadContext) -> Document:
    code, media_type = format_of(file.get("format"), file.get("mimetype"))
    size = file.get("size")
    fields = [_field(entry, context) for entry in objects(file.get("fields")) if column(entry.get("name"))]
    return {
        "id": words(file.get("id")) or f"resource-{place + 1}", "title": text(file.get("name"), context),
        "description": text(file.get("description"), context), "download_url": web_address(file.get("url")),
        "format": code, "media_type": media_type, "license": licence,
        "byte_size": size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else None,
        "issued": iso_date(file.get("created"), zone="Z"), "modified": iso_date(file.get("last_modified"), zone="Z"),
        "table_schema": {"fields": fields, "missing_values": MISSING} if fields and code == "CSV" else None,
        "raw": left_over(file, _USED_OF_FILE),
    }  # fmt: skip


def _field(entry: Mapping[str, Any], context: ReadContext) -> Document:
    return {
        "name": column(entry["name"]), "title": text(entry.get("title"), context),
        "description": text(entry.get("description"), context), "unit": words(entry.get("unit_of_measure")),
        "type": _TYPES.get((words(entry.get("type")), words(entry.get("format"))), "any"),
    }  # fmt: skip
