"""Search in a browser: completions while typing, corrections, nothing found; with scripts and without, wide and at 320 px.

QOIMA_PICTURES=folder keeps a picture of every state.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.test_accessibility import violations

TYPED = {"": "pop", "/kk": "хал", "/ru": "чис"}
MISSPELT = {"": "populaton", "/kk": "халққ", "/ru": "насиление"}
FOUND = {"": "ауаның", "/kk": "temperature", "/ru": "ауа температура"}


def kept(page: Page, name: str, prefix: str, width: int) -> None:
    if folder := os.environ.get("QOIMA_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{prefix.strip('/') or 'en'}-{width}.png", full_page=True)


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("prefix", TYPED)
def test_search_is_usable_in_every_state(opened: Open, prefix: str, width: int) -> None:
    with opened(f"{prefix}/dataset/", width=width) as page:
        page.locator("#q").press_sequentially(TYPED[prefix])
        page.locator("datalist option").first.wait_for(state="attached")
        assert all(TYPED[prefix] in one for one in page.locator("datalist option").evaluate_all("all => all.map(o => o.value)"))
        kept(page, "completions", prefix, width)
        for name, words in (("found", FOUND[prefix]), ("nothing", f"{MISSPELT[prefix]}&format=CSV")):
            page.goto(page.url.partition("?")[0] + f"?q={words}")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            kept(page, name, prefix, width)


def test_without_scripts_the_form_searches_and_offers_what_was_meant(opened: Open) -> None:
    with opened("/dataset/", scripts=False) as page:
        page.locator("#q").fill("populaton")
        page.locator("#q").press("Enter")
        page.locator(".meant a").click()
        assert "q=population" in page.url
        assert page.locator(".result").count() > 0
