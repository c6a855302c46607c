"""A portal's file changes from harvest to harvest: every state of it stays for download, numbered by what changed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.bootstrap import Catalog
from catalog.settings import Settings
from harvesters.runner import run_harvest
from tests.journeys.portal import FILES, Portal, opened, portal
from tests.loopback import Answer
from web import create_app

ROOT = Path(__file__).parents[2]
STATES = (
    b"station,level\nAqtau,3\nAral,4\n",
    b"station,level\nAqtau,3\nAral,4\nAtyrau,5\n",
    b"station;level\nAqtau;3\nAral;4\nAtyrau;5\n",
    b"station,level\nAqtau,3\nAral,9\nAtyrau,5\n",
)
NUMBERS = ["1.0.0", "1.1.0", "1.1.1", "2.0.0"]


@pytest.fixture
def water() -> Iterator[Portal]:
    with portal() as made:
        yield made


def serve(water: Portal, day: int) -> None:
    """Let the portal have the file of this day."""
    csv = Answer(body=STATES[day], headers=(("Content-Type", "text/csv"),))
    water.server.routes[FILES] = lambda request: csv
    water.modified = f"2026-11-{day + 1:02}T00:00:00"


def numbers(catalog: Catalog) -> list[str]:
    with catalog.store.read() as work:
        return [version.version for version in reversed(work.versions.of("dataset-0"))]


def files(client: FlaskClient, count: int) -> list[bytes]:
    listed = [client.get(f"/dataset/dataset-0/versions/{number}/manifest.json").get_json() for number in range(1, count + 1)]
    return [client.get(f"/{entry['url'].split('/', 3)[3]}").data for manifest in listed for entry in manifest["files"]]


def test_every_state_of_a_file_stays_for_download_under_its_number(water: Portal, settings: Settings) -> None:
    with opened(settings, water.server.host) as catalog:
        for day in range(len(STATES)):
            serve(water, day)
            run_harvest(catalog, water.source())
            run_harvest(catalog, water.source())
        assert numbers(catalog) == NUMBERS
        assert files(create_app(catalog=catalog).test_client(), len(STATES)) == list(STATES)


def test_a_file_that_fails_makes_no_version_and_one_that_leaves_makes_one_without_it(water: Portal, settings: Settings) -> None:
    with opened(settings, water.server.host) as catalog:
        run_harvest(catalog, water.source())
        water.server.routes[FILES] = lambda request: Answer(status=404)
        water.modified = "2026-12-01T00:00:00"
        run_harvest(catalog, water.source())
        assert numbers(catalog) == ["1.0.0"]
        package = water.package
        water.package = lambda number: {**package(number), "resources": []}  # type: ignore[method-assign]
        run_harvest(catalog, water.source())
        assert numbers(catalog) == ["1.0.0", "2.0.0"]
        client = create_app(catalog=catalog).test_client()
        assert client.get("/dataset/dataset-0/versions/2/manifest.json").get_json()["files"] == []
        assert files(client, 1) == [STATES[0]]


KILLED = """
import os, signal, sys
from catalog.bootstrap import Catalog, open_catalog
from catalog.versions.service import Versioning
from harvesters.runner import run_harvest

def killed(self, *arguments):
    os.kill(os.getpid(), signal.SIGKILL)

Versioning.cut_waiting = killed
catalog = open_catalog()
with catalog.store.read() as work:
    source = work.harvests.source("portal")
run_harvest(catalog, source)
"""


def test_a_harvest_killed_between_check_and_cut_is_made_good_by_the_next(water: Portal, settings: Settings) -> None:
    with opened(settings, water.server.host) as catalog:
        catalog.harvests.add(water.source())
        environment = {key: value for key, value in os.environ.items() if not key.startswith("QOIMA_")}
        environment |= {"QOIMA_HOME": str(settings.home), "QOIMA_HARVEST_ALLOW": water.server.host}
        done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=environment, capture_output=True, timeout=120)
        assert done.returncode == -signal.SIGKILL, done.stderr
        with catalog.store.read() as work:
            (file,) = work.files.of("dataset-0")
        assert file.checked and numbers(catalog) == []
        run_harvest(catalog, water.source())
        assert numbers(catalog) == ["1.0.0"]
