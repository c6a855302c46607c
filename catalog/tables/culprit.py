"""Which cell makes Frictionless raise: sNaN against a bound, or a time without zone against one with."""

from itertools import islice
from typing import Any

from frictionless import Schema

from catalog.tables.copying import Copy
from catalog.tables.guards import NotATable


def blame(copy: Copy, schema: dict[str, Any], error: Exception) -> NotATable:
    """Return what to raise in place of `error`: the first cell that cannot be compared with the constraints of its field."""
    readers = [(field.name, field.create_cell_reader()) for field in Schema.from_descriptor(schema).fields]
    for number, row in islice(enumerate(copy.records(), copy.header + 1), 1, None):
        for (name, reader), cell in zip(readers, row, strict=False):
            try:
                reader(cell)
            except (ArithmeticError, TypeError):
                words = f"Row {number:,}, column {name!r}: {cell[:40]!r} cannot be compared with the constraints of the schema"
                return NotATable(f"{words}; correct it.", "value-error")
    return NotATable(f"A value cannot be read ({type(error).__name__}); check the constraints of the schema.", "value-error")
