"""A person says how a table is to be read, by the command line; that outlasts harvests and is tried at once."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.access import VISITOR, harvester
from catalog.bootstrap import Catalog
from catalog.harvests.records import HarvestSource
from catalog.publishing import Origin
from catalog.records import FileRecord, FileState
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from web.cli import main

PORTAL = Origin(source="portal", kind="ckan", files="copy")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["dataset", *words])


def published(catalog: Catalog, folder: Path, content: bytes, version: str = "1") -> None:
    file = Distribution(id="csv", download_url="https://example.org/rivers.csv", format="CSV", encoding="utf-8")
    dataset = Dataset(name="rivers", title={"en": "Rivers"}, version=version, distribution=(file,))
    catalog.publishing.publish(harvester("portal"), dataset, "harvested", PORTAL)
    digest = hashlib.sha256(content).hexdigest()
    (folder / "bytes").write_bytes(content)
    catalog.files_store.put(folder / "bytes", digest)
    with catalog.store.write() as work:
        work.harvests.put_source(HarvestSource(name="portal", kind="ckan", url="https://example.org", language="en"))
        record = FileRecord(dataset="rivers", distribution="csv", state=FileState.STORED, sha256=digest, filename="rivers.csv")
        work.files.put(record, source="portal")


@pytest.fixture
def home(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QOIMA_HOME", str(catalog.settings.home))


@pytest.mark.usefixtures("home")
def test_an_encoding_is_corrected_and_stays_after_the_next_harvest(catalog: Catalog, tmp_path: Path) -> None:
    published(catalog, tmp_path, "ом;км\n1;2450\n".encode("cp1251"))
    catalog.validation.check_waiting("portal", lambda done, total: None)
    wrong = catalog.reading.entry(VISITOR, "rivers").files[0].table
    assert wrong and wrong["labels"][0] != "ом"
    assert any("encoding is uncertain" in note for note in wrong["notes"])
    told = run("dialect", "rivers", "csv", "--encoding", "cp1251")
    assert (told.exit_code, "ом" in told.output) == (0, True), told.output
    published(catalog, tmp_path, "ом;км\n1;2450\n2;7\n".encode("cp1251"), version="2")
    catalog.validation.check_waiting("portal", lambda done, total: None)
    right = catalog.reading.entry(VISITOR, "rivers").files[0].table
    assert right and (right["labels"], right["encoding"], right["rows"]) == (["ом", "км"], "cp1251", 2)
    assert "Corrected" not in run("dialect", "rivers", "csv", "--clear").output
    assert catalog.reading.entry(VISITOR, "rivers").dataset.distribution[0].correction == {}


@pytest.mark.usefixtures("home")
def test_a_correction_that_does_not_read_the_file_is_said(catalog: Catalog, tmp_path: Path) -> None:
    published(catalog, tmp_path, "река;км\n".encode("cp1251"))
    told = run("dialect", "rivers", "csv", "--encoding", "utf-8")
    assert told.exit_code == 1
    assert "This text is not UTF-8: byte 0 in line 1" in told.output


@pytest.mark.usefixtures("home")
def test_a_file_that_is_not_there_is_said(catalog: Catalog, tmp_path: Path) -> None:
    published(catalog, tmp_path, b"a\n1\n")
    assert "it has csv" in run("dialect", "rivers", "xlsx", "--header", "2").output
    assert run("dialect", "nowhere", "csv", "--header", "2").exit_code == 1


@pytest.mark.parametrize("wrong", [
    ["--encoding", "nothing"], ["--delimiter", ";;"], ["--header", "-1"], ["--colour", "red"], ["--schema", "nowhere.json"],
])  # fmt: skip
def test_wrong_use_ends_with_two(wrong: list[str], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    assert run("validate", str(tmp_path / "t.csv"), *wrong).exit_code == 2


def test_a_local_file_is_read_as_said(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("1;2\n3;4\n")
    assert run("validate", str(tmp_path / "t.csv")).output.count("header is uncertain") == 1
    told = run("validate", str(tmp_path / "t.csv"), "--header", "0", "--delimiter", ";")
    assert (told.exit_code, "field2" in told.output, "2 rows" in told.output) == (0, True, True), told.output


def test_one_table_of_an_archive_is_chosen(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")
        archive.writestr("b.csv", "c,d\n1,2\n")
    refused = run("validate", str(tmp_path / "two.zip"))
    assert (refused.exit_code, "(a.csv, b.csv); name one of them (--member)" in refused.output) == (1, True), refused.output
    assert "c ┃ d" in run("validate", str(tmp_path / "two.zip"), "--member", "b.csv").output
    assert "holds no 'c.csv'" in run("validate", str(tmp_path / "two.zip"), "--member", "c.csv").output


def test_the_report_is_frictionless_own(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,n\n1,2\nx,3\n")
    (tmp_path / "s.json").write_text('{"fields": [{"name": "id", "type": "integer"}, {"name": "n", "type": "integer"}]}')
    told = run("validate", str(tmp_path / "t.csv"), "--schema", str(tmp_path / "s.json"), "--json")
    report = json.loads(told.output)
    assert (told.exit_code, report["valid"], report["stats"]["errors"]) == (1, False, 1)
    assert report["tasks"][0]["errors"][0]["type"] == "type-error"


def test_what_a_terminal_would_obey_is_not_printed(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n\x1b[31mred,[bold]2\n")
    told = run("validate", str(tmp_path / "t.csv")).output
    assert "\x1b[31m" not in told
    assert "[bold]2" in told
