"""`qoima serve` and `qoima worker`: the site, and the background work."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import nullcontext, suppress

import click

from catalog.bootstrap import Catalog
from harvesters.schedule import due_sources
from web.cli.beside import working
from web.cli.harvest import run_and_show
from web.cli.jobs import runner
from web.cli.session import out, session


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=lambda: int(os.environ.get("PORT", "8000")), show_default="PORT or 8000", type=int)
@click.option("--workers", default=2, show_default=True)
@click.option("--background/--no-background", default=True, help="Do background work, too, as `qoima worker` does.")
def serve(host: str, port: int, workers: int, background: bool) -> None:
    """Serve the site until Ctrl-C."""
    with session() as catalog:
        catalog.indexing.ensure()
    out.print(f"Qoima is at [bold]http://{host}:{port}[/]  (Ctrl-C stops it)")
    raise click.exceptions.Exit(run_server(host, port, workers, background=background))


def run_server(host: str, port: int, workers: int, *, background: bool = True) -> int:
    """Run gunicorn, and a worker beside it, until it ends or we are told to; returns its exit code."""
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"{host}:{port}", "--workers", str(workers)]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "warning", "web:create_app()"]
    with working() if background else nullcontext(), subprocess.Popen(command) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            return 0


@click.command()
@click.option("--once", is_flag=True, help="Do what waits, then stop.")
@click.option("--every", default=60, show_default=True, help="Seconds between looks.")
@click.option("--tied", is_flag=True, help="Stop when the standard input ends.")
def worker(once: bool, every: int, tied: bool) -> None:
    """Do background work: index, validate, cut versions and try them out, run jobs and harvests that are due."""
    if tied:
        threading.Thread(target=_until_input_ends, daemon=True).start()
    with suppress(KeyboardInterrupt), session() as catalog:
        catalog.indexing.ensure()
        while True:
            _work(catalog)
            job = catalog.jobs.wait(0 if once else every)
            if job:
                _do(catalog, job)
            elif once:
                return


def _until_input_ends() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGINT)


def _work(catalog: Catalog) -> None:
    catalog.indexing.drain()
    for source in catalog.harvests.sources():
        catalog.validation.check_waiting(source.name, lambda done, total: None)
        catalog.versions.cut_waiting(source.name)
    catalog.croissants.check_waiting()
    runner(catalog).run_due()
    catalog.indexing.drain()
    for source, incremental in due_sources(catalog):
        run_and_show(catalog, source, incremental=incremental)


def _do(catalog: Catalog, job: str) -> None:
    kind, _, name = job.partition(":")
    if kind == "harvest":
        run_and_show(catalog, catalog.harvests.source(name))
