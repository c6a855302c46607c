"""Builders of tables for tests, and a sandbox that is quick to lose patience."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalog.tables.limits import Limits
from catalog.tables.sandbox import Sandbox
from catalog.tables.validate import TableResult, validate_in

QUICK = Limits(cpu_seconds=4, wall_seconds=10)


def validate(path: Path, sandbox: Sandbox, **options: Any) -> TableResult:
    """Validate a file as the service would."""
    return validate_in(sandbox, path, {"filename": path.name, **options})


def codes(result: TableResult) -> list[tuple[str, int | None]]:
    """Return the errors of a report as (code, row)."""
    return [(e["type"], e.get("rowNumber")) for task in (result.report or {}).get("tasks", ()) for e in task["errors"]]


def problem(result: TableResult) -> str:
    """Return the code of the Problem that a result ends in."""
    assert result.valid is None, (result.valid, codes(result))
    return result.problems[0].code


def types(result: TableResult) -> dict[str, str]:
    """Return the types found, by column."""
    assert result.table is not None, result.problems
    return {field["name"]: field["type"] for field in result.table["schema"]["fields"]}


def schema(**types: Any) -> dict[str, Any]:
    """Return a schema descriptor; a value is a type or a whole field."""
    fields = [{"name": name, **(kind if isinstance(kind, Mapping) else {"type": kind})} for name, kind in types.items()]
    return {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": fields}


def workbook(sheet: str, head: str = "") -> bytes:
    """Return an XLSX whose only sheet is the XML given."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}"><Relationship Id="r1" Type="{relations}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}"><Relationship Id="r1"'
        f' Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{main}">{sheet}</worksheet>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def cells(*places: tuple[str, float]) -> str:
    """Return sheet data of one row a cell."""
    rows = ((place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), place, value) for place, value in places)
    return "<sheetData>" + "".join(f'<row r="{r}"><c r="{p}"><v>{v}</v></c></row>' for r, p, v in rows) + "</sheetData>"
