"""Rows of a CSV or XLSX file with their numbers, bounded in bytes, rows, columns and letters."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from catalog.errors import Invalid, TooLarge
from schemas.problems import Problem

BYTES, UNPACKED = 10 * 2**20, 200 * 2**20
ROWS, COLUMNS = 1_000, 200
Row = tuple[int, dict[str, str]]
"""The number of a row as a spreadsheet shows it, and its texts by column."""


def rows(content: bytes, filename: str) -> Iterator[Row]:
    """Yield the rows below the header that hold something; raises Invalid, TooLarge."""
    if len(content) > BYTES:
        raise TooLarge(f"A spreadsheet of metadata has at most {BYTES // 2**20} MB; split it.")
    lines = _workbook(content) if content.startswith(b"PK") else _text(content, filename)
    header: list[str] = []
    for number, cells in enumerate(lines, 1):
        told = [" ".join(str(cell).split()) if isinstance(cell, str) and not header else _words(cell) for cell in cells[:COLUMNS]]
        if not header:
            header = [name.casefold() for name in told]
            continue
        if any(told):
            if number > ROWS + 1:
                raise TooLarge(f"A spreadsheet of metadata has at most {ROWS:,} rows; split it.")
            yield number, {name: words for name, words in zip(header, told, strict=False) if name and words}


def _text(content: bytes, filename: str) -> Iterator[list[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(f"{filename} is not UTF-8; save it as “CSV UTF-8”, or as XLSX.") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise _unreadable(f"{filename} cannot be read as CSV: {error}.") from None


def _workbook(content: bytes) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(member.file_size for member in packed.infolist()) > UNPACKED:
                raise TooLarge("This workbook unpacks to too much; save only the sheet of metadata.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet: Iterable[Any] = book.worksheets[0].iter_rows(values_only=True)
        yield from (list(cells) for cells in sheet)
    except (Invalid, TooLarge):
        raise
    except Exception as error:  # the border of a workbook: whatever it holds, its sender is told
        raise _unreadable(f"The workbook cannot be read ({type(error).__name__}); save it anew as XLSX or CSV.") from None


def _words(cell: Any) -> str:
    if cell is None:
        return ""
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())[:10]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _unreadable(words: str) -> Invalid:
    return Invalid(words, [Problem("unreadable", "", words)])
