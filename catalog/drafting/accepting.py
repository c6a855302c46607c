"""Which files are taken: of a format that we know, with the first bytes that the name promises; the reason where not."""

from pathlib import Path

from catalog.errors import Invalid
from catalog.tables.kinds import detect_kind
from schemas.problems import Problem
from schemas.vocabularies import vocabulary

_TEXTS = frozenset({"csv", "tsv"})
HOLDS = {
    "CSV": _TEXTS, "TSV": _TEXTS, "TXT": frozenset({*_TEXTS, "json", "jsonl", "xml"}),
    "JSON": frozenset({"json", "jsonl", "geojson"}), "JSONL": frozenset({"json", "jsonl", "geojson"}),
    "GEOJSON": frozenset({"json", "geojson"}), "XLSX": frozenset({"xlsx"}), "XLS": frozenset({"xls", "xlsx"}),
    "ODS": frozenset({"ods"}), "PARQUET": frozenset({"parquet"}), "XML": frozenset({"xml"}), "PDF": frozenset({"pdf"}),
    "DOCX": frozenset({"docx"}), "PNG": frozenset({"png"}), "JPEG": frozenset({"jpeg"}), "ZIP": frozenset({"zip"}),
    "GZIP": frozenset({"gzip"}), "GPKG": frozenset({"sqlite"}), "SVG": frozenset({"xml", "html"}),
}  # fmt: skip
"""What the first bytes may be for a format; formats that are not named here may be anything but a web page."""
TABLES = "CSV, XLSX, ODS, JSON, GeoJSON, Parquet"


def accept(path: Path, filename: str) -> None:
    """Raise Invalid where a file is not taken: of no format that we know, or with other bytes than its name says."""
    ending = filename.rpartition(".")[2] if "." in filename else ""
    term = vocabulary("media_types").find(ending) if ending else None
    if term is None or term.data.get("kind") == "service":
        _refuse("unknown-format", f"Files named .{ending} are not taken here; save the data as one of: {TABLES}.")
        return
    found = detect_kind(path, term.code, filename)
    if isinstance(found, Problem):
        _refuse(found.code, found.message)
    elif found not in HOLDS.get(term.code, frozenset({found} - ({"html"} if term.code != "HTML" else set()))):
        _refuse("wrong-format", f"This file is named .{ending}, but {_said(found)} is inside; save it again as {term.code}.")


def _said(kind: str) -> str:
    return {"html": "a web page", "xml": "an XML document", "csv": "plain text"}.get(kind, f"a file of the kind {kind.upper()}")


def _refuse(code: str, message: str) -> None:
    raise Invalid(message, [Problem(code, "/upload", message)])
