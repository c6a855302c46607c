"""What clerks, browsers and disks get wrong: a clear error, the form stays filled, nothing is lost."""

import errno
import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from catalog.access import VISITOR
from catalog.bootstrap import Catalog
from tests.cast import EDITOR, PUBLISHER
from tests.web.pages.wizard.conftest import As, form_of
from tests.web.pages.wizard.test_wizard import ANSWERABLE, COVERAGE, DESCRIBE, LICENCE, answer, press, upload


def test_a_title_of_a_megabyte_is_refused_and_kept_in_the_form(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft, long = upload(client, b"a,b\n1,2\n", "a.csv"), "x" * 2**20
    refused = answer(client, draft, "describe", DESCRIBE | {"title-en": long, "description-kk": "Сақталады"})
    assert refused.status_code == 400
    assert "A text has at most 100,000 characters" in refused.text and long in refused.text and "Сақталады" in refused.text


def test_more_than_a_form_may_hold_is_refused_with_the_limit(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client, b"a,b\n1,2\n", "a.csv")
    refused = client.post(f"{draft}/step/describe", data={"revision": "1", "title-en": "x" * (5 * 2**20)})
    assert refused.status_code == 413 and "4.2 MB" in refused.text.replace("\u00a0", " ")
    be(VISITOR)
    assert client.post("/dataset/new", data={"upload": (io.BytesIO(b"x" * 100_000), "a.csv")}).status_code == 413


def test_a_pattern_that_is_none_is_refused_and_the_columns_stay(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client, b"a,b\n1,2\n", "a.csv")
    columns = client.get(f"{draft}/columns", follow_redirects=True)
    address = re.search(r'action="([^"]+/columns/[^"]+)"', columns.text)[1]  # type: ignore[index]
    fields = {"c0-kind": "integer", "c0-pattern": "(", "c1-kind": "integer", "c1-unit": "km"}
    refused = client.post(address, data={**form_of(columns, address), **fields})
    assert refused.status_code == 400 and "This pattern is no regular expression" in refused.text
    kept = client.get(address).text
    assert 'name="c1-unit" value="km"' in kept and 'name="c0-pattern" value=""' in kept


def test_a_day_that_is_none_is_refused(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client, b"a,b\n1,2\n", "a.csv")
    refused = answer(client, draft, "coverage", COVERAGE | {"start": "soon"})
    assert refused.status_code == 400 and "Give a date such as 2026-11-23" in refused.text


def test_markdown_with_scripts_is_shown_without_them(client: FlaskClient, be: As) -> None:
    be(PUBLISHER)
    draft = upload(client, b"a,b\n1,2\n", "a.csv")
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    for step, answers in (
        ("describe", DESCRIBE | {"title-en": bad, "description-en": bad}), ("licence", LICENCE), ("coverage", COVERAGE),
        ("responsibility", ANSWERABLE),
    ):  # fmt: skip
        assert answer(client, draft, step, answers).status_code == 303
    assert press(client, draft, "publish").status_code == 303
    for page in ("/dataset/water-level", "/dataset/water-level/manage"):
        text = client.get(page).text
        assert "<script>alert" not in text and "<img src=x" not in text and 'href="javascript:' not in text


@pytest.mark.parametrize("name, body", [
    ("сурет.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ("бет.html", b"<!doctype html><script>alert(1)</script>"),
])  # fmt: skip
def test_pictures_and_pages_that_could_run_are_only_downloaded(client: FlaskClient, be: As, name: str, body: bytes) -> None:
    be(PUBLISHER)
    draft = upload(client, body, name)
    for step, answers in (("describe", DESCRIBE), ("licence", LICENCE), ("coverage", COVERAGE), ("responsibility", ANSWERABLE)):
        assert answer(client, draft, step, answers).status_code == 303
    assert press(client, draft, "publish", because="It is a picture.").status_code == 303
    be(VISITOR)
    page = client.get("/dataset/water-level").text
    link = next((part.partition('"')[0] for part in page.split('href="') if "/download/" in part.partition('"')[0]), "")
    got = client.get(link)
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff" and "default-src 'none'" in got.headers["Content-Security-Policy"]


def test_a_full_disk_is_told_and_changes_nothing(
    client: FlaskClient, be: As, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    be(EDITOR)
    draft = upload(client, b"a,b\n1,2\n", "a.csv")

    def full(path: Path, sha256: str) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(catalog.files_store, "put", full)
    hidden = form_of(client.get(f"{draft}/files"), "/files")
    refused = client.post(f"{draft}/files", data={**hidden, "do": "add", "upload": (io.BytesIO(b"c\n1\n"), "c.csv")})
    assert refused.status_code == 507 and "There is no room for this file" in refused.text and "a.csv" in refused.text


def test_what_is_missing_is_named_with_its_question(client: FlaskClient, be: As) -> None:
    be(EDITOR)
    draft = upload(client, b"a,b\n1,2\n", "a.csv")
    text = client.get(f"{draft}/check").text
    assert "Address of the dataset: This property is required." in text and "Say who answers for the quality" in text
