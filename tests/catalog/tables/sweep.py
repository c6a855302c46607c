"""Every recorded table put through the parser: `python -m tests.catalog.tables.sweep` shows what comes of each.

Valid files are only counted, unless `--all` is given; the others are shown with what is said of them.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from catalog.tables.sandbox import Sandbox
from catalog.tables.validate import TableResult
from tests.catalog.tables.bombs import MB, outcome
from tests.catalog.tables.tables import validate
from tests.payloads import payload

FOLDERS = ("i_tabular", "j_conformance/frictionless-py", "j_conformance/csvlint", "j_conformance/encodings")


def main() -> int:
    """Print the table and the counts; 1 where the parser crashed."""
    table, counts = Table(title="Recorded tables in the parser"), Counter[str]()
    for heading in ("file", "outcome", "read as", "rows", "s", "MB", "what is said"):
        table.add_column(heading, overflow="fold")
    with Sandbox() as sandbox:
        for path, result in _results(sandbox):
            found = outcome(result)
            counts[found] += 1
            if found != "valid" or "--all" in sys.argv:
                usage = (f"{sandbox.usage.seconds:.1f}", f"{sandbox.usage.peak / MB:.0f}")
                table.add_row(path, found, *_facts(result), *usage, _said(result))
    console = Console(width=200)
    console.print(table, markup=False)
    console.print(", ".join(f"{count} {found}" for found, count in counts.most_common()))
    return 1 if counts["crashed"] else 0


def _results(sandbox: Sandbox) -> Iterator[tuple[str, TableResult]]:
    for name in FOLDERS:
        folder = payload(name)
        for path in sorted(file for file in folder.rglob("*") if _is_table(file.relative_to(folder)) and file.is_file()):
            yield f"{name}/{path.relative_to(folder)}"[-70:], validate(path, sandbox)


def _is_table(path: Path) -> bool:
    return not {"parameters", "clean"} & set(path.parts)  # answers to a survey, and its files once more


def _facts(result: TableResult) -> tuple[str, str]:
    if result.table is None:
        return "", ""
    dialect = result.table["dialect"]
    header = dialect.get("headerRows", ["–"])[0]
    return f"{result.table['type']} {result.table['encoding']} {dialect['delimiter']!r} {header}", f"{result.table['rows']:,}"


def _said(result: TableResult) -> str:
    errors = Counter(error["type"] for task in (result.report or {}).get("tasks", ()) for error in task["errors"])
    said = [problem.message for problem in result.problems] + list((result.table or {}).get("notes", ()))
    return " | ".join([", ".join(f"{count} {code}" for code, count in errors.most_common()), *said]).strip(" |")


if __name__ == "__main__":
    sys.exit(main())
