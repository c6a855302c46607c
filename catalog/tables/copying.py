"""The one form in which every table is read: a UTF-8 CSV copy, with what was found on the way to it."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from catalog.tables import rows as readers
from catalog.tables.dialect import delimited, detect_dialect, looks_like_data, modal_width
from catalog.tables.dialect import header_row as find_header
from catalog.tables.encoding import choose_encoding
from catalog.tables.guards import NotATable, check_quotes
from catalog.tables.kinds import TABLES
from catalog.tables.limits import LIMITS
from catalog.tables.unpacking import unpacked
from schemas.problems import Problem

_JSON = {"json": readers.json_rows, "jsonl": readers.lines_rows, "geojson": readers.geojson_rows}
_NOT_TABLES = {
    "html": ("web-page", "This is a web page, not a table; the link leads to a page about the data."),
    "xml": ("no-table", "This is XML, which holds no table that can be checked; publish a table beside it, such as CSV."),
}
_TOO_MANY_NAMELESS = 1_000_000
_HEAD, _PIECE = 200_000, 1 << 20
"""Characters by which a dialect is told, and what is copied at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A table as UTF-8 CSV at `path`. `kind` and `encoding` are the original's; `header` counts the records above the header.

    Where the original has no header (`headless`), the first record of the copy names the columns field1, field2, ….
    """

    path: Path
    kind: str
    encoding: str
    delimiter: str
    header: int
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    headless: bool = False

    @property
    def dialect(self) -> dict[str, Any]:
        """Return the dialect as facts of the file keep it; `headerRows` count from 1."""
        return {"delimiter": self.delimiter, **({"header": False} if self.headless else {"headerRows": [self.header + 1]})}

    def records(self) -> Iterator[list[str]]:
        """Yield header and rows; records above the header are left out."""
        with self.path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter=self.delimiter)):
                if number >= self.header:
                    yield row


def copied(path: Path, folder: Path, job: dict[str, Any]) -> Copy | Problem:
    """Copy the table of the file at `path` into `folder`; a Problem where the file holds none. Raises NotATable."""
    notes: list[str] = []
    kind, path = unpacked(path, folder, job, notes)
    if kind not in TABLES:
        code, message = _NOT_TABLES.get(kind, ("no-table", f"Files of kind {kind.upper()} hold no table that can be checked."))
        return Problem(code, "", message)
    if kind in ("csv", "tsv"):
        found = _text(path, folder / "table.csv", kind, job, notes)
    elif kind in _JSON:
        encoding = choose_encoding(path, job.get("encoding") or "", "", job.get("likely") or ("cp1252",), notes)
        found = _listed(_JSON[kind](_utf8(path, folder / "text", encoding)), folder / "table.csv", kind, job)
        found = replace(found, encoding=encoding)
    else:
        sheets = kind != "parquet"
        rows = readers.sheet_rows(path, job.get("sheet") or "", notes) if sheets else readers.parquet_rows(path)
        found = _listed(rows, folder / "table.csv", kind, job)
    labels = _labels(found)
    return replace(found, labels=labels, notes=(*notes, *_doubts(found, labels, job)))


def _doubts(copy: Copy, labels: tuple[str, ...], job: dict[str, Any]) -> Iterator[str]:
    if copy.headless:
        yield "The table has no header; its columns are named field1, field2, …, and rows count from 2."
    elif copy.header:
        yield "1 row stands above the header." if copy.header == 1 else f"{copy.header} rows stand above the header."
    if job.get("header") is None and looks_like_data(labels):
        yield "The header is uncertain: it looks like a row of data. Name its row (--header), or 0 where there is none."
    if not copy.headless and any(not label.strip() for label in labels):
        yield "Some columns have no name in the header; give every column one."


def _labels(copy: Copy) -> tuple[str, ...]:
    labels = next(copy.records(), [])
    if len(labels) > LIMITS.columns:
        raise NotATable(f"This table has {len(labels):,} columns; at most {LIMITS.columns:,} are read. Publish it in long form.")
    nameless = len(labels) - len({label for label in labels if label.strip()})
    if nameless * len(labels) > _TOO_MANY_NAMELESS:  # each is an error that lists all labels
        raise NotATable(f"{nameless:,} columns of this table have no name of their own; give every column one.")
    if not labels:
        raise NotATable("This table is empty; publish it again with its rows.", "empty-file")
    return tuple(labels)


def _text(path: Path, target: Path, kind: str, job: dict[str, Any], notes: list[str]) -> Copy:
    """Copy a text; its dialect is what a person said, else what the source states where it cuts the rows, else detected."""
    likely, stated = job.get("likely") or ("cp1252",), job.get("stated") or {}
    encoding = choose_encoding(path, job.get("encoding") or "", stated.get("encoding") or "", likely, notes)
    headless = job.get("header") == 0
    with path.open(encoding=encoding, errors="strict", newline="") as file, target.open("wb") as out:
        begins = file.read(_HEAD)
        head = begins.lstrip("\ufeff")
        delimiter, header = _dialect(head[: head.rfind("\n") + 1] or head, job, stated, notes)
        if headless:
            out.write(f"{delimiter.join(_named(head, delimiter))}\n".encode())
        if encoding == "utf-8":  # it was read once to be sure of that
            rest = _from(path, len(begins.encode()))
        else:
            rest = (text.encode() for text in iter(lambda: file.read(_PIECE), ""))
        quotes = _pour(chain([head.encode()], rest), out)
    if quotes % 2:
        check_quotes(target, delimiter)
    return Copy(path=target, kind=kind, encoding=encoding, delimiter=delimiter, header=header, headless=headless)


def _dialect(head: str, job: dict[str, Any], stated: dict[str, Any], notes: list[str]) -> tuple[str, int]:
    found = detect_dialect(head)
    said = stated.get("delimiter") if str(stated.get("delimiter") or "\n") in head else None
    delimiter = job.get("delimiter") or said or found.delimiter
    if not (job.get("delimiter") or said or found.certain):
        notes.append(f"The delimiter is uncertain; {delimiter!r} was taken. If columns look wrong, name it (--delimiter).")
    if job.get("header") is not None:
        return delimiter, max(0, job["header"] - 1)
    return delimiter, found.header if delimiter == found.delimiter else delimited(head, delimiter)


def _named(head: str, delimiter: str) -> list[str]:
    width = modal_width(list(csv.reader(head.splitlines(keepends=True)[:1000], delimiter=delimiter)))
    return [f"field{number}" for number in range(1, max(1, width) + 1)]


def _from(path: Path, offset: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(offset)
        while piece := file.read(_PIECE):
            yield piece


def _pour(pieces: Iterable[bytes], out: BinaryIO) -> int:
    """Write pieces of a text as long as lines are no longer than a record may be; returns how many quotes they hold."""
    line = quotes = 0
    for piece in pieces:
        end = b"\n" if b"\n" in piece else b"\r"
        line += piece.find(end) if end in piece else len(piece)
        if line > LIMITS.record:
            raise NotATable("A line of this file is longer than 16 MB; it is no table. End every row by a line end.")
        line = len(piece) - piece.rfind(end) if end in piece else line
        quotes += piece.count(b'"')
        out.write(piece)
    return quotes


def _utf8(path: Path, target: Path, encoding: str) -> Path:
    if encoding == "utf-8":
        return path
    with path.open(encoding=encoding, newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        while piece := file.read(1 << 20):
            out.write(piece)
    return target


def _listed(rows: Iterable[list[str]], target: Path, kind: str, job: dict[str, Any]) -> Copy:
    head: list[list[str]] = []
    headless = job.get("header") == 0
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in rows:
            if headless and not head:
                writer.writerow([f"field{number}" for number in range(1, len(row) + 1)])
            if len(head) < 200:
                head.append(row)
            writer.writerow(row)
    if not head:
        raise NotATable("This table is empty; publish it again with its rows.", "empty-file")
    header = find_header(head, modal_width(head)) if job.get("header") is None else max(0, job["header"] - 1)
    return Copy(path=target, kind=kind, encoding="utf-8", delimiter=",", header=header, headless=headless)
