"""The operator verifies, exports and erases from the command line; one altered row is told with exit code 1."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.access import SYSTEM
from catalog.bootstrap import open_catalog
from catalog.settings import Settings
from tests.builders import a_dataset
from web.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QOIMA_HOME", str(tmp_path))
    catalog = open_catalog(Settings(home=tmp_path))
    catalog.publishing.publish(SYSTEM, a_dataset(), "First")
    catalog.publishing.withdraw(SYSTEM, "wells", "Wrong")
    catalog.close()
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["audit-log", *arguments])


def alter(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "catalog.db") as connection:
        connection.execute(statement)
    connection.close()


def test_a_whole_chain_is_said_to_be_whole(home: Path) -> None:
    head = run("head").output.strip()
    done = run("verify", "--head", head)
    assert (done.exit_code, head.partition(":")[0]) == (0, "2"), done.output


def test_one_altered_row_is_named(home: Path) -> None:
    alter(home, "update audit set target = 'lakes' where number = 1")
    done = run("verify")
    assert done.exit_code == 1
    assert "Entry 1 was altered" in done.output


def test_the_export_holds_every_entry(home: Path) -> None:
    entries = [json.loads(line) for line in run("export").output.splitlines()]
    assert [(entry["number"], entry["action"], entry["target"]) for entry in entries] == [
        (1, "publish", "wells"), (2, "withdraw", "wells"),
    ]  # fmt: skip


def test_a_person_is_erased(home: Path) -> None:
    assert "2 entries" in run("erase", "system", "--because", "Demand 12").output
    assert run("verify").exit_code == 0


def test_a_head_that_is_none_is_explained(home: Path) -> None:
    assert run("verify", "--head", "x").exit_code == 2
