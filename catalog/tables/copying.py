"""The one form in which every table is read: a UTF-8 CSV copy, with what was found on the way to it."""

import csv
import gzip
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from catalog.tables import rows as readers
from catalog.tables.dialect import detect_dialect, modal_width
from catalog.tables.dialect import header_row as find_header
from catalog.tables.encoding import detect_encoding
from catalog.tables.guards import NotATable
from catalog.tables.kinds import TABLES, detect_kind
from catalog.tables.limits import LIMITS
from schemas.problems import Problem

_READERS = {
    "xlsx": readers.sheet_rows, "xls": readers.sheet_rows, "ods": readers.sheet_rows, "json": readers.json_rows,
    "jsonl": readers.lines_rows, "geojson": readers.geojson_rows, "parquet": readers.parquet_rows,
}  # fmt: skip
_DESCRIPTIONS = frozenset({"datapackage.json", "package.json", "schema.json", "metadata.json"})
_NOT_TABLES = {
    "html": ("web-page", "This is a web page, not a table; the link leads to a page about the data."),
    "encrypted": ("password", "This workbook is protected by a password; publish it without."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A table as UTF-8 CSV at `path`. `kind` and `encoding` are the original's; `header` counts the records above the header."""

    path: Path
    kind: str
    encoding: str
    delimiter: str
    header: int
    labels: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def dialect(self) -> dict[str, Any]:
        """Return the dialect as facts of the file keep it; `headerRows` count from 1."""
        return {"delimiter": self.delimiter, "headerRows": [self.header + 1]}

    def records(self) -> Iterator[list[str]]:
        """Yield header and rows; records above the header are left out."""
        with self.path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter=self.delimiter)):
                if number >= self.header:
                    yield row


def copied(path: Path, folder: Path, job: dict[str, Any]) -> Copy | Problem:
    """Copy the table of the file at `path` into `folder`; a Problem where the file holds none. Raises NotATable."""
    notes: list[str] = []
    kind, path = _unpacked(path, folder, job, notes)
    if kind not in TABLES:
        code, message = _NOT_TABLES.get(kind, ("no-table", f"Files of kind {kind.upper()} hold no table that can be checked."))
        return Problem(code, "", message)
    copy, encoding, delimiter = folder / "table.csv", "utf-8", ","
    if kind in ("csv", "tsv"):
        encoding = job.get("encoding") or detect_encoding(path, job.get("likely") or ("cp1252",))
        header, delimiter = _copy_text(path, copy, encoding, job.get("delimiter"), notes)
    else:
        header = _copy_rows(_READERS[kind](path), copy)
    found = Copy(path=copy, kind=kind, encoding=encoding, delimiter=delimiter, header=header, labels=())
    return replace(found, labels=_labels(found), notes=tuple(notes))


def _labels(copy: Copy) -> tuple[str, ...]:
    labels = next(copy.records(), [])
    if len(labels) > LIMITS.columns:
        raise NotATable(f"This table has {len(labels):,} columns; at most {LIMITS.columns:,} are read.")
    return tuple(labels)


def _unpacked(path: Path, folder: Path, job: dict[str, Any], notes: list[str]) -> tuple[str, Path]:
    kind = detect_kind(path, job.get("format", ""), job.get("filename", ""))
    if kind == "gzip":
        with gzip.open(path) as packed:
            path = _poured(packed, folder / "unpacked", path.stat().st_size)
        kind = detect_kind(path, job.get("format", ""), job.get("filename", "").removesuffix(".gz"))
    elif kind == "zip":
        with zipfile.ZipFile(path) as archive:
            members = _tables(archive)
            if len(members) != 1:
                raise NotATable(f"This archive holds {len(members)} tables; publish each as a file of its own.")
            notes.append(f"The table is {members[0].filename} in the archive.")
            with archive.open(members[0]) as packed:
                path = _poured(packed, folder / "unpacked", path.stat().st_size)
        kind = detect_kind(path, "", members[0].filename)
    if isinstance(kind, Problem):
        raise NotATable(kind.message)
    return kind, path


def _tables(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the members that look like tables; texts only where there is nothing better, descriptions never."""
    named = [(PurePosixPath(member.filename), member) for member in archive.infolist() if not member.is_dir()]
    real = [(path, member) for path, member in named if path.name not in _DESCRIPTIONS and path.parts[0] != "__MACOSX"]
    for suffixes in (TABLES, {"txt"}):
        if found := [member for path, member in real if path.suffix.lower().lstrip(".") in suffixes]:
            return found
    return []


def _poured(packed: Any, target: Path, packed_size: int) -> Path:
    total, most = 0, max(10 * 2**20, packed_size * LIMITS.ratio)
    with target.open("wb") as out:
        while piece := packed.read(1 << 20):
            total += len(piece)
            if total > min(most, LIMITS.unpacked):
                raise NotATable("This archive unpacks to far more than it should and was not read further.")
            out.write(piece)
    return target


def _copy_text(path: Path, copy: Path, encoding: str, delimiter: str | None, notes: list[str]) -> tuple[int, str]:
    """Write the UTF-8 copy; returns the index of the header row and the delimiter."""
    with path.open(encoding=encoding, errors="strict", newline="") as file, copy.open("w", encoding="utf-8", newline="") as out:
        head = file.read(200_000)
        found = detect_dialect(head[: head.rfind("\n") + 1] or head)
        out.write(head.lstrip("\ufeff"))
        line = 0
        while piece := file.read(1 << 20):
            end = "\n" if "\n" in piece else "\r"
            line += piece.find(end) if end in piece else len(piece)
            if line > LIMITS.record:
                raise NotATable("A line of this file is longer than 16 MB; it is no table.")
            line = len(piece) - piece.rfind(end) if end in piece else line
            out.write(piece)
    if found.header:
        notes.append(f"{found.header} rows stand above the header.")
    if found.certainty < 0.5:
        notes.append("The delimiter is uncertain.")
    return found.header, delimiter or found.delimiter


def _copy_rows(rows: Iterable[list[str]], copy: Path) -> int:
    head: list[list[str]] = []
    with copy.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in rows:
            if len(head) < 200:
                head.append(row)
            writer.writerow(row)
    if not head or len(head[0]) > LIMITS.columns:
        raise NotATable("This table is empty." if not head else "This table has too many columns.")
    return find_header(head, modal_width(head))
