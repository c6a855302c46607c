"""`qoima dataset takedown`: bytes, a version or a whole dataset leave every surface; tells how often they were fetched."""

import click
from rich.table import Table

from catalog.access import SYSTEM
from web.cli.session import out, print_json, session


@click.command()
@click.argument("name")
@click.option("--file", "distribution", default="", help="Id of one file; its bytes go from all versions.")
@click.option("--version", type=click.IntRange(0), default=0, help="Number of one version; all its bytes go.")
@click.option("--reason", required=True, help="Why; the tombstone of a dataset shows it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def takedown(name: str, distribution: str, version: int, reason: str, as_json: bool) -> None:
    """Take a dataset, a file or a version down from every surface, at once."""
    if distribution and version:
        raise click.UsageError("Name a file or a version, not both.")
    with session() as catalog:
        done = catalog.takedowns.take_down(SYSTEM, name, reason, distribution=distribution, version=version)
    if as_json:
        print_json({"dataset": name, "hashes": done.hashes, "downloads": done.downloads})
        return
    out.print(f"Taken down: {name}. Downloads before:" if done.downloads else f"Taken down: {name}. Nobody had fetched it.")
    table = Table("day", "file", "SHA-256", "downloads")
    for one in done.downloads:
        table.add_row(one.day, one.filename, one.sha256[:12], str(one.count))
    if done.downloads:
        out.print(table)
