"""`qoima demo`: sample portals on loopback, harvested by the same commands as any other, then the site."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog, open_catalog
from catalog.errors import CatalogError
from catalog.harvests.records import RunState
from catalog.settings import load_settings
from web.cli.baseline import train_baseline
from web.cli.describe import follow
from web.cli.harvest import run_and_show
from web.cli.serve import run_server
from web.cli.session import out


@click.command()
@click.option("--port", default=lambda: int(os.environ.get("PORT", "8000")), show_default="PORT or 8000", type=int)
@click.option("--serve/--no-serve", "serve_site", default=True, help="Serve the site after the harvest.")
@click.option("--again", is_flag=True, help="Harvest even when the demo portals were harvested before.")
def demo(port: int, serve_site: bool, again: bool) -> None:
    """Harvest five sample portals of our own making and serve the catalogue."""
    from web.demo import portals
    from web.demo.people import PASSWORD, ensure_people
    from web.demo.restricted import ensure_restricted
    from web.demo.wanted import ensure_wanted

    with _portals() as addresses:
        providers = _providers(addresses.pop("identity"))
        allow = ",".join(address.split("//")[1].rstrip("/") for address in addresses.values())
        os.environ.setdefault("QOIMA_HARVEST_ALLOW", allow)
        os.environ.setdefault("QOIMA_PUBLIC_URL", f"http://127.0.0.1:{port}")
        os.environ.setdefault("QOIMA_SECRET_DEMO", "demo-key")
        os.environ.setdefault("QOIMA_IDENTITY_PROVIDERS", str(providers))
        catalog = open_catalog(load_settings())
        for portal in portals():
            catalog.harvests.add(portal.source(addresses[portal.name]))
        harvested = False
        for portal in portals():
            done = catalog.harvests.runs(portal.name, limit=1)
            if again or not done or done[0].state is RunState.RUNNING:
                run_and_show(catalog, catalog.harvests.source(portal.name))
                harvested = True
        if harvested:
            _describe(catalog)
        people = ensure_people(catalog)
        ensure_restricted(catalog)
        ensure_wanted(catalog)
        catalog.audits.run()
        catalog.indexing.ensure()
        totals = catalog.reading.counts()
        catalog.close()
        out.print(f"{totals.datasets} datasets of {totals.agencies} agencies from {totals.sources} portals are published.")
        if people:
            words = f"Sign in at /account/sign-in with the password “{PASSWORD}” as {', '.join(people)}"
            out.print(words, markup=False, soft_wrap=True)
        if serve_site:
            out.print(f"Qoima is at [bold]http://127.0.0.1:{port}[/]  (Ctrl-C stops it)")
            raise click.exceptions.Exit(run_server("127.0.0.1", port, 2))


def _describe(catalog: Catalog) -> None:
    """Describe samples for machine learning and train their baselines; what cannot be done is said and left out."""
    from web.demo.described import BASELINES, DESCRIBED

    for name, changes in DESCRIBED.items():
        catalog.describing.describe(SYSTEM, name, changes)
        follow(catalog, name)
    for name in BASELINES:
        try:
            done = train_baseline(catalog, name)
        except CatalogError as error:
            out.print(f"No baseline of {name}: {error}", markup=False, soft_wrap=True)
            continue
        task = done.trained.task
        out.print(f"[bold]{name}[/]: {task.model} trained for {task.name}; its scores are on the page.")


def _providers(address: str) -> Path:
    """Write the file that names the demo's identity provider, and return where it is."""
    from web.demo.identity import described

    path = load_settings().home / "identity-providers.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(described(address)), "utf-8")
    return path.absolute()


@contextmanager
def _portals() -> Iterator[dict[str, str]]:
    """Serve the portals; says what to do where another program has their ports."""
    from web.demo import portals, serve_portals
    from web.demo.identity import DemoProvider

    with ExitStack() as stack:
        try:
            addresses = stack.enter_context(serve_portals(portals=(*portals(), DemoProvider())))
        except OSError as error:
            raise CatalogError(str(error)) from None
        yield addresses
