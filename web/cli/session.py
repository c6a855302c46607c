"""What commands share: the open catalogue, plain errors, progress bars, JSON."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from catalog.bootstrap import Catalog, open_catalog
from catalog.errors import CatalogError, Invalid
from harvesters.runner import Progress as Report

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class Failing(click.Group):
    """A group whose commands end with the sentence of a CatalogError and exit code 1, never with a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except CatalogError as error:
            err.print(str(error), style="red", markup=False)
            for problem in getattr(error, "problems", ()) if isinstance(error, Invalid) else ():
                err.print(f"  {problem.path or '/'}: {problem.message}", markup=False)
            ctx.exit(1)


@contextmanager
def session() -> Iterator[Catalog]:
    """Open the catalogue of the environment for one command."""
    catalog = open_catalog()
    try:
        yield catalog
    finally:
        catalog.close()


def print_json(value: Any) -> None:
    """Print for machines."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


_STAGES = {
    "records": "Records", "files": "Files", "tables": "Tables", "versions": "Versions", "croissant": "Croissant",
    "quality": "Quality", "links": "Links",
    "fixity": "Stored files", "index": "Search index",
}  # fmt: skip


@contextmanager
def progress_bars(title: str, *, show: bool = True) -> Iterator[Report]:
    """Show one bar for each stage of a run, on standard error."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not show) as bars:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(f"{title}: {_STAGES.get(stage, stage)}", total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield report
