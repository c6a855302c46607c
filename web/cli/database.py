"""`qoima db`: the tables of the database, and its backup."""

import sqlite3
from pathlib import Path

import click

from catalog.errors import CatalogError
from web.cli.session import out, session


@click.group()
def db() -> None:
    """Tables of the database, and its backup."""


@db.command()
def upgrade() -> None:
    """Bring the tables to the newest form."""
    with session():
        out.print("The tables are up to date.")


@db.command()
def check() -> None:
    """Compare the tables with what this version expects."""
    with session() as catalog:
        if differences := catalog.store.check():
            raise CatalogError("The tables differ; run `qoima db upgrade`:\n" + "\n".join(differences))
    out.print("The tables agree with this version.")


@db.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
def backup(path: Path) -> None:
    """Write a consistent copy of the SQLite database to PATH while the site runs."""
    with session() as catalog:
        _copy(_sqlite_path(catalog.settings.database), path)
    out.print(f"The database was copied to {path}.")


@db.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(path: Path) -> None:
    """Replace the SQLite database by the copy at PATH, then rebuild the search index. Stop the site first."""
    with session() as catalog:
        target = _sqlite_path(catalog.settings.database)
    _copy(path, target)
    with session() as catalog:
        catalog.indexing.rebuild(lambda done: None)
    out.print("The database was restored and the search index rebuilt.")


def _sqlite_path(url: str) -> Path:
    if not url.startswith("sqlite:///"):
        raise CatalogError("Use PostgreSQL's own pg_dump and pg_restore for this database.")
    return Path(url.removeprefix("sqlite:///"))


def _copy(source: Path, target: Path) -> None:
    """Copy through SQLite's backup API: a plain copy of a live database can be corrupt."""
    with sqlite3.connect(source) as read, sqlite3.connect(target) as write:
        read.backup(write)
