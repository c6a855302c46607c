"""`qoima dataset`: publish, import, show, export and validate; versions and what changed between them."""

import sys

import click

from catalog.access import SYSTEM
from catalog.errors import CatalogError
from schemas.forms import dump_dataset
from schemas.profiles.base import WriteContext
from web.cli.publish import publish
from web.cli.session import print_json, session
from web.cli.sheet import import_sheet
from web.cli.tables import dialect, validate
from web.cli.takedown import takedown
from web.cli.versions import diff, versions
from web.negotiation import forms


@click.group()
def dataset() -> None:
    """Datasets of the catalogue, and tables to validate."""


@dataset.command()
@click.argument("name")
def show(name: str) -> None:
    """Print a dataset as JSON."""
    with session() as catalog:
        print_json(dump_dataset(catalog.reading.entry(SYSTEM, name).dataset))


@dataset.command()
@click.argument("name")
@click.option("--as", "extension", default="ttl", show_default=True, help="ttl, jsonld, croissant.jsonld, datapackage.json …")
def export(name: str, extension: str) -> None:
    """Print a dataset in a standard's form."""
    known = {form.suffix[1:]: form for form in forms()}
    if extension not in known:
        raise CatalogError(f"There is no form {extension!r}; there are " + ", ".join(sorted(known)) + ".")
    with session() as catalog:
        url = catalog.settings.public_url.rstrip("/")
        entry = catalog.reading.entry(SYSTEM, name)
        found = catalog.reading.exported(entry, SYSTEM, url)
        held = catalog.versions.held(SYSTEM, entry, url, statistics=True)
        context = WriteContext(base_url=url, site_title=catalog.settings.site_title, published=held)
        sys.stdout.buffer.write(known[extension].profile.write(found, context, known[extension].format.extension))


dataset.add_command(publish)
dataset.add_command(import_sheet)
dataset.add_command(validate)
dataset.add_command(dialect)
dataset.add_command(versions)
dataset.add_command(diff)
dataset.add_command(takedown)
