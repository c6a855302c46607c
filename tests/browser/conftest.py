"""Chromium over the sample catalogue, served on loopback."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from catalog.bootstrap import open_catalog
from catalog.settings import Settings
from tests.payloads import missing
from tests.web.pages.site import fill
from web import create_app

CHROMIUM = Path("/usr/bin/chromium")


class Quiet(WSGIRequestHandler):
    """Serves without a line for every request."""

    def log_request(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    catalog = open_catalog(Settings(home=tmp_path_factory.mktemp("browser")))
    fill(catalog)
    server = make_server("127.0.0.1", 0, create_app(catalog=catalog), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    catalog.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        missing("Chromium")
    expect.set_options(timeout=30_000)  # a busy machine is no fault of the page
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def opened(chromium: Browser, site: str) -> Open:
    """Return a function that opens a page; what the console complains of fails the test."""

    @contextmanager
    def open_page(address: str, *, width: int = 1280, scripts: bool = True, cookie: str = "", **options: Any) -> Iterator[Page]:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts, **options)
        if cookie:
            context.add_cookies([{"name": "qoima_view", "value": cookie, "url": site}])
        page, complaints = context.new_page(), list[str]()
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site + address)
        yield page
        context.close()
        assert complaints == []

    return open_page


@pytest.fixture
def chromium_page(chromium: Browser) -> Iterator[Page]:
    """Return an empty page whose complaints do not matter (an error page is one)."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()
