"""Croissant from the command line: the document is tried out again, exported, and what is missing is said with exit code 1."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from catalog.bootstrap import open_catalog
from catalog.settings import Settings
from tests.catalog.library import NAME, Library
from tests.catalog.tables.test_croissant import describe
from web.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Set the environment to a catalogue with one dataset that has a licence."""
    monkeypatch.setenv("QOIMA_HOME", str(tmp_path / "var"))
    library = Library(open_catalog(Settings(home=tmp_path / "var")), tmp_path)
    describe(library, "a")
    library.release(a=b"x\n1\n")
    return library


def test_a_document_is_tried_out_and_exported(home: Library) -> None:
    tried = CliRunner().invoke(main, ["dataset", "croissant", NAME, "--json"])
    assert (tried.exit_code, json.loads(tried.stdout)["loaded"]) == (0, {"a": 1})
    exported = CliRunner().invoke(main, ["dataset", "export", NAME, "--as", "croissant.jsonld"])
    assert json.loads(exported.stdout)["recordSet"][0]["@id"] == "a"
    packed = CliRunner().invoke(main, ["dataset", "export", NAME, "--as", "datapackage.json"])
    assert [one["name"] for one in json.loads(packed.stdout)["resources"]] == ["a", "a-parquet"]


def test_what_is_missing_is_said(home: Library) -> None:
    home.publish("a")
    tried = CliRunner().invoke(main, ["dataset", "croissant", NAME])
    assert tried.exit_code == 1
    assert "The licence is missing" in tried.output
