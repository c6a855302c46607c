"""Search in a browser: completions while typing, corrections, nothing found; with scripts and without, wide and at 320 px.

QOIMA_PICTURES=folder keeps a picture of every state.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

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
        assert violations(page) == []
        kept(page, "completions", prefix, width)
        for name, words in (("found", FOUND[prefix]), ("nothing", f"{MISSPELT[prefix]}&format=CSV")):
            page.goto(page.url.partition("?")[0] + f"?q={words}")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            kept(page, name, prefix, width)


@pytest.mark.parametrize("width", [1280, 320])
def test_a_box_is_chosen_on_a_map_that_fills_the_fields(opened: Open, width: int) -> None:
    with opened("/dataset/?q=population", width=width) as page:
        if width == 320:
            page.locator(".filters > summary").click()
        page.get_by_text("Dates, sizes and place").click()
        page.get_by_role("button", name="Choose on a map").click()
        page.get_by_role("button", name="Closer").click()
        expect(page.locator("#north")).not_to_have_value("")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        kept(page, "map", "", width)
        page.get_by_role("button", name="Apply").click()
        page.wait_for_url("**west=*")
        assert "rows_from" not in page.url and page.locator(".active li").count() == 2


def test_without_scripts_the_form_searches_and_offers_what_was_meant(opened: Open) -> None:
    with opened("/dataset/", scripts=False) as page:
        page.locator("#q").fill("populaton")
        page.locator("#q").press("Enter")
        kept(page, "plain", "", 1280)
        page.locator(".meant a").click()
        assert "q=population" in page.url
        assert page.locator(".result").count() > 0
