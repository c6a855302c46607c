"""axe finds nothing on any page, in three languages, wide and at 320 px, in the version for weak sight and in forced colours."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import Open

PAGES = {
    "home": "/", "search": "/dataset/?q=население&format=CSV", "dataset": "/dataset/population-by-region",
    "file": "/dataset/air-temperature/resource/readings", "agency": "/organization/bureau", "run": "/harvest/run/2",
    "rows": "/dataset/measurements/resource/long?page=2", "map": "/dataset/measurements/resource/map",
}  # fmt: skip
OTHERS = (
    "/dataset/measurements/resource/wide?columns=c2&from=25", "/dataset/measurements/resource/long?query=zzz",
    "/dataset/late-measurements/resource/waits", "/dataset/measurements/resource/page",
    "/dataset/measurements/resource/pictures",
    "/dataset/?q=zzz&format=CSV", "/dataset/health-checkups", "/dataset/photos", "/dataset/population-by-region/versions",
    "/dataset/?q=population%20zzz",
    "/wanted/", "/wanted/new?title=population",
    "/organization/", "/harvest/", "/harvest/source/egov-sample", "/api/docs", "/about",
)  # fmt: skip
QUALITY = ("/dataset/population-by-region/quality", "/organization/bureau/quality", "/quality")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
FOUND = """async (options) => (await axe.run(options)).violations.flatMap(
    (one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`))"""


def violations(page: Page) -> list[str]:
    """Return what axe finds; what it found well stays in the browser, since all of it is megabytes."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(FOUND, OPTIONS)
    return found


@pytest.mark.parametrize("prefix", ["", "/kk", "/ru"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_have_no_violations_and_fit_the_width(opened: Open, name: str, prefix: str) -> None:
    with opened(prefix + PAGES[name]) as page:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", OTHERS)
def test_other_pages_have_none_either(opened: Open, address: str) -> None:
    with opened("/kk" + address, width=320) as page:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", [prefix + address for prefix in ("", "/kk", "/ru") for address in QUALITY])
def test_reports_of_quality_have_none_either(opened: Open, address: str) -> None:
    with opened(address, width=320) as page:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("cookie", ["s2nb", "s3wd"])
@pytest.mark.parametrize("name", ["home", "search", "dataset", "file", "run"])
def test_the_version_for_weak_sight_has_none_either(opened: Open, name: str, cookie: str) -> None:
    with opened("/ru" + PAGES[name], cookie=cookie) as page:
        assert violations(page) == []


@pytest.mark.parametrize("name", ["home", "search", "dataset"])
def test_forced_colours_have_none_either(opened: Open, name: str) -> None:
    with opened(PAGES[name], forced_colors="active") as page:
        assert violations(page) == []


@pytest.mark.parametrize("address", [
    "/dataset/?sort=best", "/dataset/?page=999", "/nothing", "/dataset/old-register",
    "/dataset/measurements/resource/long?where=%22x", "/dataset/measurements/resource/long?page=9",
])  # fmt: skip
def test_error_pages_have_none_either(chromium_page: Page, site: str, address: str) -> None:
    chromium_page.goto(f"{site}/kk{address}")
    assert violations(chromium_page) == []
