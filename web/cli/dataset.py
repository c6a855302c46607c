"""`qoima dataset`: show, export and validate."""

import sys
from pathlib import Path

import click

from catalog.access import SYSTEM
from catalog.errors import CatalogError
from schemas.forms import dump_dataset
from schemas.profiles import profiles
from schemas.profiles.base import WriteContext
from web.cli.session import out, print_json, session


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
@click.option("--as", "extension", default="ttl", show_default=True, help="ttl, rdf, jsonld, datapackage.json, ckan.json …")
def export(name: str, extension: str) -> None:
    """Print a dataset in a standard's form."""
    formats = {form.extension: profile for profile in profiles().values() for form in profile.formats}
    if extension not in formats:
        raise CatalogError(f"There is no form {extension!r}; there are " + ", ".join(sorted(formats)) + ".")
    with session() as catalog:
        url = catalog.settings.public_url.rstrip("/")
        found = catalog.reading.export(SYSTEM, name, url)
        context = WriteContext(base_url=url, site_title=catalog.settings.site_title)
        sys.stdout.buffer.write(formats[extension].write(found, context, extension))


@dataset.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--schema", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A Table Schema in JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print Frictionless's own report.")
def validate(file: Path, schema: Path | None, as_json: bool) -> None:
    """Validate a local table; exit code 1 when it is invalid."""
    from catalog.tables.validate import validate_file

    result = validate_file(file, schema)
    if as_json:
        print_json(result.report or {"valid": False, "errors": [p.message for p in result.problems]})
    else:
        table = result.table or {}
        size = f"{table.get('rows', '?')} rows, {table.get('columns', '?')} columns"
        out.print(f"{file.name}: {'valid' if result.valid else 'invalid'}; {size}.")
        for problem in result.problems[:20]:
            out.print(f"  {problem.message}", markup=False, soft_wrap=True)
        for error in ((result.report or {}).get("tasks") or [{}])[0].get("errors", [])[:20]:
            out.print(f"  {error['message']}", markup=False, soft_wrap=True)
    if not result.valid:
        raise click.exceptions.Exit(1)
