"""All sheets of a workbook: also those beside the table, and what is hidden from readers of the screen."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars

from catalog.tables.guards import check_workbook
from catalog.tables.limits import LIMITS
from catalog.tables.personal.search import Search
from catalog.tables.personal.texts import search_lines
from catalog.tables.rows import cell_text

_HIDDEN_COLUMN = re.compile(rb'<col [^>]*hidden="(?:1|true)"')
_BLOCK = 20_000


def search_workbook(path: Path) -> Iterator[dict[str, Any]]:
    """Yield findings of all sheets; hidden sheets and columns that hold anything are told, for review."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    if zipfile.is_zipfile(path):
        check_workbook(path)
    book = CalamineWorkbook.from_path(str(path))
    yield from search_lines(book.sheet_names, "names of sheets")
    for number, facts in enumerate(book.sheets_metadata, 1):
        sheet = book.get_sheet_by_index(number - 1)
        if sheet.height * sheet.width > LIMITS.cells:
            raise ValueError("more cells than can be read")
        if not sheet.height:
            continue
        if facts.visible != SheetVisibleEnum.Visible:
            yield _hidden(f"sheet {number}", "hidden-sheet", sheet.height)
        yield from _sheet([[cell_text(value) for value in row] for row in sheet.to_python(skip_empty_area=True)], number)
    if columns := _hidden_columns(path):
        yield _hidden("hidden columns", "hidden-columns", columns)


def _sheet(rows: list[list[str]], number: int) -> list[dict[str, Any]]:
    """Look through the columns of a sheet; its first row with the most texts names them."""
    head = max(range(min(20, len(rows))), key=lambda at: sum(bool(text) for text in rows[at]))
    labels = rows[head]
    search = Search([{"name": f"sheet {number}: {label}", "type": "string"} for label in labels], labels)
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK] if start else [*rows[:head], *rows[head + 1 : _BLOCK]]
        search.look(polars.DataFrame(_columns(block, len(labels))))
    return search.found()


def _columns(rows: Sequence[Sequence[str]], width: int) -> dict[str, polars.Series]:
    cells = [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]
    return {str(at): polars.Series(texts, dtype=polars.String) for at, texts in enumerate(cells)}


def _hidden(place: str, kind: str, hits: int) -> dict[str, Any]:
    return {"column": place, "kind": kind, "level": "review", "hits": hits, "candidates": hits, "rows": []}


def _hidden_columns(path: Path) -> int:
    """Return how many definitions of columns of an XLSX hide what they define."""
    if not zipfile.is_zipfile(path):
        return 0
    with zipfile.ZipFile(path) as archive:
        sheets = [one for one in archive.namelist() if one.startswith("xl/worksheets/") and one.endswith(".xml")]
        return sum(len(_HIDDEN_COLUMN.findall(archive.open(one).read(1 << 20))) for one in sheets)
