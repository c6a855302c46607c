"""`qoima dataset croissant`: try out again whether the tables of a dataset load with mlcroissant."""

import click

from web.cli.session import out, print_json, session


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True)
def croissant(name: str, as_json: bool) -> None:
    """Try out the Croissant document of the dataset NAME; exit code 1 when it does not load."""
    with session() as catalog:
        result = catalog.croissants.check(name).croissant or {}
        address = f"{catalog.settings.public_url.rstrip('/')}/dataset/{name}/croissant.jsonld"
    if as_json:
        print_json(result)
    elif result.get("valid"):
        out.print(f"{name}: mlcroissant reads it, at {address}.", markup=False, soft_wrap=True)
        for record_set, records in result.get("loaded", {}).items():
            out.print(f"  {record_set}: {records} record loaded", markup=False)
    else:
        out.print(f"{name}: there is no Croissant document.", markup=False)
        for problem in result.get("problems", []):
            out.print(f"  {problem}", markup=False, soft_wrap=True)
    if not result.get("valid"):
        raise click.exceptions.Exit(1)
