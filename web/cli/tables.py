"""`qoima dataset validate` and `qoima dataset dialect`: is a table right, and is it read right."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.table import Table
from rich.text import Text

from catalog.access import SYSTEM
from catalog.records import FileRecord
from catalog.tables.validate import validate_file
from schemas.problems import Problem
from web.cli.session import err, out, print_json, session

Command = TypeVar("Command", bound=Callable[..., Any])
Result = TypeVar("Result")
_BIG = 5 * 2**20
"""Bytes from which on waiting is shown."""
_SHOWN = 20


def correcting(command: Command) -> Command:
    """Add the options that say how a table is to be read."""
    options = (
        click.option("--encoding", metavar="NAME", help="Encoding of a text, such as cp1251."),
        click.option("--delimiter", metavar="SIGN", help="Sign between cells; `tab` for a tab."),
        click.option("--header", type=click.IntRange(0, 10_000), help="Row of the header, counted from 1; 0: there is none."),
        click.option("--member", metavar="NAME", help="File of an archive."),
        click.option("--sheet", metavar="NAME", help="Sheet of a workbook."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def correction_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the options correct; raises UsageError for what cannot be."""
    given = {key: value for key, value in options.items() if value is not None}
    if given.get("delimiter") in ("tab", "\\t"):
        given["delimiter"] = "\t"
    if len(given.get("delimiter", ",")) != 1 or given.get("delimiter") in ('"', "\n", "\r"):
        raise click.UsageError("A delimiter is one character, such as ; or `tab`.")
    try:
        "".encode(given.get("encoding", "utf-8"))
    except (LookupError, UnicodeError):
        raise click.UsageError(f"There is no encoding {given['encoding']!r}; name one such as utf-8, cp1251 or cp949.") from None
    return given


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--schema", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A Table Schema in JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print Frictionless's own report.")
@correcting
def validate(file: Path, schema: Path | None, as_json: bool, **corrections: Any) -> None:
    """Validate a local table; exit code 1 when it is invalid or cannot be read."""
    correction = correction_of(corrections)
    result = _waiting(lambda: validate_file(file, schema, correction), f"Reading {file.name}", file.stat().st_size)
    if as_json:
        print_json(result.report or {"valid": False, "tasks": [], "errors": [_told(problem) for problem in result.problems]})
    else:
        _show(file.name, result.valid, result.table, result.report, result.problems)
    if not result.valid:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("name")
@click.argument("distribution")
@correcting
@click.option("--clear", is_flag=True, help="Take the corrections back.")
@click.option("--because", default="The table was read wrongly", show_default=True, help="Reason, for the history.")
def dialect(name: str, distribution: str, clear: bool, because: str, **corrections: Any) -> None:
    """Correct how a stored table is read, and read it again at once.

    A correction outlasts harvests. Without options, tells what holds now.
    """
    given = correction_of(corrections)
    if clear and given:
        raise click.UsageError("Give either --clear or what to correct.")
    with session() as catalog:
        files = catalog.reading.entry(SYSTEM, name)
        present = next((d.correction for d in files.dataset.distribution if d.id == distribution), {})
        if given or clear:
            catalog.publishing.correct(SYSTEM, name, distribution, {} if clear else {**present, **given}, because)
        size = getattr(files.file(distribution), "byte_size", 0) or 0
        done: FileRecord = _waiting(lambda: catalog.validation.check_one(name, distribution), f"Reading {distribution}", size)
        catalog.indexing.drain()
        now = {} if clear else {**present, **given}
    if now:
        _line("Corrected: " + ", ".join(f"{key} {value!r}" for key, value in now.items()) + ".")
    _show(done.filename or distribution, done.valid, done.table, done.report, [done.problem] if done.problem else [])
    if not done.valid:
        raise click.exceptions.Exit(1)


def _show(
    name: str, valid: bool | None, table: Mapping[str, Any] | None, report: Mapping[str, Any] | None, problems: Sequence[Problem]
) -> None:
    verdict = {True: "valid", False: "invalid", None: "cannot be read"}[valid]
    facts = f"; {table['rows']:,} rows, {table['columns']:,} columns" if table else ""
    _line(f"{name}: {verdict}{facts}.")
    for problem in problems[:_SHOWN]:
        _line(f"  {problem.message}")
    if not table:
        return
    form = {**table["dialect"], "encoding": table["encoding"]}
    _line(f"  Read as {table['type'].upper()}: " + ", ".join(f"{key} {value!r}" for key, value in form.items()))
    for note in table.get("notes", ()):
        _line(f"  Note: {note}")
    out.print(_first_rows(table))
    errors = [error for task in (report or {}).get("tasks", ()) for error in task["errors"]]
    for error in errors[:_SHOWN]:
        _line(f"  {error['message']}")
    if len(errors) > _SHOWN:
        _line(f"  … and {len(errors) - _SHOWN:,} more errors (--json lists them).")


def _first_rows(table: Mapping[str, Any], rows: int = 5, columns: int = 8) -> Table:
    shown = Table(show_edge=False, pad_edge=False)
    for label in table["labels"][:columns]:
        shown.add_column(Text(_safe(label)[:40]), overflow="ellipsis", no_wrap=True)
    for row in table["sample"][:rows]:
        shown.add_row(*(Text(_safe(cell)[:40]) for cell in row[:columns]))
    return shown


def _safe(words: object) -> str:
    """Return words of a file without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in str(words))


def _line(words: object) -> None:
    out.print(_safe(words), markup=False, soft_wrap=True)


def _told(problem: Problem) -> dict[str, str]:
    return {"type": problem.code, "message": problem.message}


def _waiting(work: Callable[[], Result], words: str, byte_size: int) -> Result:
    """Do some work; show that it goes on where the file is big."""
    if byte_size < _BIG:
        return work()
    with err.status(f"{words} ({byte_size / 1e6:,.0f} MB) …"):
        return work()
