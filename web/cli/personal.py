"""`qoima personal`: files held back for personal data; one person asks to let one pass, a second decides."""

import getpass
from dataclasses import asdict
from typing import Any

import click
from rich.table import Table

from catalog.access import SYSTEM, Actor
from catalog.bootstrap import Catalog
from catalog.personal.clearing import Held
from web.cli.session import out, print_json, session


@click.group()
def personal() -> None:
    """Personal data found in files, and who lets them pass."""


@personal.command("list")
@click.option("--agency", default="", help="Name of an agency.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def listing(agency: str, as_json: bool) -> None:
    """List files that are held back, with what was found by column and count, never by value."""
    with session() as catalog:
        found = catalog.clearing.held(SYSTEM, agency)
    if as_json:
        print_json([_told(one) for one in found])
        return
    table = Table("dataset", "file", "found", "asked")
    for one in found:
        words = one.file.problem.message if one.file.problem else ""
        asked = f"{one.clearance.state} ({one.clearance.asked_by}: {one.clearance.because})" if one.clearance else ""
        table.add_row(one.file.dataset, one.file.distribution, words, asked)
    out.print(table if found else "No file is held back.")


def _told(one: Held) -> dict[str, Any]:
    scan, asked = one.file.scan or {}, one.clearance
    return {
        "dataset": one.file.dataset, "distribution": one.file.distribution, "sha256": one.sha256,
        "code": one.file.problem.code if one.file.problem else "", "full_scan": scan.get("full", False),
        "findings": scan.get("findings", []), "clearance": asdict(asked) if asked else None,
    }  # fmt: skip


_name = click.argument("name")
_file = click.argument("distribution")
_because = click.option("--because", required=True, help="The reason; it stands in the audit log.")
_person = click.option("--by", "person", default="", help="Who says so; the account of the system when left out.")


@personal.command()
@_name
@_file
@_because
@_person
def ask(name: str, distribution: str, because: str, person: str) -> None:
    """Ask to let the present bytes of a file pass."""
    with session() as catalog:
        asked = catalog.clearing.ask(_actor(person), name, distribution, because)
    out.print(f"Asked by {asked.asked_by}; another person decides: qoima personal approve {name} {distribution} --because …")


@personal.command()
@_name
@_file
@_because
@_person
def approve(name: str, distribution: str, because: str, person: str) -> None:
    """Let the bytes pass; you must be another person than the one who asked."""
    with session() as catalog:
        catalog.clearing.approve(_actor(person), name, distribution, because)
        _cut(catalog, name)
    out.print("Approved; the file is public with its dataset.")


@personal.command()
@_name
@_file
@_because
@_person
def refuse(name: str, distribution: str, because: str, person: str) -> None:
    """Keep the bytes back."""
    with session() as catalog:
        catalog.clearing.refuse(_actor(person), name, distribution, because)
    out.print("Refused; the file stays with its agency.")


@personal.command()
def rescan() -> None:
    """Look again through all files that an older detector, or none, has looked at; what is found is held back at once."""
    with session() as catalog:
        count = held = 0
        for file in catalog.clearing.outdated():
            done = catalog.validation.check_one(file.dataset, file.distribution)
            count, held = count + 1, held + (not done.public)
        catalog.indexing.drain()
    out.print(f"Scanned {count} files again; {held} of them are held back.")


def _cut(catalog: Catalog, name: str) -> None:
    catalog.versions.cut(name)
    catalog.croissants.check_waiting()


def _actor(person: str) -> Actor:
    return Actor(id=f"operator:{person or getpass.getuser()}", kind="system")
