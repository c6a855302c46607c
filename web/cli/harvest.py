"""`qoima harvest`: run, look before running, run what is due, decide about a held run."""

import os
from dataclasses import asdict

import click
from rich.table import Table

from catalog.bootstrap import Catalog
from catalog.errors import CatalogError
from catalog.harvests.records import HarvestRun, HarvestSource, RunState
from harvesters.preview import preview as preview_source
from harvesters.runner import run_harvest
from harvesters.schedule import due_sources
from harvesters.vanished import release as release_run
from web.cli.session import out, print_json, progress_bars, session


@click.group()
def harvest() -> None:
    """Pull datasets from portals."""


@harvest.command()
@click.argument("name")
@click.option("--incremental", is_flag=True, help="Only what changed since the last complete run, where the portal allows.")
@click.option("--background", is_flag=True, help="Leave it to `qoima worker`.")
@click.option("--json", "as_json", is_flag=True)
def run(name: str, incremental: bool, background: bool, as_json: bool) -> None:
    """Harvest the portal NAME; goes on where a killed run stopped."""
    with session() as catalog:
        source = catalog.harvests.source(name)
        if background:
            catalog.jobs.wake(f"harvest:{name}")
            return
        done = run_and_show(catalog, source, incremental=incremental, as_json=as_json)
    if done.state is not RunState.COMPLETE and not incremental:
        raise click.exceptions.Exit(1)


def run_and_show(
    catalog: Catalog, source: HarvestSource, *, incremental: bool = False, as_json: bool = False
) -> HarvestRun:
    """Harvest with progress bars, then print the counts and the first problems."""
    with progress_bars(source.title or source.name, show=not as_json) as progress:
        done = run_harvest(catalog, source, progress=progress, incremental=incremental)
    if as_json:
        problems = catalog.harvests.problems(done.id, limit=1000)
        print_json({**asdict(done), "list": [{"identifier": p.identifier, **asdict(p.problem)} for p in problems]})
    else:
        _show(catalog, source, done)
    return done


def _show(catalog: Catalog, source: HarvestSource, run: HarvestRun) -> None:
    counts = run.counts
    out.print(
        f"[bold]{source.title or source.name}[/]: run {run.id} {run.state}. {counts.seen} records: {counts.added} added, "
        f"{counts.changed} changed, {counts.unchanged} unchanged, {counts.failed} failed; {counts.withdrawn} withdrawn. "
        f"Files: {counts.files_stored} stored, {counts.files_failed} failed. "
        f"Tables: {counts.tables_valid} valid, {counts.tables_invalid} invalid. {run.problems} problems."
    )
    if run.message:
        out.print(f"  {run.message}", markup=False, style="yellow")
    for item in catalog.harvests.problems(run.id, limit=3):
        out.print(f"  {item.problem.severity} {item.identifier}: {item.problem.message}", markup=False, soft_wrap=True)
    if run.problems > 3:
        out.print(f"  … and {run.problems - 3} more on the page /harvest/run/{run.id}.")


@harvest.command()
@click.argument("name")
@click.option("--limit", default=1000, show_default=True, help="Records to look at.")
@click.option("--json", "as_json", is_flag=True)
def preview(name: str, limit: int, as_json: bool) -> None:
    """Show what a harvest of NAME would do, without doing it."""
    with session() as catalog:
        differences = list(preview_source(catalog, catalog.harvests.source(name), limit))
    if as_json:
        print_json([asdict(item) for item in differences])
        return
    table = Table("Record", "Would be", "Dataset", "Differences")
    for item in differences:
        told = [f"{key}: {_short(before)} → {_short(after)}" for key, before, after in item.changes[:4]]
        table.add_row(item.identifier, item.standing, item.dataset, "\n".join(told + [p.message for p in item.problems[:3]]))
    out.print(table)


def _short(value: object) -> str:
    words = str(value if value is not None else "–")
    return words if len(words) <= 60 else words[:59] + "…"


@harvest.command()
def due() -> None:
    """Harvest every portal whose schedule says so; call it from cron."""
    with session() as catalog:
        for source, incremental in due_sources(catalog):
            run_and_show(catalog, source, incremental=incremental)


@harvest.command()
@click.argument("number", type=int)
@click.option("--because", required=True, help="Why the vanished records may go; it is kept in the run and the audit log.")
def release(number: int, because: str) -> None:
    """Let a held run go on: what vanished is withdrawn."""
    with session() as catalog:
        held = catalog.harvests.run(number)
        if held.state is not RunState.HELD:
            raise CatalogError(f"Run {number} is {held.state}; only a held run can be released.")
        gone = release_run(catalog, catalog.harvests.source(held.source), held, os.environ.get("USER", "operator"), because)
        catalog.indexing.drain()
    out.print(f"{gone} datasets were withdrawn.")
