"""`qoima doctor`: looks whether everything is in order and says what to do where it is not."""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import click

from catalog.bootstrap import Catalog
from catalog.tables.jail import MEASURES
from web.cli.session import out, session

PATCHED = {(3, 11): 17, (3, 12): 15, (3, 13): 16}
"""First patch level of each Python without known holes in archive handling."""


@click.command()
def doctor() -> None:
    """Check packages, database, index and files."""
    failed = False
    with session() as catalog:
        for good, words in _findings(catalog):
            out.print(f"{'[green]ok[/]  ' if good else '[red]look[/]'} {words}")
            failed |= not good
    if failed:
        raise click.exceptions.Exit(1)


def _findings(catalog: Catalog) -> Iterator[tuple[bool, str]]:
    owners = packages_distributions()
    foreign = [name for name in ("catalog", "schemas", "harvesters", "web") if set(owners.get(name, ["qoima"])) != {"qoima"}]
    yield not foreign, f"Packages are ours{': but another distribution also brings ' + ', '.join(foreign) if foreign else ''}"
    needed = PATCHED.get(sys.version_info[:2])
    old = needed is not None and sys.version_info[2] < needed
    advice = f" (has known holes; update to 3.{sys.version_info[1]}.{needed})" if old else ""
    yield True, f"Python {sys.version.split()[0]}{advice}"
    yield not catalog.store.check(), "Tables agree with this version (else: qoima db upgrade)"
    report = catalog.indexing.verify()
    yield report.good, f"Search index holds the {report.indexed} published datasets (else: qoima index rebuild)"
    chain = catalog.audit_log.verify()
    broken = f" is broken: {chain.problems[0]}" if chain.problems else f" of {chain.entries} entries is whole"
    yield not chain.problems, f"Audit log{broken}"
    lost = _lost_files(catalog)
    missing = f": {lost} are missing; harvest their sources again" if lost else ""
    yield not lost, f"Every file of the catalogue is in the store{missing}"
    yield True, f"Parsers of files are confined by the system{_open_ways()}"
    yield True, f"Running in {catalog.settings.environment}"


def _open_ways() -> str:
    told = subprocess.run([sys.executable, "-m", "catalog.tables.jail"], capture_output=True, check=False).stdout
    absent = [measure for measure in MEASURES if measure not in json.loads(told or "[]")]
    return f" but for {', '.join(absent)} (Linux 5.13 with Landlock and user namespaces offers all)" if absent else ""


def _lost_files(catalog: Catalog) -> int:
    lost, after = 0, 0
    with catalog.store.read() as work:
        while records := work.datasets.page(after=after, limit=200):
            after = records[-1].number
            for files in work.files.of_many([record.dataset.name for record in records]).values():
                lost += sum(bool(f.sha256) and catalog.files_store.size(f.sha256) is None for f in files)
    return lost
