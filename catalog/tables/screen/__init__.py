"""Validation whose verdict is Frictionless' own."""

from typing import Any

from frictionless import Dialect, Schema, system
from frictionless.formats import CsvControl
from frictionless.resources import TableResource

from catalog.tables.copying import Copy
from catalog.tables.limits import LIMIT_ERRORS


def validated(copy: Copy, schema: dict[str, Any], limit_errors: int = LIMIT_ERRORS) -> dict[str, Any]:
    """Return Frictionless' own report on our copy, with dialect and schema fixed by us; row numbers are those of the file."""
    dialect = Dialect(header_rows=[copy.header + 1], controls=[CsvControl(delimiter=copy.delimiter)])
    with system.use_context(trusted=False):
        resource = TableResource(
            name="table", path=copy.path.name, basepath=str(copy.path.parent), format="csv", encoding="utf-8", dialect=dialect,
            schema=Schema.from_descriptor(schema),
        )  # fmt: skip
        report: dict[str, Any] = resource.validate(limit_errors=limit_errors).to_descriptor()
    return report
