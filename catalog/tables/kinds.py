"""What a file really is, by its first bytes; what it was said to be only decides between kinds of text."""

import re
import zipfile
import zlib
from pathlib import Path

from catalog.tables.limits import LIMITS
from schemas.problems import Problem

_MAGIC = (
    (b"PAR1", "parquet"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"), (b"\x1f\x8b", "gzip"), (b"%PDF", "pdf"),
    (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"RIFF", "webp"),
    (b"GRIB", "grib"), (b"CDF", "netcdf"), (b"\x89HDF", "netcdf"),
    (b"SQLite format 3", "sqlite"), (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf", "7z"), (b"Rar!", "rar"), (b"{\\rtf", "rtf"),
)  # fmt: skip
_LINES = re.compile(rb"\s*[{\[][^\n]*[}\]][ \t\r]*\n\s*[{\[]")
TABLES = frozenset({"csv", "tsv", "xlsx", "xls", "ods", "json", "jsonl", "geojson", "parquet"})


PACKED = frozenset({"gzip", "bzip2", "xz", "zip"})


def looks_like_page(path: Path) -> bool:
    """Tell whether a file is a web page; looks at its first bytes only."""
    with path.open("rb") as file:
        return _markup(file.read(4096)) == "html"


def detect_kind(path: Path, declared: str = "", filename: str = "") -> str | Problem:
    """Return the kind of a file (`csv`, `xlsx`, `html`, …) or the Problem that keeps it from being looked at."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        return Problem("empty-file", "", "This file is empty; ask the agency to publish it again.")
    if not head.strip(b"\0"):
        return Problem("broken-file", "", "This file begins with nothing but NUL bytes; ask the agency to publish it again.")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path)
    if head[257:262] == b"ustar":
        return "tar"
    return _text(head, declared.casefold(), Path(filename).suffix.lstrip(".").casefold())


def _zipped(path: Path) -> str | Problem:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            if len(members) > 10_000 or total > LIMITS.unpacked or total > max(10 * 2**20, path.stat().st_size * LIMITS.ratio):
                return Problem("bomb", "", "This archive unpacks to far more than it should and was not opened.")
            names = {member.filename for member in members}
            if "mimetype" in names:
                with archive.open("mimetype") as told:
                    if b"opendocument.spreadsheet" in told.read(100):
                        return "ods"
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, KeyError, OSError):
        return Problem("broken-file", "", "This archive is damaged; ask the agency to publish it again.")
    office = (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsx"), ("word/document.xml", "docx"))
    return next((kind for part, kind in office if part in names), "zip")


def _markup(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if not start.startswith(b"<"):
        return ""
    return "html" if any(mark in start for mark in (b"<!doctype html", b"<html", b"<table", b"<body")) else "xml"


def _text(head: bytes, declared: str, extension: str) -> str:
    head = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")  # UTF-16 of plain letters
    if markup := _markup(head):
        return markup
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        geo = b'"featurecollection"' in head.lower() or "geojson" in (declared, extension)
        return "geojson" if geo else "jsonl" if _LINES.match(head) or {"jsonl", "ndjson"} & {declared, extension} else "json"
    return "tsv" if "tsv" in (declared, extension) else "csv"
