"""The scan of one file: its table by column, and every other text of it; what cannot be read is never called clean.

Returns `{"detector", "full", "unread", "findings"}`: `full` is whether all texts were seen, `unread` says what was not.
"""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from catalog.personal.levels import DETECTOR
from catalog.tables.copying import Copy
from catalog.tables.kinds import detect_kind
from catalog.tables.personal.search import Search, personal_data
from catalog.tables.personal.texts import search_file, search_lines
from catalog.tables.personal.workbooks import search_workbook
from catalog.tables.unpacking import poured_out

_TEXTS = frozenset({"csv", "tsv", "json", "jsonl", "geojson", "html", "xml", "rtf"})
_BOOKS = frozenset({"xlsx", "xls", "ods"})
_MEASURES = frozenset({"png", "jpeg", "gif", "webp", "grib", "netcdf"})
"""Kinds whose only texts are what describes them; people in pictures are not looked for."""
_GEOMETRY = frozenset({".shp", ".shx", ".sbn", ".sbx", ".tif", ".tiff", ".ttf"})
_PACKED, _MEMBERS, _DEEP = frozenset({"gzip", "bzip2", "xz"}), 10_000, 2
Findings = list[dict[str, Any]]


class Unread(Exception):
    """What could not be read, as the name of its kind."""


def scanned(
    path: Path, folder: Path, job: dict[str, Any], copy: Copy | None, search: Search | None, *, ragged: bool = False
) -> dict[str, Any]:
    """Scan a file; `copy` is its table where it has one, `search` what has looked through all rows of it already.

    `ragged` tells that rows have cells beyond the last column.
    """
    findings, unread = [], ""
    try:
        if copy is not None:
            fields = [{"name": label, "type": "string"} for label in copy.labels]
            findings = search.found() if search else personal_data(copy, fields)
            findings = _with(findings, _beside(copy, ragged=ragged))
        if copy is None or copy.kind not in ("csv", "tsv", "parquet", "jsonl") or _is_packed(path):
            findings = _with(findings, list(_file(path, folder, job.get("format", ""), job.get("filename", ""), 0)))
    except Unread as error:
        unread = str(error)
    except MemoryError:
        raise  # the parent tells that apart
    except Exception:  # the border of one file: whatever a library throws, it was not looked through
        unread = "damaged or locked"
    return {"detector": DETECTOR, "full": not unread, "unread": unread, "findings": findings}


def _with(known: Findings, more: Findings) -> Findings:
    """Add findings of kinds that were not found yet, so that the same values are not told twice."""
    kinds = {one["kind"] for one in known if one["level"] != "review"}
    return [*known, *(one for one in more if one["kind"] not in kinds)]


def _beside(copy: Copy, *, ragged: bool) -> Findings:
    """Look through what no column holds: records above the header, and cells beyond the last column."""
    if ragged:
        return search_file(copy.path, any_bytes=True) or []
    with copy.path.open(encoding="utf-8", newline="") as file:
        above = [line for line, _ in zip(file, range(copy.header), strict=False)]
    return search_lines(above, "above the header") if above else []


def _is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4).startswith((b"\x1f\x8b", b"BZh", b"\xfd7zX", b"PK\x03\x04"))


def _file(path: Path, folder: Path, declared: str, filename: str, depth: int) -> Iterator[dict[str, Any]]:
    kind = detect_kind(path, declared, filename)
    if not isinstance(kind, str):
        if kind.code != "empty-file":
            raise Unread(kind.code)
    elif kind in _BOOKS:
        yield from search_workbook(path)
    elif kind in _TEXTS | _MEASURES:
        found = search_file(path, markup=kind in ("html", "xml"), any_bytes=kind in _MEASURES)
        if found is None:
            raise Unread("binary")
        yield from found
    elif kind == "parquet":
        return
    elif kind in ("zip", "docx", *_PACKED) and depth < _DEEP:
        yield from _members(path, folder, kind, filename, depth)
    else:
        raise Unread(kind)


def _members(path: Path, folder: Path, kind: str, filename: str, depth: int) -> Iterator[dict[str, Any]]:
    target = folder / f"member-{depth}"
    if kind in _PACKED:
        yield from _file(poured_out(path, kind, target), folder, "", PurePosixPath(filename).stem, depth + 1)
        return
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        if len(members) > _MEMBERS:
            raise Unread("archive of too many files")
        names = search_lines([one.filename for one in members], "names of files")
        yield from names
        for member in members:
            if PurePosixPath(member.filename).suffix.lower() not in _GEOMETRY and member.file_size:
                yield from _member(archive, member, target, folder, depth, document=kind == "docx")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, folder: Path, depth: int, *, document: bool
) -> Sequence[dict[str, Any]]:  # fmt: skip
    poured_out(archive.open(member), "", target, member.compress_size)
    suffix = PurePosixPath(member.filename).suffix.lower()
    if document or suffix == ".dbf":
        return search_file(target, markup=suffix in (".xml", ".rels"), any_bytes=True, joined=document) or []
    return list(_file(target, folder, "", member.filename, depth + 1))
