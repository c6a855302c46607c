"""One harvest of the five demo portals for all tests of this folder: through the same runner, guard and store as anybody's."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from catalog.bootstrap import Catalog, open_catalog
from catalog.harvests.records import HarvestRun, HarvestSource
from catalog.settings import Settings
from harvesters.runner import run_harvest
from web import create_app
from web.demo import portals, serve_portals
from web.demo.faults import UNPUBLISHED


@dataclass
class Demo:
    """The harvested demo: its catalogue, its sources and runs by portal, a client of its site, and the site's address."""

    catalog: Catalog
    sources: dict[str, HarvestSource]
    runs: dict[str, HarvestRun]
    client: FlaskClient
    url: str

    @property
    def published(self) -> int:
        return sum(run.counts.added for run in self.runs.values())


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with serve_portals(first_port=0) as addresses:
        allow = tuple(address.split("//")[1].rstrip("/") for address in addresses.values())
        sources = {portal.name: portal.source(addresses[portal.name]) for portal in portals()}
        keys = {sources[p.name].secret_name: p.key for p in portals() if p.key}
        home = tmp_path_factory.mktemp("demo")
        server = make_server("127.0.0.1", 0, lambda environ, start: app(environ, start), threaded=True)
        url = f"http://127.0.0.1:{server.server_port}"
        catalog = open_catalog(Settings(home=home, harvest_allow=allow, secrets=keys, public_url=url))
        app = create_app(catalog=catalog)
        for source in sources.values():
            catalog.harvests.add(source)
        runs = {name: run_harvest(catalog, source) for name, source in sources.items()}
        assert set(UNPUBLISHED) == {portal.kind for portal in portals()}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Demo(catalog, sources, runs, app.test_client(), url)
        server.shutdown()
        server.server_close()
        catalog.close()
