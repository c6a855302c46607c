"""Rows of texts out of spreadsheets, JSON, GeoJSON and Parquet; everything becomes the table that Frictionless reads."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from catalog.tables.guards import NotATable, check_depth, check_workbook
from catalog.tables.limits import LIMITS

Rows = Iterator[list[str]]


def sheet_rows(path: Path, wanted: str, notes: list[str]) -> Rows:
    """Yield the rows of a sheet, or of the first that holds any (XLSX, XLS, ODS); dates in ISO 8601."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        if zipfile.is_zipfile(path):
            check_workbook(path)
        book = CalamineWorkbook.from_path(str(path))
        if wanted and wanted not in book.sheet_names:
            raise NotATable(f"This workbook has no sheet {wanted!r}; it has {', '.join(book.sheet_names[:20])}.")
        filled = [sheet for name in ([wanted] if wanted else book.sheet_names) if (sheet := book.get_sheet_by_name(name)).height]
        if not filled:
            raise NotATable("This workbook is empty; publish it again with its rows.", "empty-file")
        if len(filled) > 1:
            others = ", ".join(sheet.name for sheet in filled[1:20])
            notes.append(f"The table is the sheet {filled[0].name!r}; there are also {others} (choose by --sheet).")
        if filled[0].height * filled[0].width > LIMITS.cells:
            raise NotATable("This sheet claims more cells than can be read; remove empty rows and columns.")
        return ([cell_text(value) for value in row] for row in filled[0].to_python(skip_empty_area=True))
    except CalamineError as error:
        if _locked(path):
            raise NotATable("This workbook is protected by a password; publish it without.", "password") from None
        raise NotATable(f"This workbook cannot be opened ({error}); save it again in its program.", "broken-file") from None


def _locked(path: Path) -> bool:
    """Tell whether an OLE file holds an encrypted workbook ([MS-OFFCRYPTO]) or a BIFF one that says so."""
    content = path.read_bytes()
    return "EncryptedPackage".encode("utf-16-le") in content or content[:4096].find(b"\x2f\x00\x36\x00") > 0


def json_rows(path: Path) -> Rows:
    """Yield header and rows of a list of objects, wherever in the document the longest one stands."""
    return _objects(_longest(_document(path)))


def lines_rows(path: Path) -> Rows:
    """Yield header and rows of JSON Lines."""
    with path.open("rb") as file:
        return _objects([_parsed(line) for line in file if line.strip()])


def geojson_rows(path: Path) -> Rows:
    """Yield header and rows of the properties of features; points add `longitude` and `latitude`."""
    features = _document(path).get("features") or []
    return _objects([{**(feature.get("properties") or {}), **_point(feature.get("geometry"))} for feature in features])


def parquet_rows(path: Path) -> Rows:
    """Yield header and rows of a Parquet file, by row group."""
    from pyarrow import parquet

    file = parquet.ParquetFile(path)
    facts = file.metadata
    if facts.num_columns > LIMITS.columns or facts.num_rows * facts.num_columns > LIMITS.cells:
        raise NotATable("This Parquet file has more cells than can be read here; split it.")
    yield list(file.schema_arrow.names)
    for batch in file.iter_batches(10_000):
        for row in batch.to_pylist():
            yield [cell_text(value) for value in row.values()]


def _document(path: Path) -> Any:
    return _parsed(path.read_bytes())


def _parsed(document: bytes) -> Any:
    check_depth(document)
    try:
        return json.loads(document)
    except ValueError as error:
        raise NotATable(f"This is not JSON ({error}); correct that place and publish it again.") from None


def _objects(records: Iterable[Any]) -> Rows:
    listed = list(records)
    objects = [record for record in listed if isinstance(record, dict)]
    if not objects and listed and all(isinstance(record, list) for record in listed):
        return iter([[cell_text(value) for value in record] for record in listed])
    if not objects:
        raise NotATable("This document holds no list of records; publish a list of objects, one for every row.", "no-table")
    labels = list(dict.fromkeys(key for record in objects for key in record))
    if len(labels) > LIMITS.columns:
        raise NotATable("The records have more properties than can be columns.")
    return iter([labels, *([cell_text(record.get(label)) for label in labels] for record in objects)])


def _longest(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return []
    return max((_longest(value) for value in document.values() if isinstance(value, list | dict)), key=len, default=[])


def _point(geometry: Any) -> dict[str, Any]:
    if isinstance(geometry, dict) and geometry.get("type") == "Point" and len(geometry.get("coordinates") or ()) >= 2:
        return {"longitude": geometry["coordinates"][0], "latitude": geometry["coordinates"][1]}
    return {}


def cell_text(value: Any) -> str:
    """Return a value of a cell as text; whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

