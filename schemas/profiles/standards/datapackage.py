"""Frictionless Data Package v2, read also in its first version; what v2 lacks stands under the property `qoima`.

Texts are written in one language (title, description) and kept whole in the extension, so that nothing is lost. Files that we
hold stand at addresses that never change, and behind them the tables that we made of them as Parquet.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from schemas.dataset import Dataset
from schemas.dates import iso_date
from schemas.forms import dump_dataset
from schemas.identifiers import is_name, name_for, slug
from schemas.profiles.base import CatalogPage, Document, Format, ReadContext, Reading, WriteContext
from schemas.profiles.datapackage_parquet import parquet_resource
from schemas.profiles.datapackage_tables import read_table, write_table
from schemas.profiles.json_records import not_an_object, parsed
from schemas.profiles.reading import left_over, objects
from schemas.profiles.terms import leftover, regain, with_own_ids
from schemas.profiles.words import email, format_of, keywords, language_map, plain, term_iri, web_address
from schemas.texts import pick

_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE_SCHEMA = "https://datapackage.org/profiles/2.0/dataresource.json"
_READ = frozenset({
    "name", "id", "title", "description", "keywords", "version", "sources", "homepage", "contributors", "licenses", "license",
    "resources", "created", "qoima", "$schema", "profile",
})  # fmt: skip
_READ_OF_RESOURCE = frozenset({
    "name", "id", "path", "url", "title", "description", "format", "mediatype", "encoding", "bytes", "hash", "dialect",
    "licenses", "license", "schema", "type", "profile",
})  # fmt: skip

_TEXTS = ("", "CSV", "TSV")
_UNCOUNTED = ("JSON", "JSONL", "XLSX", "XLS", "ODS", "PARQUET", "HTML")
_PACKED = (".zip", ".gz")
"""Formats, and ends of addresses, whose bytes Frictionless does not count as it reads: it finds any `bytes` wrong there, so
theirs go to the extension.
"""
_TABLES = (*_TEXTS, "JSON", "JSONL", "XLSX", "XLS", "ODS", "PARQUET")
"""Formats that Frictionless opens as tables; a schema on any other makes the package unreadable to it."""


class DataPackageProfile:
    """Data Package: `datapackage.json`."""

    name = "datapackage"
    title = "Frictionless Data Package"
    formats = (Format("json", "application/vnd.datapackage+json"),)
    losses: frozenset[str] = frozenset()

    def split(self, body: bytes, media_type: str = "") -> Iterable[Any]:
        """Yield the descriptor, or those of a list."""
        found = parsed(body)
        yield from found if isinstance(found, list) else [found]

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read a descriptor of version 1 or 2."""
        if not isinstance(record, Mapping):
            return not_an_object(record, "A data package descriptor")
        document = _document(record, context)
        return Reading(regain(document, record.get("qoima")))

    def write(self, dataset: Dataset, context: WriteContext, extension: str = "") -> bytes:
        """Write a descriptor."""
        return json.dumps(descriptor(dataset, context), ensure_ascii=False, indent=1).encode()

    def write_catalog(self, page: CatalogPage, context: WriteContext, extension: str = "") -> bytes:
        """Write the descriptors of a page as a list."""
        return json.dumps([descriptor(dataset, context) for dataset in page.datasets], ensure_ascii=False, indent=1).encode()


def bare(dataset: Dataset, context: WriteContext) -> dict[str, Any]:
    """Return what the standard itself says of a dataset, without the extension."""
    return _written(dump_dataset(dataset), context)


def descriptor(dataset: Dataset, context: WriteContext) -> dict[str, Any]:
    """Return the descriptor of a dataset; it names at least one resource, as the standard asks."""
    document = dump_dataset(dataset)
    made = _written(document, context)
    back = _document(made, ReadContext(language=context.language))
    if extension := leftover(document, back):
        made["qoima"] = extension
    return made


def resource(dataset: Dataset, context: WriteContext, distribution: str) -> dict[str, Any] | None:
    """Return the descriptor of one file (`dataresource.json`), None where there is no such file."""
    made = _resources(dump_dataset(dataset), context)
    found = next((one for one in made if one.get("id") == distribution), None)
    return {"$schema": _RESOURCE_SCHEMA, **found} if found else None


def _written(document: Document, context: WriteContext) -> dict[str, Any]:
    language = context.language
    made: dict[str, Any] = {"$schema": _SCHEMA, "name": document["name"], "id": document.get("identifier")}
    made["title"] = pick(document["title"], language).words
    made["description"] = pick(document.get("description", {}), language).words
    published = context.published
    made |= {"homepage": context.dataset_url(document["name"]), "version": published.version or document.get("version")}
    made["created"] = published.at
    made["keywords"] = [word for words in document.get("keyword", {}).values() for word in words]
    licences = dict.fromkeys(d["license"] for d in document.get("distribution", []) if d.get("license"))
    made["licenses"] = [{"path": licence} for licence in licences]
    if publisher := document.get("publisher"):
        words = pick(publisher.get("title", {}), language).words or publisher["name"]
        made["contributors"] = [{"title": words, "roles": ["publisher"], "role": "publisher"}]
    made["sources"] = [{"title": source, "path": source} for source in document.get("source", [])]
    made["resources"] = _resources(document, context) or [{"name": "page", "path": context.dataset_url(document["name"])}]
    return {key: value for key, value in made.items() if value not in (None, "", [], {})}


def _resources(document: Document, context: WriteContext) -> list[dict[str, Any]]:
    names: set[str] = set()
    files = [_resource(d, document["name"], context, names) for d in document.get("distribution", [])]
    tables = [context.published.tables[one["id"]] for one in files if one["id"] in context.published.tables]
    return [*files, *(parquet_resource(one, _free(f"{slug(one.distribution)}-parquet", names), context) for one in tables)]


def _free(name: str, names: set[str]) -> str:
    """Return a name that no other resource has, and take it."""
    free = next(free for free in (name, *(f"{name}-{n}" for n in range(2, len(names) + 3))) if free not in names)
    names.add(free)
    return free


def _resource(d: Mapping[str, Any], dataset: str, context: WriteContext, names: set[str]) -> dict[str, Any]:
    held = context.published.files.get(d["id"])
    link = held.url if held else web_address(d.get("download_url")) or web_address(d.get("access_url"))
    link = link or context.resource_url(dataset, d["id"])
    made: dict[str, Any] = {"name": _free(slug(d["id"]) or "file", names), "id": d["id"], "path": link}
    made["title"] = pick(d.get("title", {}), context.language).words
    made["description"] = pick(d.get("description", {}), context.language).words
    made |= {"format": d.get("format", "").lower(), "mediatype": d.get("media_type"), "encoding": d.get("encoding")}
    code = d.get("format", "")
    counted = code not in _UNCOUNTED and not link.lower().endswith(_PACKED)
    made["bytes"] = d.get("byte_size") if counted else None
    made["dialect"] = d.get("dialect") if code in _TEXTS or not d.get("table_schema") else None
    if checksum := d.get("checksum"):
        made["hash"] = checksum["value"] if checksum["algorithm"] == "md5" else f"{checksum['algorithm']}:{checksum['value']}"
    if code in _TABLES and (schema := write_table(d.get("table_schema", {}), context.language)):
        made |= {"type": "table", "schema": schema}
    if d.get("license"):
        made["licenses"] = [{"path": d["license"]}]
    return {key: value for key, value in made.items() if value not in (None, "", [], {})}


def _document(record: Mapping[str, Any], context: ReadContext) -> Document:
    language = context.language
    name = str(record.get("name") or record.get("id") or "")
    document: Document = {
        "name": name if is_name(name) else name_for(name or plain(record.get("title")), str(record.get("id", ""))),
        "identifier": str(record.get("id") or ""),
        "title": language_map(record.get("title") or name, language),
        "description": language_map(record.get("description"), language),
        "keyword": keywords(_list(record.get("keywords")), language),
        "version": str(record.get("version") or ""),
        "source": [url for item in objects(record.get("sources")) if (url := web_address(item.get("path") or item.get("web")))],
        "landing_page": web_address(record.get("homepage")),
        "issued": iso_date(record.get("created")),
        "contributor": _contributors(record, language),
        "raw": left_over(record, _READ),
    }
    if publisher := _publisher(record, language) or dict(context.publisher):
        document["publisher"] = publisher
    default = _licence(record) or context.license
    files = [_distribution(item, index, default, context) for index, item in enumerate(objects(record.get("resources")))]
    document["distribution"] = with_own_ids(files)
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}


def _publisher(record: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    for item in objects(record.get("contributors")):
        if "publisher" in _list(item.get("roles") or item.get("role")) and plain(item.get("title")):
            words = plain(item["title"])
            return {"name": name_for(words), "title": {language: words}}
    return None


def _contributors(record: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    found = []
    for item in objects(record.get("contributors")):
        for role in _list(item.get("roles")) or _list(item.get("role")) or [""]:
            if role != "publisher" and plain(item.get("title")):
                made = {"name": language_map(item["title"], language), "role": plain(role), "url": web_address(item.get("path"))}
                found.append({**made, "email": email(item.get("email"))})
    return found


def _licence(record: Mapping[str, Any]) -> str:
    for item in objects(record.get("licenses")) or objects([record.get("license")]):
        path = item.get("path") or item.get("url")
        path = next(iter(path.values()), "") if isinstance(path, Mapping) else path
        if found := web_address(path) or term_iri("licences", item.get("name") or item.get("id")):
            return term_iri("licences", found) or found
    return term_iri("licences", record.get("license"))


def _distribution(item: Mapping[str, Any], index: int, licence: str, context: ReadContext) -> dict[str, Any]:
    path = item.get("path") or item.get("url") or ""
    path = path[0] if isinstance(path, list) and path else path
    url = web_address(path) or web_address(f"{context.base_url.rstrip('/')}/{path}" if context.base_url and path else "")
    code, media_type = format_of(item.get("format"), item.get("mediatype"), "." + str(path).rpartition(".")[2])
    made = {
        "id": str(item.get("id") or item.get("name") or f"resource-{index + 1}"),
        "title": language_map(item.get("title"), context.language),
        "description": language_map(item.get("description"), context.language),
        "download_url": url,
        "format": code,
        "media_type": str(item.get("mediatype") or media_type),
        "encoding": str(item.get("encoding") or ""),
        "byte_size": item.get("bytes") if isinstance(item.get("bytes"), int) else None,
        "checksum": _checksum(item.get("hash")),
        "dialect": item.get("dialect") if isinstance(item.get("dialect"), dict) else None,
        "license": _licence(item) or licence,
        "table_schema": read_table(item.get("schema"), context.language),
        "path": "" if url or not isinstance(path, str) else path,
        "raw": left_over(item, _READ_OF_RESOURCE),
    }
    return {key: value for key, value in made.items() if value not in (None, "", [], {})}


def _checksum(value: Any) -> dict[str, str] | None:
    if not isinstance(value, str) or not value:
        return None
    algorithm, _, digits = value.rpartition(":")
    found = {"algorithm": algorithm or "md5", "value": digits}
    return found if len(digits) >= 8 and all(c in "0123456789abcdefABCDEF" for c in digits) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


PROFILE = DataPackageProfile()
