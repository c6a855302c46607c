"""The page of versions: files with their hashes, what changed between any two, and nothing of what is not open."""

import hashlib
import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.bootstrap import Catalog
from schemas.access import AccessLevel, AccessRule
from schemas.table import Field, TableSchema
from tests.catalog.library import Library
from web import create_app

OLD = b"station,level\nAqtau,3\nAral,4\n<script>,9\n"
NEW = b"station,level,unit\nAqtau,3,m\nAral,5,m\nAtyrau,1,m\n"


@pytest.fixture
def library(catalog: Catalog, tmp_path: Path) -> Library:
    """Two versions of `levels`, whose rows have a key."""
    made = Library(catalog, tmp_path)
    fields = (Field(name="station", type="string"), Field(name="level", type="integer"))
    made.publish("levels", schema=TableSchema(fields=fields, primary_key=("station",)))
    made.release(levels=OLD)
    wider = (*fields, Field(name="unit", type="string"))
    made.publish("levels", schema=TableSchema(fields=wider, primary_key=("station",)))
    made.release(levels=NEW)
    return made


@pytest.fixture
def site(library: Library) -> FlaskClient:
    return create_app(catalog=library.catalog).test_client()


def words(site: FlaskClient, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, answer.text[:300]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).replace("\u00a0", " ").split())


def test_every_version_is_shown_with_its_number_reason_files_and_hashes(site: FlaskClient) -> None:
    text = words(site, "/dataset/rivers/versions")
    assert "Version 2 – 2.0.0" in text and "Version 1 – 1.0.0" in text
    assert "levels.csv: 1 row added, 1 row removed, 1 row changed, column added: unit." in text
    assert text.index("Version 2") < text.index("Version 1 –") < text.index("History of the description")
    for link in re.findall(r'href="(/dataset/rivers/versions/\d/[^"]+)"', site.get("/dataset/rivers/versions").text):
        assert site.get(link).status_code == 200, link


def test_the_difference_names_columns_counts_and_the_cells_that_changed(site: FlaskClient) -> None:
    text = words(site, "/dataset/rivers/versions/1..2")
    for sentence in (
        "What changed from version 1 to version 2", "unit not there string", "Rows added 1", "Rows removed 1", "Rows changed 1",
        "Rows are matched by the primary key: station.", "Aral level 4 5", "Atyrau 1 m",
    ):  # fmt: skip
        assert sentence in text
    assert "&lt;script&gt;" in site.get("/dataset/rivers/versions/1..2").text


@pytest.mark.parametrize("prefix", ["", "/kk", "/ru"])
def test_two_versions_are_chosen_by_a_form_without_scripts(site: FlaskClient, prefix: str) -> None:
    answer = site.get(f"{prefix}/dataset/rivers/versions?from=2&to=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{prefix}/dataset/rivers/versions/2..1")
    assert site.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("path", ["1..3", "0..1", "99999999999..1", "x..1"])
def test_a_difference_to_a_version_that_is_not_there_is_not_found(site: FlaskClient, path: str) -> None:
    assert site.get(f"/dataset/rivers/versions/{path}").status_code == 404


def test_the_dataset_page_shows_the_newest_versions(site: FlaskClient) -> None:
    assert "2.0.0" in words(site, "/dataset/rivers") and "/dataset/rivers/versions/1..2" in site.get("/dataset/rivers").text


def test_older_versions_stand_on_further_pages(library: Library, site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.versions.SHOWN", 1)
    first = site.get("/dataset/rivers/versions").text
    assert 'id="version-2"' in first and 'id="version-1"' not in first
    older = site.get("/dataset/rivers/versions?before=2").text
    assert 'href="/dataset/rivers/versions?before=2"' in first and 'id="version-1"' in older


def test_a_dataset_without_files_says_that_there_is_no_version_yet(client: FlaskClient) -> None:
    text = words(client, "/dataset/photos/versions")
    assert "There is no version yet." in text and "History of the description" in text


def test_of_what_is_not_open_only_numbers_and_dates_are_shown(library: Library, site: FlaskClient) -> None:
    library.publish("levels", access=AccessRule(level=AccessLevel.ON_REQUEST))
    for address in ("/dataset/rivers/versions", "/dataset/rivers"):
        page = site.get(address).text
        assert "2.0.0" in page
        hashes = [hashlib.sha256(content).hexdigest()[:12] for content in (OLD, NEW)]
        assert not [word for word in ("unit", "1 row", "manifest", "Aral", "bundle.zip", *hashes) if word in page]
    assert "levels.csv" not in site.get("/dataset/rivers/versions").text
    assert site.get("/dataset/rivers/versions/1..2").status_code == 403
