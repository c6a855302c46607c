"""Versions on the command line: a list, and what changed between two, for people and for machines."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.bootstrap import open_catalog
from catalog.settings import Settings
from schemas.table import Field, TableSchema
from tests.catalog.library import NAME, Library
from web.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set the environment to a catalogue with two versions of one table."""
    folder = tmp_path / "var"
    monkeypatch.setenv("QOIMA_HOME", str(folder))
    catalog = open_catalog(Settings(home=folder))
    library = Library(catalog, tmp_path)
    fields = (Field(name="station", type="string"), Field(name="level", type="integer"))
    library.publish("levels", schema=TableSchema(fields=fields, primary_key=("station",)))
    library.release(levels=b"station,level\nAqtau,3\nAral,4\n")
    library.release(levels=b"station,level\nAqtau,3\nAral,5\n[red],1\n")
    catalog.close()
    return folder


def qoima(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_versions_are_listed_newest_first(home: Path) -> None:
    shown = qoima("dataset", "versions", NAME)
    assert shown.exit_code == 0 and shown.stdout.index("2.0.0") < shown.stdout.index("1.0.0")
    listed = json.loads(qoima("dataset", "versions", NAME, "--json", "--limit", "1").stdout)
    assert [(version["number"], version["files"][0]["rows"]) for version in listed] == [(2, 3)]


def test_what_changed_is_told_by_key(home: Path) -> None:
    shown = qoima("dataset", "diff", NAME, "1", "2")
    assert shown.stdout.splitlines() == [
        "MAJOR: levels.csv: 1 row added, 1 row changed.", "~ levels.csv Aral: level 4 → 5",
        "+ levels.csv [red]: station [red], level 1",
    ]  # fmt: skip
    assert json.loads(qoima("dataset", "diff", NAME, "1", "2", "--json").stdout)["level"] == "major"


def test_a_version_that_is_not_there_is_said_with_exit_code_1(home: Path) -> None:
    refused = qoima("dataset", "diff", NAME, "1", "9")
    assert refused.exit_code == 1 and "There is no version 9" in refused.stderr
