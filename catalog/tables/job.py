"""The job of a parser child: find the table in one file, copy it to UTF-8, let Frictionless validate it. JSON in, JSON out."""

import csv
import gzip
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from frictionless import Dialect, Schema, system
from frictionless.formats import CsvControl
from frictionless.resources import TableResource

from catalog.tables import rows as readers
from catalog.tables.dialect import detect_dialect, modal_width
from catalog.tables.dialect import header_row as find_header
from catalog.tables.encoding import detect_encoding
from catalog.tables.findings import findings, schema_fault
from catalog.tables.guards import NotATable
from catalog.tables.infer import infer_schema
from catalog.tables.kinds import TABLES, detect_kind
from catalog.tables.limits import LIMIT_ERRORS, LIMITS, SAMPLE_ROWS
from schemas.problems import Problem

csv.field_size_limit(LIMITS.record)
_READERS = {
    "xlsx": readers.sheet_rows, "xls": readers.sheet_rows, "ods": readers.sheet_rows, "json": readers.json_rows,
    "jsonl": readers.lines_rows, "geojson": readers.geojson_rows, "parquet": readers.parquet_rows,
}  # fmt: skip
_DESCRIPTIONS = frozenset({"datapackage.json", "package.json", "schema.json", "metadata.json"})
_NOT_TABLES = {
    "html": ("web-page", "This is a web page, not a table; the link leads to a page about the data."),
    "encrypted": ("password", "This workbook is protected by a password; publish it without."),
}


def run_job(job: dict[str, Any]) -> dict[str, Any]:
    """Validate the file at `path`; `folder` takes copies. Returns `{"report", "table", "valid", "problem"}`."""
    try:
        return _validate(Path(job["path"]), Path(job["folder"]), job)
    except NotATable as error:
        return _refused("not-a-table", str(error))
    except MemoryError:
        raise  # the parent tells that apart
    except Exception as error:  # the one border of a job: whatever a library throws is about this file
        return _refused("unreadable", f"This file cannot be read as a table ({type(error).__name__}: {str(error)[:300]}).")


def _validate(path: Path, folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    notes: list[str] = []
    kind, path = _unpacked(path, folder, job, notes)
    if kind not in TABLES:
        return _refused(*_NOT_TABLES.get(kind, ("no-table", f"Files of kind {kind.upper()} hold no table that can be checked.")))
    copy, encoding, delimiter = folder / "table.csv", "utf-8", ","
    if kind in ("csv", "tsv"):
        encoding = job.get("encoding") or detect_encoding(path, job.get("likely") or ("cp1252",))
        header, delimiter = _copy_text(path, copy, encoding, job.get("delimiter"), notes)
    else:
        header = _copy_rows(_READERS[kind](path), copy)
    labels = _labels(copy, header, delimiter)
    schema = job.get("schema") or _inferred(copy, header, delimiter)
    if wrong := schema_fault(schema):
        return _refused("schema-error", wrong)
    report = _frictionless(copy, folder, header, delimiter, schema)
    notes += findings(copy, report, schema, labels, delimiter)
    facts = _facts(copy, header, delimiter)
    dialect = {"delimiter": delimiter, "headerRows": [header + 1]}
    table = {"type": kind, "encoding": encoding, "dialect": dialect, "schema": schema}
    return {"report": report, "valid": report["valid"], "problem": None, "table": {**table, **facts, "notes": notes}}


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


def _records(copy: Path, header: int, delimiter: str) -> Iterator[list[str]]:
    """Yield header and rows; records above the header are left out."""
    with copy.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter=delimiter)):
            if number >= header:
                yield row


def _inferred(copy: Path, header: int, delimiter: str) -> dict[str, Any]:
    records = _records(copy, header, delimiter)
    return infer_schema(next(records, []), records)


def _labels(copy: Path, header: int, delimiter: str) -> list[str]:
    labels = next(_records(copy, header, delimiter), [])
    if len(labels) > LIMITS.columns:
        raise NotATable(f"This table has {len(labels):,} columns; at most {LIMITS.columns:,} are read.")
    return labels


def _facts(copy: Path, header: int, delimiter: str) -> dict[str, Any]:
    records = _records(copy, header, delimiter)
    labels = next(records, [])
    sample: list[list[str]] = []
    count = 0
    for row in records:
        if any(row):
            count += 1
            if len(sample) < SAMPLE_ROWS:
                sample.append([cell[:300] for cell in row])
    return {"rows": count, "columns": len(labels), "labels": labels, "sample": sample}


def _frictionless(copy: Path, folder: Path, header: int, delimiter: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return Frictionless' own report on our copy, with dialect and schema fixed by us; row numbers are those of the file."""
    dialect = Dialect(header_rows=[header + 1], controls=[CsvControl(delimiter=delimiter)])
    with system.use_context(trusted=False):
        resource = TableResource(
            name="table", path=copy.name, basepath=str(folder), format="csv", encoding="utf-8", dialect=dialect,
            schema=Schema.from_descriptor(schema),
        )  # fmt: skip
        report: dict[str, Any] = resource.validate(limit_errors=LIMIT_ERRORS).to_descriptor()
    return report


def _refused(code: str, message: str) -> dict[str, Any]:
    return {"report": None, "valid": None, "table": None, "problem": {"code": code, "path": "", "message": message}}


