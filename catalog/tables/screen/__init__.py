"""Validation whose verdict is Frictionless' own: a screen finds the rows that may be wrong, Frictionless judges these."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from frictionless import Dialect, Schema, system
from frictionless.formats import CsvControl
from frictionless.resources import TableResource

from catalog.tables.copying import Copy
from catalog.tables.limits import LIMIT_ERRORS, LIMITS
from catalog.tables.screen.blocks import HandOver
from catalog.tables.screen.fallback import reason_by_schema, reason_by_size
from catalog.tables.screen.replay import ScreenedTable
from catalog.tables.screen.suspects import Watch


@dataclass(frozen=True, slots=True)
class Pace:
    """How the screen reads: tables of fewer lines than `fewest` are not screened; `piece` are the bytes that are read at once,
    up to four times as many where more columns make longer rows, or `cell` bytes a column, since each piece costs something for
    every column."""

    fewest: int = 1_000
    piece: int = 2**21
    cell: int = 128

    def read(self, columns: int) -> int:
        """Return how many bytes of a table are read at once."""
        return max(self.piece, min(4 * self.piece, columns * self.piece // 4), self.cell * columns)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Frictionless' report, and how it came about: `{"path": "screen" | "frictionless", "why", "rows_total", "errors_listed",
    "errors_total", "by": {column: {code: count}}}`; totals are None where a limit stopped Frictionless.

    `watched`: the watch saw every block.
    """

    report: dict[str, Any]
    facts: dict[str, Any]
    watched: bool = False


def validated(
    copy: Copy, schema: dict[str, Any], limit_errors: int = LIMIT_ERRORS, pace: Pace = Pace(), watch: Watch = lambda *seen: None
) -> Verdict:
    """Return Frictionless' own report on our copy, with dialect and schema fixed by us; row numbers are those of the file.

    `watch` sees what the screen reads, which may be nothing or end early.
    """
    why = reason_by_size(copy.path, pace.fewest) or reason_by_schema(Schema.from_descriptor(schema), copy.delimiter, copy.header)
    with system.use_context(trusted=False):
        if not why:
            try:
                return _screened(copy, schema, limit_errors, pace, watch)
            except HandOver as reason:
                why = str(reason)
        report = TableResource(**_options(copy, schema)).validate(limit_errors=limit_errors).to_descriptor()
    return Verdict(report, {"path": "frictionless", "why": why, **_told(report)})


def _screened(copy: Copy, schema: dict[str, Any], limit_errors: int, pace: Pace, watch: Watch) -> Verdict:
    table = ScreenedTable(**_options(copy, schema)).screened(
        delimiter=copy.delimiter, header=copy.header + 1, offset=_offset(copy), most=LIMITS.record,
        piece=pace.read(len(copy.labels)), watch=watch,
    )  # fmt: skip
    report: dict[str, Any] = table.validate(limit_errors=limit_errors).to_descriptor()
    facts: dict[str, Any] = {"path": "screen", "why": "", **_told(report)}
    if table.screen and facts["errors_total"] is None:
        try:
            table.read_on()
        except HandOver as reason:
            return Verdict(report, facts | {"why": str(reason)})
        counts = table.screen.errors
        facts |= {"rows_total": table.screen.rows, "errors_total": counts.total(), "by": _by(counts)}
    return Verdict(report, facts, watched=table.screen is not None and table.screen.ended)


def _options(copy: Copy, schema: dict[str, Any]) -> dict[str, Any]:
    control = CsvControl(delimiter=copy.delimiter, skip_initial_space=False)
    return {
        "name": "table", "path": copy.path.name, "basepath": str(copy.path.parent), "format": "csv", "encoding": "utf-8",
        "dialect": Dialect(header_rows=[copy.header + 1], controls=[control]), "schema": Schema.from_descriptor(schema),
    }  # fmt: skip


def _offset(copy: Copy) -> int:
    """Return the byte where the first record below the header begins."""
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        with copy.path.open(encoding="utf-8", newline="") as file:
            for line in file:
                read += len(line.encode())
                yield line.removeprefix("\ufeff")

    records = csv.reader(lines(), delimiter=copy.delimiter)
    for _ in range(copy.header + 1):
        next(records, None)
    return read


def _told(report: dict[str, Any]) -> dict[str, Any]:
    """Return the totals that the report itself gives: all of them, unless a limit of errors stopped Frictionless."""
    task = report["tasks"][0]
    counts = Counter((error.get("fieldName", ""), error["type"]) for error in task["errors"])
    told = {"rows_total": None, "errors_listed": counts.total(), "errors_total": None, "by": None}
    if any("error limit" in warning for warning in task["warnings"]):
        return told
    return told | {"rows_total": task["stats"].get("rows"), "errors_total": counts.total(), "by": _by(counts)}


def _by(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    by: dict[str, dict[str, int]] = {}
    for (name, code), count in sorted(counts.items()):
        by.setdefault(name, {})[code] = count
    return by
