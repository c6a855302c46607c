"""How a text file is cut into cells, and where its header stands: the delimiter whose rows agree best wins."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

DELIMITERS = ",;\t|"
_DATA = re.compile(r"[+-]?(\d+[.,]\d+|\d{1,3}|\d{5,})|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*")
"""Cells that name no column: numbers (years may) and dates."""


@dataclass(frozen=True, slots=True)
class Found:
    """A delimiter and the index of the header row (0 is the first row); `certain` tells of the delimiter."""

    delimiter: str
    header: int
    certain: bool


def detect_dialect(text: str) -> Found:
    """Return the dialect of the beginning of a file (some 200 kB of whole lines)."""
    scored = sorted(((*_score(rows := _rows(text, sign)), sign, rows) for sign in DELIMITERS), key=lambda item: -item[0])
    (score, width, delimiter, rows), (second, *_) = scored[:2]
    if score == 0:
        return Found(",", _first_filled(_rows(text, ",")), False)
    return Found(delimiter, header_row(rows, width), score / width**0.3 >= 0.5 and second < score * 0.9)


def delimited(text: str, delimiter: str) -> int:
    """Return the index of the header row where the delimiter is known."""
    rows = _rows(text, delimiter)
    return header_row(rows, modal_width(rows))


def header_row(rows: Sequence[Sequence[str]], width: int) -> int:
    """Return the first row of full width of which at least two cells and 60 % are filled."""
    need = max(min(2, width), width * 0.6)
    for index, row in enumerate(rows):
        if len(row) >= width and sum(bool(cell.strip()) for cell in row) >= need:
            return index
    return _first_filled(rows)


def looks_like_data(labels: Sequence[str]) -> bool:
    """Tell whether a row that was taken for the header is likely one of the data."""
    filled = [label.strip() for label in labels if label.strip()]
    return bool(filled) and sum(bool(_DATA.fullmatch(label)) for label in filled) * 2 >= len(filled)


def modal_width(rows: Sequence[Sequence[str]]) -> int:
    """Return the number of cells that most rows have."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    return widths.most_common(1)[0][0] if widths else 0


def _score(rows: list[list[str]]) -> tuple[float, int]:
    width = modal_width(rows)
    if width <= 1:
        return 0.0, width
    agree = sum(len(row) == width for row in rows) / len(rows)
    return agree * width**0.3, width


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:
        return []


def _first_filled(rows: Sequence[Sequence[str]]) -> int:
    return next((index for index, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
