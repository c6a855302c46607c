"""What Croissant 1.1 requires of a document beyond what mlcroissant checks, so that a document that validates also loads.

mlcroissant takes documents without name, licence, creator or files, hashes that cannot match, fields that read nothing, and
merges things of one id; all of that is a Problem here.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from schemas.problems import Problem
from schemas.profiles.croissant.context import CROISSANT
from schemas.profiles.croissant.files import PARQUET
from schemas.profiles.croissant.rai import MANY, ONE

REQUIRED = ("name", "description", "license", "url", "creator", "datePublished", "distribution")
ATOMIC = frozenset({
    *(f"sc:{name}" for name in ("Boolean", "Date", "DateTime", "Time", "Float", "Integer", "Text", "URL")),
    *(f"sc:{name}" for name in ("ImageObject", "AudioObject", "VideoObject")), "cr:BoundingBox",
    *(f"cr:{kind}{size}" for kind in ("Int", "UInt") for size in (8, 16, 32, 64)), "cr:Float16", "cr:Float32", "cr:Float64",
})  # fmt: skip
"""Types of values that mlcroissant can cast to."""
_READABLE = frozenset({PARQUET, "text/csv", "text/tsv", "application/json", "application/jsonlines"})
_WEB = re.compile(r"https?://\S+")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\S+)?)?)?")
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[!-~]+")
_MISSING = {
    "license": "The licence is missing; Croissant requires one, so state it for the dataset or its files.",
    "creator": "Nobody is named as creator or publisher; Croissant requires one.",
    "datePublished": "The date of publication is missing; state when the dataset was issued.",
    "distribution": "No file of this dataset is held here, so there is nothing to load.",
}


def problems(document: dict[str, Any]) -> list[Problem]:
    """Return everything that is wrong with a document; paths are JSON Pointers into it."""
    return [*_head(document), *_ids(document), *_files(document), *_record_sets(document)]


def _head(document: dict[str, Any]) -> Iterator[Problem]:
    for name in REQUIRED:
        if document.get(name) in (None, "", [], {}):
            yield Problem("missing", f"/{name}", _MISSING.get(name, f"The property {name} is missing; Croissant requires it."))
    context = document.get("@context")
    if not isinstance(context, dict) or context.get("@vocab") != "https://schema.org/" or "@language" not in context:
        yield Problem("context", "/@context", "The context must name a language, and https://schema.org/ as vocabulary.")
    if document.get("@type") != "sc:Dataset":
        yield Problem("type", "/@type", "The type of the document must be sc:Dataset.")
    if CROISSANT not in _list(document.get("conformsTo")):
        yield Problem("version", "/conformsTo", f"The document must say that it conforms to {CROISSANT}.")
    for name, form in (("url", _WEB), ("datePublished", _DATE), ("dateModified", _DATE), ("version", _VERSION)):
        if name in document and not form.fullmatch(str(document[name])):
            yield Problem("form", f"/{name}", f"The value of {name} does not have the form that Croissant asks for.")
    for name in document:
        if name.startswith("rai:") and name[4:] not in ONE | MANY:
            yield Problem("rai", f"/{name}", f"Croissant RAI 1.0 has no property {name[4:]}.")


def _ids(document: dict[str, Any]) -> Iterator[Problem]:
    counted = Counter(_all_ids(document))
    for place, times in counted.items():
        if times > 1:
            yield Problem("repeated-id", "", f"The id {place} stands for {times} things; mlcroissant would merge them.")
        if not _ID.fullmatch(place):
            yield Problem("id", "", f"The id {place!r} must be of ASCII characters without blanks.")


def _all_ids(document: dict[str, Any]) -> Iterator[str]:
    for node in (*_list(document.get("distribution")), *_list(document.get("recordSet"))):
        yield str(node.get("@id") or "")
        for field in (*_list(node.get("field")), *_list(node.get("annotation"))):
            yield str(field.get("@id") or "")
            yield from (str(one.get("@id") or "") for one in _list(field.get("annotation")))


def _files(document: dict[str, Any]) -> Iterator[Problem]:
    for number, file in enumerate(_list(document.get("distribution"))):
        path = f"/distribution/{number}"
        if not file.get("name") or not file.get("encodingFormat"):
            yield Problem("file", path, "A file must have a name and an encodingFormat.")
        if not _WEB.fullmatch(str(file.get("contentUrl", ""))):
            yield Problem("file-address", f"{path}/contentUrl", "A file must have a web address.")
        if not ("sha256" not in file and document.get("isLiveDataset")) and not _SHA256.fullmatch(str(file.get("sha256"))):
            yield Problem("file-hash", f"{path}/sha256", "A file must have its SHA-256 as 64 lower-case hexadecimal digits.")
        if "md5" in file:
            yield Problem("file-hash", f"{path}/md5", "Leave the MD5 away: mlcroissant would check it in place of the SHA-256.")


def _record_sets(document: dict[str, Any]) -> Iterator[Problem]:
    formats = {file.get("@id"): file.get("encodingFormat") for file in _list(document.get("distribution"))}
    known = {field.get("@id") for one in _list(document.get("recordSet")) for field in _list(one.get("field"))}
    for number, record_set in enumerate(_list(document.get("recordSet"))):
        path, inline = f"/recordSet/{number}", "data" in record_set
        fields = _list(record_set.get("field"))
        if not fields or not record_set.get("name"):
            yield Problem("record-set", path, "A RecordSet must have a name and at least one field.")
        own = {field.get("@id") for field in fields}
        if not {one.get("@id") for one in _list(record_set.get("key"))} <= own:
            yield Problem("key", f"{path}/key", "The key of a RecordSet must be of its own fields.")
        if any(set(row) != own for row in _list(record_set.get("data"))):
            yield Problem("data", f"{path}/data", "Rows inside the document must have exactly the ids of the fields as keys.")
        read_from = {_source(field) for field in fields if "source" in field}
        if len(read_from) > 1:
            yield Problem("files", path, "The fields of one RecordSet must be read from one file.")
        for place, field in enumerate(fields):
            yield from _field(field, f"{path}/field/{place}", inline, formats, known)


def _field(field: dict[str, Any], path: str, inline: bool, formats: dict[Any, Any], known: set[Any]) -> Iterator[Problem]:
    if not ATOMIC & set(_list(field.get("dataType"))):
        yield Problem("data-type", f"{path}/dataType", "A field must have a data type that mlcroissant can read.")
    if (("source" in field) + ("value" in field) + inline) != 1:
        yield Problem("source", path, "A field must have either a source or a value; without them every record holds nothing.")
    if "source" in field:
        if formats.get(_source(field)) not in _READABLE:
            yield Problem("source-file", f"{path}/source", "A field must be read from a file of this document that can be read.")
        if not (field["source"].get("extract") or {}).get("column"):
            yield Problem("source-column", f"{path}/source", "A field must name the column that it is read from.")
    target = (field.get("references") or {}).get("field")
    if "references" in field and (not isinstance(target, dict) or target.get("@id") not in known):
        yield Problem("reference", f"{path}/references", "A field may refer only to a field of this document.")


def _source(field: dict[str, Any]) -> Any:
    return (field["source"].get("fileObject") or {}).get("@id")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
