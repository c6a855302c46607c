"""Resources of a CKAN package: files become distributions, map and API links data services."""

from collections.abc import Mapping
from typing import Any

from schemas.dates import iso_date
from schemas.identifiers import short_hash
from schemas.problems import Problem, Severity
from schemas.profiles.base import ReadContext, WriteContext
from schemas.profiles.reading import left_over
from schemas.profiles.words import extension, format_of, is_service, language_map, plain, term_iri, web_address
from schemas.texts import pick
from schemas.vocabularies import vocabulary

_NO_DATE = "1970-01-01T00:00:00.000000"
_LENGTHS = {32: "md5", 40: "sha1", 64: "sha256"}


_READ = frozenset("""
    id name name_translated description description_translated url url_type format mimetype mimetype_inner size hash created
    last_modified metadata_modified license_id license_url resource_type resource_group_id package_id position state revision_id
    revision_timestamp tracking_summary archiver qa cache_url cache_filepath cache_last_updated webstore_url webstore_last_updated
    datastore_active datastore_contains_all_records_of_source_file markdown_snippet no_real_name title
""".split())
"""What properties come from, and the machinery of portals, which says nothing of the data and often changes."""


def distribution(
    item: Mapping[str, Any], index: int, licence: str, context: ReadContext, problems: list[Problem]
) -> dict[str, Any]:
    """Return a resource as a distribution document."""
    url = web_address(item.get("url"))
    if not url:
        message = "This resource has no address that can be linked; its entry is kept without."
        problems.append(Problem("no-address", f"/resources/{index}/url", message, Severity.WARNING))
    code, media_type = format_of(item.get("format"), item.get("mimetype"), extension(url))
    landing = item.get("mimetype") == "text/html" or code == "HTML"
    file = _is_file(item, url, code) and not landing
    made = {
        "id": str(item.get("id") or short_hash(url, str(index))),
        "title": language_map(item.get("name_translated") or item.get("name") or item.get("title"), context.language),
        "description": language_map(item.get("description_translated") or item.get("description"), context.language),
        "access_url": "" if file else url,
        "download_url": url if file else "",
        "format": code,
        "media_type": media_type,
        "byte_size": _size(item.get("size")),
        "checksum": _checksum(item.get("hash")),
        "license": term_iri("licences", item.get("license_url") or item.get("license_id")) or licence,
        "issued": iso_date(item.get("created"), zone="Z"),
        "modified": iso_date(item.get("last_modified"), zone="Z"),
        "raw": _raw(item, url),
    }
    return {key: value for key, value in made.items() if value not in (None, "", [], {})}


def _raw(item: Mapping[str, Any], url: str) -> dict[str, Any]:
    """Keep an address that was mended or cannot be linked, and keys of the portal's own."""
    kept = {key: value for key, value in left_over(item, _READ).items() if value not in (None, "", [], {})}
    mended = isinstance(item.get("url"), str) and item["url"].strip() not in ("", url)
    return {"url": item["url"], **kept} if mended else kept


def service(item: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    """Return a resource that is an API as a data service document."""
    url = web_address(item.get("url"))
    code, _ = format_of(item.get("format"))
    if not url or not (is_service(code) or item.get("resource_type") == "api"):
        return None
    title = language_map(item.get("name"), language)
    return {"endpoint_url": url, "title": title} if title else {"endpoint_url": url}


def resource(d: Mapping[str, Any], position: int, package: str, dataset: str, context: WriteContext) -> dict[str, Any]:
    """Return a distribution document as a resource with every key that clients expect."""
    licence = vocabulary("licences").find(d.get("license"))
    name = pick(d.get("title", {}), context.language).words
    checksum = d.get("checksum") or {}
    link = d.get("download_url") or d.get("access_url") or context.resource_url(dataset, d["id"])
    return {
        "id": d["id"], "package_id": package, "name": name, "url": link, "url_type": None,
        "description": pick(d.get("description", {}), context.language).words, "format": d.get("format", ""),
        "mimetype": d.get("media_type") or None, "mimetype_inner": None, "size": d.get("byte_size"),
        "hash": checksum.get("value", ""), "created": d.get("issued") or _NO_DATE, "last_modified": d.get("modified"),
        "metadata_modified": d.get("modified") or _NO_DATE, "position": position, "state": "active",
        "resource_type": "file" if d.get("download_url") else None, "cache_url": None, "cache_last_updated": None,
        "datastore_active": False, "license_id": licence.code if licence else None,
        "name_translated": d.get("title", {}), "description_translated": d.get("description", {}),
    }  # fmt: skip


def uploaded(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return a resource whose bytes are held by the catalogue itself."""
    return {**resource, "url_type": "upload", "resource_type": "file.upload"}


def _is_file(item: Mapping[str, Any], url: str, code: str) -> bool:
    kind = str(item.get("resource_type") or "")
    if kind.startswith("file") or item.get("url_type") == "upload":
        return True
    return kind != "api" and not is_service(code) and bool(format_of(extension(url))[1])


def _size(value: Any) -> int | None:
    words = plain(value).split(" ")[0] if isinstance(value, str) else value
    try:
        size = int(float(words))
    except (TypeError, ValueError, OverflowError):
        return None
    return size if size > 0 else None


def _checksum(value: Any) -> dict[str, str] | None:
    digits = str(value or "").rpartition(":")[2].casefold()
    if len(digits) in _LENGTHS and all(c in "0123456789abcdef" for c in digits):
        return {"algorithm": _LENGTHS[len(digits)], "value": digits}
    return None
