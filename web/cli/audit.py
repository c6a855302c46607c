"""`qoima audit`: run over what changed, replay what is stored, show the report of a dataset."""

from collections.abc import Iterable
from dataclasses import asdict

import click
from rich.table import Table

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from catalog.jobs import Report
from catalog.quality.audit import AuditCounts
from catalog.quality.base import Status, checks
from catalog.quality.fixity import FixityCounts
from catalog.quality.messages import fix, fix_of, message, title
from catalog.quality.waking import meant
from catalog.records import Job
from harvesters.links import LinkCounts, check_links
from harvesters.runner import Progress
from web.cli.session import out, print_json, progress_bars, session
from web.quality import as_json, fix_first


@click.group()
def audit() -> None:
    """The automatic quality audit."""


@audit.command()
@click.argument("names", nargs=-1)
@click.option("--replay", is_flag=True, help="Judge stored evidence again and compare: nothing is written.")
@click.option("--again", is_flag=True, help="Also what did not change.")
@click.option("--json", "as_json_", is_flag=True)
def run(names: tuple[str, ...], replay: bool, again: bool, as_json_: bool) -> None:
    """Audit datasets that changed since they were audited last: those NAMED, or all."""
    with session() as catalog:
        if replay:
            _replay(catalog, names or None, as_json_)
            return
        for name in names:
            catalog.reading.entry(SYSTEM, name)
        with progress_bars("Audit", show=not as_json_) as progress:
            counts = catalog.audits.run(names or None, again=again, progress=lambda d, t: progress("quality", d, t))
        catalog.indexing.drain()
    told = {"audited": counts.audited, "unchanged": counts.unchanged, "failed": counts.failed}
    if as_json_:
        print_json(told)
    else:
        out.print(f"{counts.audited} audited, {counts.unchanged} unchanged, {counts.failed} failed.")
    if counts.failed:
        raise click.exceptions.Exit(1)


def _replay(catalog: Catalog, names: Iterable[str] | None, as_json_: bool) -> None:
    same, differing = 0, []
    for stored, equal in catalog.audits.replay(list(names) if names else None):
        same += equal
        differing += [] if equal else [{"audit": stored.id, "dataset": stored.dataset, "as_of": stored.as_of}]
    if as_json_:
        print_json({"same": same, "differing": differing})
    else:
        out.print(f"{same} audits give the same findings again, {len(differing)} do not.")
        for one in differing[:20]:
            out.print(f"  audit {one['audit']} of {one['dataset']} as of {one['as_of']}")
    if differing:
        raise click.exceptions.Exit(1)


@audit.command()
@click.argument("name")
@click.option("--lang", default="en", type=click.Choice(["kk", "ru", "en"]), show_default=True)
@click.option("--json", "as_json_", is_flag=True)
def report(name: str, lang: str, as_json_: bool) -> None:
    """Show what the audit says of the dataset NAME, and what to fix first."""
    with session() as catalog:
        found = catalog.audits.report(SYSTEM, name)
    if as_json_:
        print_json(as_json(found, lang))
        return
    for label, score in (("Metadata (MQA)", found.mqa), ("Data", found.data)):
        out.print(f"[bold]{label}[/]: {score.points:g} of {score.maximum:g} points, {score.band or 'nothing applies'}")
        for dimension, part in score.dimensions.items():
            out.print(f"  {dimension}: {part.points:g} of {part.maximum:g}")
    table = Table("Points", "Rule", "What is wrong", "What to do", "Where")
    for one in fix_first(found.findings):
        table.add_row(f"{one.points:g}", title(one.check, lang), message(one, lang), fix(one, lang), one.path)
    out.print(table)
    unknown = [one for one in found.findings if one.status is Status.UNKNOWN and one.check in checks()]
    for one in unknown:
        out.print(f"Not known: {title(one.check, lang)}. {message(one, lang)}", markup=False)


@audit.command()
@click.option("--json", "as_json_", is_flag=True)
def due(as_json_: bool) -> None:
    """Check links and stored bytes that are due, then audit what changed; `qoima worker` does so every hour."""
    with session() as catalog, progress_bars("Audit", show=not as_json_) as progress:
        links, fixity, counts = _due(catalog, progress)
    if as_json_:
        print_json({"links": asdict(links), "fixity": asdict(fixity), "audits": asdict(counts)})
        return
    out.print(
        f"Links: {links.checked} checked, {links.ok} answer, {links.failed} do not, {links.postponed} wait for their host. "
        f"Stored files: {fixity.good} good, {fixity.changed} changed, {fixity.lost} lost. "
        f"Datasets: {counts.audited} audited, {counts.unchanged} unchanged, {counts.failed} failed."
    )


def _due(catalog: Catalog, progress: Progress) -> tuple[LinkCounts, FixityCounts, AuditCounts]:
    links = check_links(catalog, lambda done, total: progress("links", done, total))
    fixity = catalog.fixity.check_due(lambda done, total: progress("fixity", done, total))
    counts = catalog.audits.run(progress=lambda done, total: progress("quality", done, total))
    catalog.indexing.drain()
    return links, fixity, counts


@audit.command()
@click.argument("agency")
@click.option("--send", is_flag=True, help="Send it to the stewards of the agency's datasets, or to the agency.")
def digest(agency: str, send: bool) -> None:
    """Show the work list of an AGENCY, or send it; `qoima worker` sends all of them once a week."""
    with session() as catalog:
        items, sent = catalog.digests.items(agency), catalog.digests.send(agency) if send else 0
    for item in items:
        out.print(f"+{item.points:g}  {title(item.check, 'en')}: {fix_of(item.check, 'en')}", markup=False, soft_wrap=True)
        out.print(f"      {', '.join(item.datasets[:10])}", markup=False, soft_wrap=True)
    if send:
        out.print(f"Sent to {sent}.")


def digest_job(catalog: Catalog, job: Job, report: Report) -> None:
    """Leave a job for every agency that has something to fix."""
    catalog.digests.plan()


def mail_job(catalog: Catalog, job: Job, report: Report) -> None:
    """Send the work list of one agency."""
    catalog.digests.send(job.key)


def due_job(catalog: Catalog, job: Job, report: Report) -> None:
    """Do what is due, from the job table."""
    _due(catalog, lambda stage, done, total: report(f"{stage} {done}"))


def audit_job(catalog: Catalog, job: Job, report: Report) -> None:
    """Do an audit that waits in the job table."""
    names, source = meant(job.key)
    catalog.audits.run(names, source=source, progress=lambda done, total: report(str(done)))
