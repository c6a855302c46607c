"""Which background jobs there are, and `qoima job list` and `qoima job retry`."""

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import timedelta

import click
from rich.table import Table

from catalog.accounts.mailing import SEND
from catalog.bootstrap import Catalog
from catalog.clock import stamp
from catalog.drafting.files import CHECK_FILE, check_file
from catalog.drafting.review import PUBLISH_DRAFT
from catalog.errors import NotFound
from catalog.granting.telling import REMIND
from catalog.jobs import Report, Runner
from catalog.quality.digest import DIGEST, MAIL
from catalog.quality.waking import AUDIT, AUDIT_DUE
from catalog.records import Job
from catalog.submitting.service import FOLLOW
from web.cli.audit import audit_job, digest_job, due_job, mail_job
from web.cli.session import out, print_json, session

Work = Callable[[Catalog, Job, Report], object]
WORK: Mapping[str, Work] = {
    CHECK_FILE: lambda catalog, job, report: check_file(catalog.validation, job.key),
    FOLLOW: lambda catalog, job, report: catalog.submissions.follow(job.key),
    AUDIT: audit_job,
    SEND: lambda catalog, job, report: catalog.mailing.send(job.key),
    AUDIT_DUE: due_job,
    DIGEST: digest_job,
    MAIL: mail_job,
    REMIND: lambda catalog, job, report: catalog.telling.remind() + catalog.reminding.remind(),
    PUBLISH_DRAFT: lambda catalog, job, report: catalog.reviewing.publish_due(),
}
"""What does the work of each kind of job; add a line for a new kind."""
RECURRING: Mapping[str, timedelta] = {AUDIT_DUE: timedelta(hours=1), DIGEST: timedelta(days=7), REMIND: timedelta(hours=12)}
"""Kinds that run by themselves, with the time between."""


def runner(catalog: Catalog, recurring: Mapping[str, timedelta] = RECURRING) -> Runner:
    """Return what runs the jobs of a catalogue in this process, and those that are `recurring`."""

    def bound(work: Work) -> Callable[[Job, Report], object]:
        return lambda job, report: work(catalog, job, report)

    handlers = {kind: bound(work) for kind, work in WORK.items()}
    owner = f"{socket.gethostname()}:{os.getpid()}"
    return Runner(store=catalog.store, clock=catalog.clock, owner=owner, handlers=handlers, recurring=recurring)


@click.group()
def job() -> None:
    """Background jobs: what waits, runs or was given up."""


@job.command("list")
@click.option("--kind", default="", help="Only jobs of this kind.")
@click.option("--state", default="", type=click.Choice(["", "waiting", "running", "given-up"]), help="Only jobs in this state.")
@click.option("--json", "as_json", is_flag=True)
def list_jobs(kind: str, state: str, as_json: bool) -> None:
    """List the jobs that are due first."""
    with session() as catalog, catalog.store.read() as work:
        jobs = work.jobs.page(kind=kind, state=state)
    if as_json:
        print_json([asdict(one) for one in jobs])
        return
    table = Table("Kind", "Key", "State", "Due", "Attempts", "Progress", "Note")
    for one in jobs:
        table.add_row(one.kind, one.key, one.state.value, one.due, str(one.attempts), one.progress, one.note)
    out.print(table if jobs else "No jobs wait.")


@job.command()
@click.argument("kind")
@click.argument("key", default="")
def retry(kind: str, key: str) -> None:
    """Run a job again as soon as a worker is free, also one that was given up."""
    with session() as catalog, catalog.store.write() as work:
        if work.jobs.get(kind, key) is None:
            raise NotFound(f"There is no job {kind} {key}; `qoima job list` shows what there is.")
        work.jobs.put(kind, key, due=stamp(catalog.clock))
    out.print("It is due now; `qoima worker` runs it.")
