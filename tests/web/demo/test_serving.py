"""The portals on real sockets: each kind of source reads its portal to the end, on loopback only, and nothing stays running."""

import socket
import threading
import urllib.request
from dataclasses import replace
from typing import Any

import pytest

from catalog.settings import load_settings
from harvesters.base import Fetching, HarvestRecord, source_kinds
from harvesters.http import open_client
from schemas.problems import Problem, Severity
from web.demo import DemoPortal, portals, serve_portals

READS = {"demo-ckan": 16, "demo-datagovsg": 12, "demo-dmi": 15, "demo-aihub": 10, "demo-egovkz": 19}


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the hosts that sockets connect to, in order."""
    hosts: list[str] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> Any:
        hosts.append(address[0])
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    return hosts


@pytest.mark.parametrize("portal", portals(), ids=lambda portal: portal.kind)
def test_its_source_kind_reads_a_portal_to_the_end(portal: DemoPortal, connected: list[str]) -> None:
    with serve_portals(first_port=0, portals=(portal,)) as addresses:
        source = portal.source(addresses[portal.name])
        settings = load_settings({}, harvest_allow=(addresses[portal.name].partition("//")[2],))
        with open_client(settings, source) as http:
            fetching = Fetching(source=source, http=http, secrets={"key": portal.key} if portal.key else {})
            items = list(source_kinds()[portal.kind].records(fetching))
    records = [item for item in items if isinstance(item, HarvestRecord)]
    assert len({record.identifier for record in records}) == len(records) == READS[portal.name]
    assert [item for item in items if isinstance(item, Problem) and item.severity is Severity.ERROR] == []
    assert set(connected) == {"127.0.0.1"}


def test_every_portal_has_an_own_port_and_stops_with_the_block() -> None:
    before = set(threading.enumerate())
    with serve_portals(first_port=0) as addresses:
        assert list(addresses) == [portal.name for portal in portals()]
        assert len(set(addresses.values())) == 5
        with urllib.request.urlopen(f"{addresses['demo-ckan']}/api/3/action/status_show") as answer:
            assert answer.status == 200
    assert [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()] == []
    with pytest.raises(OSError):
        urllib.request.urlopen(f"{addresses['demo-ckan']}/api/3/action/status_show", timeout=2)


def test_a_taken_port_leaves_nothing_running() -> None:
    before = set(threading.enumerate())
    with serve_portals(first_port=0, portals=portals()[:1]) as addresses:
        port = int(addresses["demo-ckan"].rpartition(":")[2])
        taken = replace(portals()[1], offset=0)
        with pytest.raises(OSError, match=f"Port {port} is taken"), serve_portals(first_port=port, portals=(taken,)):
            pass
    assert [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()] == []
