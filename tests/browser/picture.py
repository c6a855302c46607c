"""Takes the README's picture: `python -m tests.browser.picture [ADDRESS] [DATASET]` while the demo is served."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).with_name("dataset-page.png")


def main(address: str = "http://127.0.0.1:8000", dataset: str = "household-recycling") -> None:
    """Write the picture of a dataset page, as a reader with a small laptop sees it first."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        page.goto(f"{address}/dataset/{dataset}")
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
