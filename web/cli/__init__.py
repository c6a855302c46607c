"""The command `qoima`: grouped by noun, progress bars on long work, `--json` for machines, exit code 1 on failure."""

import click

from web.cli.account import account
from web.cli.audit import audit
from web.cli.audit_log import audit_log
from web.cli.baseline import baseline
from web.cli.croissant import croissant
from web.cli.database import db
from web.cli.dataset import dataset
from web.cli.demo import demo
from web.cli.describe import describe
from web.cli.doctor import doctor
from web.cli.harvest import harvest
from web.cli.index import index
from web.cli.jobs import job
from web.cli.personal import personal
from web.cli.serve import serve, worker
from web.cli.session import Failing
from web.cli.source import source
from web.cli.surface import surface


@click.group(cls=Failing, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qoima", prog_name="qoima")
def main() -> None:
    """Open government dataset catalogue that makes public data ready for machine learning."""


dataset.add_command(describe)
dataset.add_command(croissant)
for command in (
    demo, serve, worker, db, source, harvest, dataset, audit, baseline, index, job, account, surface, audit_log, doctor,
    personal,
):  # fmt: skip
    main.add_command(command)
