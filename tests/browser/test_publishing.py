"""In Chromium a clerk publishes a table, a publisher approves, a visitor finds and downloads it; axe finds nothing on the way."""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from catalog.access import SYSTEM
from catalog.access.base import Role
from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings
from tests.browser.conftest import Quiet
from tests.browser.test_accessibility import violations
from tests.web.pages.wizard.conftest import WRONG
from web import create_app

PASSWORD = "seven grey wolves sing"
STEPS = (
    "", "/files", "/step/describe", "/columns", "/step/licence", "/step/coverage", "/step/responsibility",
    "/step/machine-learning", "/check",
)  # fmt: skip

WRONG_ANSWERS = (
    ("/files", "#url", "nowhere", "button[value=link]"),
    ("/step/describe", "#name", "Two Words", "form.step-form button"),
    ("/columns", "#header", "first", "button[value=dialect]"),
    ("/columns", "input[name$=pattern]", "(", "button[value=check]"),
    ("/step/licence", "#embargo", "soon", "form.step-form button"),
    ("/step/coverage", "#start", "soon", "form.step-form button"),
    ("/step/responsibility", "#owner", "x" * 100_001, "form.step-form button"),
    ("/step/machine-learning", "#train", "most", "form.step-form button"),
    ("/check", "", "", "form button[name=do][value=send], main form button:not([name])"),
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    catalog = open_catalog(Settings(home=tmp_path_factory.mktemp("publishing")))
    catalog.people.ensure_agency(SYSTEM, "water-agency", "Water Agency", "en")
    for name, role in (("clerk", Role.EDITOR), ("publisher", Role.PUBLISHER)):
        catalog.people.add(SYSTEM, f"{name}@water.kz", name.title(), PASSWORD)
        catalog.people.give(SYSTEM, f"{name}@water.kz", "water-agency", role)
    yield catalog
    catalog.close()


@pytest.fixture(scope="module")
def address(catalogue: Catalog) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(catalog=catalogue), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "Су_деңгейі_2025.csv"
    path.write_bytes(WRONG)
    return path


Enter = Callable[..., Page]


@pytest.fixture
def enter(chromium: Browser, address: str) -> Iterator[Enter]:
    """Return a function that opens a browser of its own, signed in as somebody unless nobody is named."""
    contexts = []

    def signed_in(who: str = "", *, scripts: bool = True, width: int = 1280) -> Page:
        context = chromium.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 900}, locale="en")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        if who:
            page.goto(f"{address}/account/sign-in")
            page.fill("#email", f"{who}@water.kz")
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def begin(page: Page, address: str, table: Path) -> str:
    page.goto(f"{address}/dataset/new")
    page.set_input_files("#upload", table)
    page.get_by_role("button", name="Send and go on").click()
    page.wait_for_url("**/step/describe")
    return page.url.removesuffix("/step/describe")


def describe(page: Page, name: str) -> None:
    for code, title in (("kk", "Өзеннің су деңгейі"), ("ru", "Уровень воды в реке"), ("en", "Water level of the river")):
        page.fill(f"#title-{code}", title)
        page.fill(f"#description-{code}", f"{title}. 2025.")
    page.locator("details.fold > summary").first.click() if page.locator("details.fold:not([open])").count() else None
    page.fill("#name", name)
    page.get_by_role("button", name="Save and go on").click()


def fill_the_rest(page: Page) -> None:
    page.get_by_label("Licence").select_option("http://creativecommons.org/licenses/by/4.0/")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("How often the dataset is updated").select_option(label="annual")
    page.get_by_role("button", name="Save and go on").click()
    for place in ("owner", "steward", "quality_officer"):
        page.fill(f"#{place}", "Water office")
    page.fill("#legal_basis-kk", "Су кодексі")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Save and go on").click()


def publish(enter: Enter, address: str, table: Path, name: str, *, scripts: bool) -> None:
    clerk = enter("clerk", scripts=scripts)
    begin(clerk, address, table)
    describe(clerk, name)
    expect(clerk.locator("td.bad")).to_contain_text("2025-02-31")
    clerk.get_by_label("What it holds").nth(1).select_option("string")
    clerk.get_by_role("button", name="Save and check again").click()
    expect(clerk.get_by_text("Every value fits its column.")).to_be_visible()
    clerk.get_by_role("button", name="Save and go on").click()
    fill_the_rest(clerk)
    clerk.get_by_role("button", name="Send to review").click()
    expect(clerk.get_by_role("heading", name="Waits for approval")).to_be_visible()
    publisher = enter("publisher", scripts=scripts)
    publisher.goto(f"{address}/organization/water-agency/dashboard")
    publisher.get_by_role("region", name="Drafts").get_by_role("link").first.click()
    publisher.get_by_role("link", name="Check and publish").click()
    publisher.get_by_role("button", name="Approve and publish").click()
    publisher.wait_for_url(f"**/dataset/{name}")
    visitor = enter(scripts=scripts)
    visitor.goto(f"{address}/dataset/?q=деңгейі")
    visitor.locator(f"a[href$='/dataset/{name}']").first.click()
    download = visitor.locator("a[href*='/download/']").first.get_attribute("href")
    got = visitor.request.get(f"{address}{download}").body()
    assert hashlib.sha256(got).hexdigest() == hashlib.sha256(WRONG).hexdigest()


def test_from_the_clerk_to_the_visitor(enter: Enter, address: str, table: Path) -> None:
    publish(enter, address, table, "river-level", scripts=True)


def test_the_same_without_javascript(enter: Enter, address: str, table: Path) -> None:
    publish(enter, address, table, "river-level-plain", scripts=False)


def test_no_step_has_violations_in_three_languages_also_with_errors(enter: Enter, address: str, table: Path) -> None:
    page = enter("clerk")
    draft = begin(page, address, table).removeprefix(address)
    found = []
    for language in ("", "/kk", "/ru"):
        for step in STEPS if language == "/kk" else STEPS[:1]:  # a page with errors holds all that it holds without
            page.goto(f"{address}{language}{draft}{step}")
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            found += [f"{language}{step}: {one}" for one in violations(page)]
        wrong = {"/kk": WRONG_ANSWERS, "": WRONG_ANSWERS[::2], "/ru": WRONG_ANSWERS[1::2]}[language]
        for step, field, answer, button in wrong:
            page.goto(f"{address}{language}{draft}{step}")
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            if field:
                page.locator(field).first.fill(answer)
            page.locator(button).first.click()
            expect(page.locator(".govuk-error-summary"), f"{language}{step}").to_be_focused()
            assert re.match("Error: |Қате: |Ошибка: ", page.title())
            found += [f"{language}{step} with an error: {one}" for one in violations(page)]
        for other in ("/dataset/new", "/organization/water-agency/dashboard"):
            page.goto(f"{address}{language}{other}")
            found += [f"{language}{other}: {one}" for one in violations(page)]
    assert found == []


def test_a_page_that_waits_for_a_file_shows_the_result_by_itself(
    enter: Enter, address: str, table: Path, catalogue: Catalog
) -> None:
    page = enter("clerk")
    page.clock.install()
    draft = begin(page, address, table)
    key = f"draft:{draft.rpartition('/')[2]}"
    with catalogue.store.write() as work:
        [file] = work.files.of(key)
        work.files.put(replace(file, checked=""))
    page.goto(f"{draft}/files")
    expect(page.locator("[data-live]")).to_be_visible()
    with catalogue.store.write() as work:
        work.files.put(file)
    page.clock.fast_forward(11_000)
    expect(page.get_by_text("rows with errors: see them")).to_be_visible()
    expect(page.locator("[data-live]")).to_have_count(0)


def test_every_step_fits_a_narrow_screen(enter: Enter, address: str, table: Path) -> None:
    page = enter("clerk", width=320)
    draft = begin(page, address, table).removeprefix(address)
    wide = {}
    for step in (*STEPS, "/step/describe"):
        page.goto(f"{address}/kk{draft}{step}")
        wide[step] = page.evaluate("document.documentElement.scrollWidth")
    assert set(wide.values()) == {320}, wide


def go_to(page: Page, what: str, words: str = "") -> None:
    """Press Tab until something has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        here = "([what, words]) => document.activeElement.matches(what) && document.activeElement.textContent.includes(words)"
        if page.evaluate(here, [what, words]):
            return
    raise AssertionError(f"Tab leads to no {what} {words}")


def press(page: Page, what: str, words: str) -> None:
    go_to(page, what, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_dataset_is_sent_to_review_by_keyboard_alone(enter: Enter, address: str, table: Path) -> None:
    page = enter("clerk")
    page.on("filechooser", lambda chooser: None)  # asked of the browser long before the first is opened, which may else be missed
    press(page, "header a, nav a", "Desk")
    press(page, "a", "Publish a dataset")
    go_to(page, "#upload")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(table)
    go_to(page, "button", "Send and go on")
    page.keyboard.press("Enter")
    page.wait_for_url("**/step/describe")
    for place in ("title-en", "description-en"):
        go_to(page, f"#{place}")
        page.keyboard.press("Control+A")
        page.keyboard.type("Water level without a mouse")
    press(page, "button", "Save and go on")
    go_to(page, "#c1-kind")
    page.keyboard.press("Home")
    press(page, "button", "Save and check again")
    expect(page.get_by_text("Every value fits its column.")).to_be_visible()
    press(page, "button", "Save and go on")
    go_to(page, "#licence")
    page.keyboard.press("ArrowDown")
    go_to(page, "[name=level]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#level-1")).to_be_checked()
    press(page, "button", "Save and go on")
    go_to(page, "#accrual_periodicity")
    page.keyboard.press("ArrowDown")
    press(page, "button", "Save and go on")
    for place in ("owner", "steward", "quality_officer", "legal_basis-en"):
        go_to(page, f"#{place}")
        page.keyboard.type("Water office")
    press(page, "button", "Save and go on")
    press(page, "button", "Save and go on")
    press(page, "button", "Send to review")
    expect(page.get_by_role("heading", name="Waits for approval")).to_be_visible()
