"""`qoima audit-log`: verify and export the chain of what was done; erase a person from it."""

import json
from dataclasses import asdict
from typing import IO

import click

from catalog.access import SYSTEM
from catalog.audit import Head
from web.cli.session import err, out, session


@click.group("audit-log")
def audit_log() -> None:
    """Log of who did what, a hash chain."""


class _Head(click.ParamType[Head]):
    name = "number:hash"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        number, _, digest = value.partition(":")
        if not (number.isdigit() and len(digest) == 64):
            self.fail("It must be a number and 64 hexadecimal digits with a colon between, as `qoima audit-log head` prints it.")
        return Head(int(number), digest)


@audit_log.command()
@click.option("--head", "known", type=_Head(), help="A head kept elsewhere, as `qoima audit-log head` printed it.")
def verify(known: Head | None) -> None:
    """Check that no entry was altered or removed."""
    with session() as catalog:
        report = catalog.audit_log.verify(known)
    for problem in report.problems:
        err.print(problem, style="red", markup=False)
    if report.problems:
        raise click.exceptions.Exit(1)
    out.print(f"The chain of {report.entries} entries is whole; its head is {report.head.number}:{report.head.hash}")


@audit_log.command()
def head() -> None:
    """Print the head, to be kept elsewhere: it proves later that nothing was cut off."""
    with session() as catalog, catalog.store.read() as work:
        found = work.audit_log.head()
    click.echo(f"{found.number}:{found.hash}")


@audit_log.command()
@click.option("--out", "path", type=click.File("w", "utf-8", atomic=True), default="-", help="File to write; standard output.")
def export(path: IO[str]) -> None:
    """Write all entries as JSON lines."""
    with session() as catalog:
        for entry in catalog.audit_log.export(SYSTEM):
            path.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")


@audit_log.command()
@click.argument("person")
@click.option("--because", required=True, help="Why, such as the number of the person's demand.")
def erase(person: str, because: str) -> None:
    """Erase who and why from all that PERSON (as the log names them) did; the chain stays whole."""
    with session() as catalog:
        count = catalog.audit_log.erase(SYSTEM, person, because)
    out.print(f"Erased from {count} entries.")
