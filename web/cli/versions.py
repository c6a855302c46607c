"""`qoima dataset versions` and `qoima dataset diff`: the versions of a dataset's files, and what differs between two."""

from dataclasses import asdict

import click
from rich.markup import escape
from rich.table import Table

from catalog.access import SYSTEM
from catalog.versions.difference import FileDifference, RowExample
from web.cli.session import out, print_json, session

SHOWN = 10
"""Rows of each kind that are printed for people; `--json` gives all that are known."""


@click.command()
@click.argument("name")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many, newest first.")
@click.option("--json", "as_json", is_flag=True, help="Print them whole, for machines.")
def versions(name: str, limit: int, as_json: bool) -> None:
    """List the versions of a dataset's files, newest first."""
    with session() as catalog:
        found = catalog.versions.of(SYSTEM, name, limit=limit)
    if as_json:
        print_json([asdict(version) for version in found])
        return
    table = Table("Number", "Version", "Made", "Files", "Bytes", "What changed")
    for version in found:
        size = sum(file.byte_size for file in version.files)
        numbers = str(version.number), version.version, version.at, str(len(version.files)), f"{size:,}"
        table.add_row(*numbers, escape(version.because))
    out.print(table if found else "There is no version yet; one is made when the files were fetched and checked.")


@click.command()
@click.argument("name")
@click.argument("before", type=click.IntRange(1))
@click.argument("after", type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help="Print all that is known, for machines.")
def diff(name: str, before: int, after: int, as_json: bool) -> None:
    """Tell what differs between two versions of a dataset, by their numbers."""
    with session() as catalog:
        found = catalog.versions.difference(SYSTEM, name, before, after)
    if as_json:
        print_json(asdict(found))
        return
    out.print(f"{found.level.upper()}: {found.because}", markup=False, soft_wrap=True)
    for file in found.files:
        _print_rows(file)


def _print_rows(file: FileDifference) -> None:
    if file.rows is None:
        return
    kinds = (("~", file.rows.examples_changed), ("-", file.rows.examples_removed), ("+", file.rows.examples_added))
    for sign, examples in kinds:
        for row in examples[:SHOWN]:
            out.print(f"{sign} {file.filename} {_row(row)}", markup=False, soft_wrap=True)


def _row(row: RowExample) -> str:
    key = f"{', '.join(row.key)}: " if row.key else f"row {row.number}: "
    both = any(cell.before is not None and cell.after is not None for cell in row.cells)
    if both and row.key:
        return key + ", ".join(f"{cell.column} {cell.before} → {cell.after}" for cell in row.cells)
    return key + ", ".join(f"{cell.column} {cell.before if cell.after is None else cell.after}" for cell in row.cells)
