"""What readers do: search, filter, copy code, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_goes_from_the_home_page_to_a_download(opened: Open, scripts: bool) -> None:
    with opened("/ru/", scripts=scripts) as page:
        page.fill("#q", "населения")
        page.press("#q", "Enter")
        page.click("text=Численность населения по областям")
        expect(page.locator("h1")).to_have_text("Численность населения по областям")
        assert "/resource/csv/download/" in (page.locator(".get-button").get_attribute("href") or "")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_filter_is_chosen_by_form(opened: Open, scripts: bool) -> None:
    with opened("/dataset/", scripts=scripts) as page:
        page.check("input[name=access][value=residents]")
        page.click("text=Apply")
        expect(page.get_by_role("status")).to_have_text("1 dataset")


def test_without_scripts_all_code_is_shown(opened: Open) -> None:
    with opened("/dataset/population-by-region", scripts=False) as page:
        assert page.locator(".snippet:visible").count() >= 5


def test_with_scripts_code_is_in_tabs_that_the_keyboard_reaches(opened: Open) -> None:
    with opened("/dataset/population-by-region") as page:
        expect(page.locator(".snippet:visible")).to_have_count(1)
        page.get_by_role("tab", name="curl").focus()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name="pandas")).to_be_focused()
        expect(page.locator(".snippet:visible code")).to_contain_text("import pandas as pd")


def test_what_is_copied_is_the_code(opened: Open) -> None:
    with opened("/dataset/population-by-region", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.get_by_role("tab", name="polars").click()
        shown = page.locator(".snippet:visible code").text_content()
        page.locator(".snippet:visible .copy").click()
        expect(page.locator(".snippet:visible .copy")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == shown


def test_the_version_for_weak_sight_is_switched_on_and_off_without_scripts(opened: Open) -> None:
    with opened("/kk/dataset/population-by-region", scripts=False) as page:
        page.click("button[value=on]")
        expect(page.locator("html.view-2")).to_have_count(1)
        assert page.url.endswith("/kk/dataset/population-by-region")
        page.click("button[value=dark]")
        expect(page.locator("html.view-dark")).to_have_count(1)
        page.click("button[value=off]")
        expect(page.locator("html.view")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_bar_leads_to_its_rows_and_a_row_has_an_address(opened: Open, scripts: bool) -> None:
    with opened("/dataset/measurements/resource/long", scripts=scripts) as page:
        bar = page.locator(".histogram .hits a").nth(3)
        words = bar.locator("title").text_content() or ""
        bar.click()
        expect(page.get_by_label("Filter")).to_have_value(re.compile(r'"number" >= '))
        assert page.locator("tbody tr[id^=row-]").count() == int(words.rpartition(" ")[2])
        page.locator(".preview .grid-row a").last.click()
        expect(page.locator("tr:target")).to_be_visible()


def test_bars_are_reached_by_keyboard_through_the_table_of_numbers(opened: Open) -> None:
    with opened("/dataset/measurements/resource/long") as page:
        page.locator("#column-1 summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("#column-1 .stat-table a").first).to_be_focused()


def test_the_head_of_the_rows_stays_in_sight(opened: Open) -> None:
    with opened("/dataset/measurements/resource/long?page=1") as page:
        region = page.get_by_role("region", name="Rows of long.csv")
        region.focus()
        before = region.locator("thead th").nth(1).bounding_box()
        region.evaluate("region => { region.scrollTop = 1000 }")
        assert region.locator("thead th").nth(1).bounding_box() == before


def test_a_map_that_can_be_moved_comes_on_click_and_leads_to_rows(opened: Open) -> None:
    with opened("/dataset/measurements/resource/map") as page:
        assert page.locator("script[src*=leaflet]").count() == 0
        page.get_by_role("button", name="Interactive map").click()
        expect(page.locator(".live-map path.leaflet-interactive")).to_have_count(3)
        expect(page.locator(".live-map .map-land")).to_have_count(1)
        page.locator(".live-map path.leaflet-interactive").last.click()
        page.locator(".leaflet-popup a[href*=row]").click()
        expect(page.locator("tr:target")).to_contain_text("Almaty")


def test_pictures_of_an_archive_are_drawn(opened: Open) -> None:
    with opened("/dataset/measurements/resource/pictures", width=320) as page:
        expect(page.get_by_role("img", name="cat/1.png")).to_have_js_property("naturalWidth", 1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
