"""Turns our small tables into files as agencies publish them: the same bytes at every start, in several formats and encodings."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

EPOCH = (2026, 11, 2, 6, 0, 0)
"""The time written into archives, which would otherwise change at each start."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of texts; a row may be too short or too long where the fault is deliberate."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self, texts: Collection[str] = ()) -> list[dict[str, Any]]:
        """Return the rows as objects with typed values, except in the columns `texts`; extra cells are left out."""
        pairs = (zip(self.columns, row, strict=False) for row in self.rows)
        return [{name: cell if name in texts else typed(cell) for name, cell in pair} for pair in pairs]


@lru_cache
def read_table(portal: str, name: str) -> Table:
    """Return one of our tables (`data/<portal>/<name>.csv`, UTF-8)."""
    text = (files("web.demo") / "data" / portal / f"{name}.csv").read_text("utf-8")
    header, *rows = csv.reader(io.StringIO(text))
    return Table(tuple(header), tuple(map(tuple, rows)))


def typed(cell: str) -> Any:
    """Return a cell as JSON would say it: a number, a text, or null when empty; codes such as `06186` stay texts."""
    if re.fullmatch(r"-?(0|[1-9]\d*)", cell):
        return int(cell)
    if re.fullmatch(r"-?(0|[1-9]\d*)\.\d+", cell):
        return float(cell)
    return cell or None


def delimited(table: Table, *, delimiter: str = ",", end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Return the table as delimited text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows((table.columns, *table.rows))
    return out.getvalue()


def _csv(table: Table, file: dict[str, Any]) -> bytes:
    """Text lines of `above` come before the header; `encoding` is the true one, whatever the metadata declare."""
    above = "".join(f"{line}\r\n" for line in file.get("above", ()))
    return (above + delimited(table)).encode(file.get("encoding", "utf-8"))


def _decimal_comma(table: Table, file: dict[str, Any]) -> bytes:
    rows = tuple(tuple(re.sub(r"^(-?\d+)\.(\d+)$", r"\1,\2", cell) for cell in row) for row in table.rows)
    return delimited(Table(table.columns, rows), delimiter=";").encode(file.get("encoding", "cp1251"))


def _tsv(table: Table, _: dict[str, Any]) -> bytes:
    return delimited(table, delimiter="\t", end="\n").encode()


def _json(table: Table, _: dict[str, Any]) -> bytes:
    return json.dumps(table.records(), ensure_ascii=False, indent=1).encode()


def _geojson(table: Table, _: dict[str, Any]) -> bytes:
    features = [feature(record) for record in table.records()]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1).encode()


def feature(record: dict[str, Any]) -> dict[str, Any]:
    """Return a GeoJSON point from a record with `longitude` and `latitude`."""
    properties = {key: value for key, value in record.items() if key not in ("longitude", "latitude")}
    point = {"type": "Point", "coordinates": [record["longitude"], record["latitude"]]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def _zip(table: Table, file: dict[str, Any]) -> bytes:
    return archive({file["name"].removesuffix(".zip") + ".csv": delimited(table).encode()})


def archive(members: dict[str, bytes]) -> bytes:
    """Return a zip of the members in their order, with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, body in members.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, body)
    return out.getvalue()


def _xlsx(table: Table, file: dict[str, Any]) -> bytes:
    from openpyxl import Workbook  # only this form needs it

    book, out = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = file.get("sheet", "Data")
    for row in (table.columns, *(map(typed, cells) for cells in table.rows)):
        sheet.append(list(row))
    book.save(out)
    return _without_clock(out)


def _without_clock(book: io.BytesIO) -> bytes:
    """Pack a workbook again with fixed times: the library writes the current one into it."""
    with zipfile.ZipFile(book) as package:
        members = {entry.filename: package.read(entry) for entry in package.infolist()}
    stamp = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*EPOCH).encode()
    core = members["docProps/core.xml"]
    members["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, core)
    return archive(members)


@dataclass(frozen=True, slots=True)
class Form:
    """How a table is written, and the media type that an honest portal declares for it."""

    write: Callable[[Table, dict[str, Any]], bytes]
    media_type: str


FORMS = {
    "csv": Form(_csv, "text/csv; charset=utf-8"),
    "csv-decimal-comma": Form(_decimal_comma, "text/csv; charset=windows-1251"),
    "tsv": Form(_tsv, "text/tab-separated-values; charset=utf-8"),
    "json": Form(_json, "application/json"),
    "geojson": Form(_geojson, "application/geo+json"),
    "xlsx": Form(_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": Form(_zip, "application/zip"),
}
