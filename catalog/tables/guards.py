"""What is looked at before a parser may see a file: depth of JSON, quotes of a text, extent and declarations of a workbook."""

import csv
import re
import zipfile
from pathlib import Path
from typing import IO
from xml.parsers import expat

from catalog.tables.limits import LIMITS

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_ROUND = bytes.maketrans(b"{}", b"[]")


class NotATable(ValueError):
    """The file holds no table that may be read; the message says why, `code` is that of the Problem."""

    def __init__(self, message: str, code: str = "not-a-table") -> None:
        super().__init__(message)
        self.code = code


def check_depth(document: bytes) -> None:
    """Raise NotATable where JSON is nested deeper than the limit; in linear time, whatever the bytes."""
    brackets = _STRING.sub(b"", document).translate(_ROUND, delete=_NOT_BRACKETS)
    for _ in range(LIMITS.depth):
        brackets = brackets.replace(b"[]", b"")
    if b"[]" in brackets or brackets.count(b"[") > LIMITS.depth:
        raise NotATable(f"This document is nested more than {LIMITS.depth} deep and was not read; publish a flat list.")


def check_quotes(copy: Path, delimiter: str) -> None:
    """Raise NotATable where a quote that is never closed takes in more than a record may hold (the quotes are odd in number)."""
    line = 1
    with copy.open(encoding="utf-8", newline="") as text:
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for _ in reader:
                line = reader.line_num + 1
        except csv.Error:
            words = f"A quote opened in line {line:,} takes in more than 16 MB; close it, or double it in texts."
            raise NotATable(words) from None


def check_workbook(path: Path) -> None:
    """Raise NotATable where a part of an XLSX declares a document type, or a sheet spans more cells than the limit.

    Every part is read, since relationships may give a sheet any name.
    """
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if part.file_size and not part.filename.startswith("xl/media/"):
                extent = _Extent()
                with archive.open(part) as stream:
                    extent.read(stream, strict=part.filename.endswith((".xml", ".rels")))


class _Extent:
    """The bounding box of the cells of a sheet, as its cells say, not as its `dimension` claims."""

    def __init__(self) -> None:
        self.row, self.column = 0, 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._element
        self._sheet: bool | None = None

    def read(self, stream: IO[bytes], *, strict: bool) -> None:
        try:
            self._parser.ParseFile(stream)
        except expat.ExpatError as error:
            if strict:
                raise NotATable(f"A part of this workbook is damaged ({error}); save it again.") from None
        if self.row * (self.column or 1) > LIMITS.cells:
            raise NotATable(
                f"This sheet spans {self.row:,} rows and {self.column:,} columns; remove the stray cells far from the table."
            )

    def _refuse(self, *_: object) -> None:
        raise NotATable("This workbook declares XML entities, which no office program writes; save it again.")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self._sheet is None:
            self._sheet = local == "worksheet"
        if not self._sheet:
            return
        if local == "row":
            self.row = max(self.row, _number(attributes.get("r", "")) or self.row + 1)
        elif local == "c" and (place := attributes.get("r")):
            letters = place.rstrip("0123456789")
            self.row = max(self.row, _number(place[len(letters) :]))
            self.column = max(self.column, _column(letters))


def _number(digits: str) -> int:
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + ord(letter) - 64
    return number
