"""Signs of trouble in the text of a table: NUL, lone carriage returns, formulas, huge cells, footnotes and totals."""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_PIECE, _TAIL, _HUGE = 1 << 20, 1 << 16, 1 << 20
_FORMULA = r'[\n\r{}]"?((?:=[A-Za-z(@+\-]|[@+\-][A-Za-z.]+\()[^\n\r"]{{0,40}})'
_WORDS = re.compile(r"[^\W\d_]{3}")
_TOTAL = re.compile(
    r"(grand |sub-?)?totals?\b|sum\b|summe\b|gesamt|insgesamt|i alt\b|итог|всего\b|барлығы|жиыны|합계|총계|소계|계$",
    re.IGNORECASE,
)


def oddities(copy: Path, delimiter: str) -> tuple[int, list[str]]:
    """Return how many quotes the copy holds, and notes about signs that readers should know of."""
    formula = re.compile(_FORMULA.format(re.escape(delimiter)).encode())
    quotes = nul = lone = line = longest = 0
    example, before = b"", b""
    with copy.open("rb") as file:
        while piece := file.read(_PIECE):
            quotes, nul = quotes + piece.count(b'"'), nul + piece.count(b"\0")
            if b"\r" in piece or before.endswith(b"\r"):
                lone += piece.count(b"\r") - (before[-1:] + piece).count(b"\r\n")
            line += len(piece) if (first := piece.find(b"\n")) < 0 else first
            longest = max(longest, line)
            line = line if first < 0 else len(piece) - piece.rfind(b"\n")
            text = before + piece
            if not example and (b"=" in text or b"(" in text) and (found := formula.search(text)):  # quick to rule out
                example = found[1]
            before = piece[-64:]
    return quotes, list(_notes(copy, delimiter, nul, lone, example.decode(errors="replace"), longest))


def _notes(copy: Path, delimiter: str, nul: int, lone: int, formula: str, longest: int) -> Iterator[str]:
    if nul:
        yield f"The file holds {nul:,} NUL characters; take them out."
    if lone > 0:
        yield "Lines end by lone carriage returns, which many programs do not read; save the file with usual line ends."
    if formula:
        yield f"Some cells are formulas for a spreadsheet program, such as {formula[:40]!r}; publish their values."
    if longest > _HUGE:
        yield from _huge(copy, delimiter)


def _huge(copy: Path, delimiter: str) -> Iterator[str]:
    with copy.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter=delimiter), 1):
            size = max(map(len, row), default=0)
            if size > _HUGE:
                yield f"A cell of row {number:,} holds {size / 1e6:.1f} million characters; most programs cut it off."
                return


def endings(copy: Path, delimiter: str, width: int) -> Iterator[str]:
    """Yield notes about the last rows: footnotes fill one cell where rows fill many, totals are named so."""
    rows = _last_rows(copy, delimiter)
    notes = 0
    while rows and width > 1 and notes < 30 and _filled(rows[-1]) == 1 and rows[-1][0].strip():
        notes += 1
        footnote = rows.pop()[0].strip()
    if notes and len(rows) > 1 and min(_filled(row) for row in rows[-3:]) > 1 and _WORDS.search(footnote):
        last = "last row looks like a footnote" if notes == 1 else f"last {notes} rows look like footnotes"
        yield f"The {last}, beginning with {footnote[:60]!r}; move such text to the description."
    if rows and (named := next((cell.strip() for cell in rows[-1][:3] if _TOTAL.match(cell.strip())), "")):
        yield f"The last row looks like a total ({named[:60]!r}); it counts twice in sums, so leave it out."


def _last_rows(copy: Path, delimiter: str) -> list[list[str]]:
    with copy.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        text = file.read().decode(errors="ignore")
    lines = text.splitlines(keepends=True)[0 if size <= _TAIL else 1 :]
    return [row for row in csv.reader(lines, delimiter=delimiter) if _filled(row)]


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)
