"""`qoima index`: the search index, which is only a cache of the database."""

import click

from catalog.errors import CatalogError
from web.cli.session import out, progress_bars, session


@click.group()
def index() -> None:
    """The search index."""


@index.command()
def rebuild() -> None:
    """Build the index anew beside the old one, then swap."""
    with session() as catalog, progress_bars("Search index") as progress:
        total = catalog.reading.counts().datasets

        def shown(done: int) -> None:
            progress("index", done, total)

        count = catalog.indexing.rebuild(shown)
    out.print(f"{count} datasets are indexed.")


@index.command()
def verify() -> None:
    """Compare the index with the database."""
    with session() as catalog:
        report = catalog.indexing.verify()
    out.print(f"{report.indexed} datasets are indexed.")
    if not report.good:
        told = (f"{len(names)} {what}" for what, names in
                (("missing", report.missing), ("too many", report.surplus), ("out of date", report.stale)))  # fmt: skip
        raise CatalogError("The index differs from the database: " + ", ".join(told) + ". Run `qoima index rebuild`.")
