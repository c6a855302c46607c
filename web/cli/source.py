"""`qoima source`: the portals that are harvested."""

from dataclasses import asdict, replace
from typing import Any

import click
from rich.table import Table

from catalog.errors import CatalogError
from catalog.harvests.records import HarvestSource
from harvesters.base import source_kinds
from harvesters.presets import PRESETS
from web.cli.session import out, print_json, session


@click.group()
def source() -> None:
    """Portals to harvest."""


@source.command()
@click.argument("name")
@click.option("--kind", help="Kind of portal; `qoima source kinds` lists them. Known portals need none.")
@click.option("--url", help="The portal's address.")
@click.option("--title", help="Its name for people.")
@click.option("--agency", help="Agency of records that name no publisher.")
@click.option("--language", help="Language of texts without one (kk, ru, en, ko, da …).")
@click.option("--license", "licence", help="Licence that the portal's terms give to all its data (an IRI).")
@click.option("--files", type=click.Choice(["copy", "link"]), help="Copy the files or only link them.")
@click.option("--max-bytes", type=int, help="Largest file to copy.")
@click.option("--invalid", type=click.Choice(["publish", "hold"]), help="What to do with datasets whose tables are invalid.")
@click.option("--secret-name", help="The key stands in the variable QOIMA_SECRET_<this name>.")
@click.option("--schedule", help="When `qoima harvest due` runs it, as a cron expression (`0 3 * * *`).")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="An option of the kind; may be repeated.")
def add(name: str, licence: str | None, options: tuple[str, ...], **given: Any) -> None:
    """Add the portal NAME, or change it; known ones: data.gov.uk, data.gov.sg, dmi.dk, aihub.or.kr, data.egov.kz."""
    known = PRESETS.get(name)
    changes = {key: value for key, value in {**given, "license": licence}.items() if value is not None}
    if known is None and not {"kind", "url"} <= changes.keys():
        raise CatalogError("Give --kind and --url; without them only these portals are known: " + ", ".join(PRESETS) + ".")
    made = replace(known, **changes) if known else HarvestSource(name=name, **changes)
    made = replace(made, options={**made.options, **dict(_pair(option) for option in options)})
    if made.kind not in source_kinds():
        raise CatalogError(f"There is no kind {made.kind!r}; there are " + ", ".join(source_kinds()) + ".")
    with session() as catalog:
        catalog.harvests.add(made)
    out.print(f"Added. Look first with `qoima harvest preview {name}`, then run `qoima harvest run {name}`.", markup=False)


def _pair(option: str) -> tuple[str, str]:
    name, found, value = option.partition("=")
    if not found:
        raise CatalogError(f"Write the option {option!r} as name=value.")
    return name, value


@source.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_sources(as_json: bool) -> None:
    """List the portals."""
    with session() as catalog:
        sources = catalog.harvests.sources()
    if as_json:
        print_json([asdict(item) for item in sources])
        return
    table = Table("Name", "Kind", "Address", "Schedule")
    for item in sources:
        table.add_row(item.name, item.kind, item.url, item.schedule or "–")
    out.print(table if sources else "No sources yet; add one with `qoima source add data.gov.uk`.")


@source.command()
@click.argument("name")
def show(name: str) -> None:
    """Show all settings of a portal (its key is never shown)."""
    with session() as catalog:
        print_json(asdict(catalog.harvests.source(name)))


@source.command()
@click.argument("name")
def remove(name: str) -> None:
    """Forget a portal; what it brought stays published."""
    with session() as catalog:
        catalog.harvests.remove(name)
    out.print("Removed. Its datasets stay published; withdraw them one by one if they should go.")


@source.command()
def kinds() -> None:
    """List the kinds of portal and their options."""
    for kind in source_kinds().values():
        out.print(f"[bold]{kind.name}[/]  {kind.title}")
        for option in kind.options:
            default = f" (default {option.default})" if option.default else ""
            out.print(f"    {option.name}: {option.title}{default}", markup=False)
