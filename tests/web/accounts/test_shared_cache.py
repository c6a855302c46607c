"""A shared cache in front of the site never gives to one person what another got."""

import getpass
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest
import requests
from flask import Flask
from werkzeug.serving import make_server

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from schemas.access import AccessLevel
from tests.browser.conftest import Quiet
from tests.payloads import missing
from tests.web.accounts.asking import BYTES, DOWNLOAD, PUBLISHER, READER, account, granted, inbox, sent
from tests.web.accounts.conftest import Browser
from tests.web.accounts.wells import RULE, publish
from tests.web.accounts.wells import wells as wells

CONFIG = """
daemon off; user {user}; pid {home}/pid; error_log {home}/error.log;
events {{}}
http {{
  access_log off; client_body_temp_path {home}/body; proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi; uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
  proxy_cache_path {home}/kept keys_zone=kept:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{site}; proxy_cache kept; proxy_cache_key $request_uri;
      proxy_cache_valid any 10m; add_header X-Cache $upstream_cache_status always;
    }}
  }}
}}
"""
"""Keeps all that the site does not forbid to keep, by address alone."""


@pytest.fixture
def cached(app: Flask, tmp_path: Path) -> Iterator[str]:
    """Return the address of nginx in front of the site."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        missing("nginx")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "nginx.conf").write_text(CONFIG.format(user=getpass.getuser(), home=tmp_path, port=port, site=server.port))
    with subprocess.Popen([program, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.log"]) as running:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
        running.terminate()
    server.shutdown()
    server.server_close()


def _wait(port: int) -> None:
    end = monotonic() + 20
    while monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.02)
    raise AssertionError("nginx did not start")


def test_one_persons_bytes_and_pages_are_never_anothers(wells: Catalog, browser: Browser, cached: str) -> None:
    publisher, reader = browser(PUBLISHER), browser(READER)
    mine = granted(reader, publisher)
    token = wells.tokens.make_for(SYSTEM, account(wells), "notebook", ["dataset:read", "dataset:download"]).secret
    own = {"Authorization": f"Bearer {token}"}
    for _ in range(2):
        first, other = requests.get(cached + DOWNLOAD, headers=own, timeout=30), requests.get(cached + DOWNLOAD, timeout=30)
        assert (first.status_code, first.content, first.headers["X-Cache"]) == (200, BYTES, "MISS")
        assert other.status_code == 403 and BYTES not in other.content
    session = reader.get_cookie("qoima_session")
    assert session
    page = requests.get(f"{cached}/dataset/wells", cookies={"qoima_session": session.value}, timeout=30)
    assert "Reader" in page.text and "Reader" not in requests.get(f"{cached}/dataset/wells", timeout=30).text
    sent(publisher, f"{inbox(mine)}/revoke", inbox(mine), because="The study was stopped")
    assert requests.get(cached + DOWNLOAD, headers=own, timeout=30).status_code == 403


def test_what_is_open_is_kept_for_all(wells: Catalog, cached: str) -> None:
    publish(wells, replace(RULE, level=AccessLevel.OPEN, purposes=(), duties=()))
    answers = [requests.get(cached + DOWNLOAD, timeout=30) for _ in range(2)]
    assert [answer.content for answer in answers] == [BYTES, BYTES]
    assert answers[1].headers["X-Cache"] == "HIT"
