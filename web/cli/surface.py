"""`qoima surface`: every way in, with what it lets out and which action decides."""

from dataclasses import asdict

import click
from rich.table import Table

from web.cli.session import out, print_json, session


@click.group()
def surface() -> None:
    """Ways in: routes and commands."""


@surface.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print for machines.")
def list_surfaces(*, as_json: bool) -> None:
    """List every route and command with what it lets out and which action decides."""
    from web import create_app
    from web.cli import main
    from web.surfaces import commands, routes

    with session() as catalog:
        found = [*routes(create_app(catalog=catalog)), *commands(main)]
    if as_json:
        print_json([asdict(one) for one in found])
        return
    table = Table("address", "methods", "lets out", "decided by")
    for one in found:
        table.add_row(one.address, " ".join(one.methods), " ".join(one.says.lets if one.says else ()), " ".join(one.actions))
    out.print(table)
