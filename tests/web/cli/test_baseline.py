"""Describe and train from the command line: twice gives the same figures, and what is wrong is said with exit code 1."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from catalog.bootstrap import open_catalog
from catalog.settings import Settings
from tests.catalog.library import NAME, Library
from tests.catalog.test_baseline import levels
from web.cli import main

SPLITS = ("--split", "train=0.6", "--split", "validation=0.2", "--split", "test=0.2")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set the environment to a catalogue that holds a table of levels."""
    folder = tmp_path / "var"
    monkeypatch.setenv("QOIMA_HOME", str(folder))
    catalog = open_catalog(Settings(home=folder))
    Library(catalog, tmp_path).release(levels=levels())
    catalog.close()
    return folder


def qoima(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def told(*arguments: str) -> Any:
    done = qoima(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_describe_then_train_twice_gives_identical_figures(home: Path) -> None:
    described = told("dataset", "describe", NAME, "--target", "level", "--key", "id", *SPLITS)
    assert sum(described["splits"]["levels"].values()) == 300
    assert list(described["splits"]["levels"]) == ["train", "validation", "test"]
    first, second = told("baseline", NAME), told("baseline", NAME)
    assert first["card"] == second["card"]
    assert (first["change"], second["change"]) == ("changed", "unchanged")
    (card,) = json.loads(qoima("dataset", "show", NAME).stdout)["ml"]["model_cards"]
    assert card["metrics"] == first["card"]["metrics"]


def test_the_scores_are_shown_beside_the_floor(home: Path) -> None:
    qoima("dataset", "describe", NAME, "--target", "alarm", "--task", "classification", "--key", "id", *SPLITS)
    shown = qoima("baseline", NAME, "--distribution", "levels").stdout
    for words in ("accuracy", "macro F1", "LogisticRegression", "validation", "test", "Qoima baseline"):
        assert words in shown


def test_statements_and_cards_are_described_and_taken_back(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "card.json"
    path.write_text(json.dumps({"name": "Forest", "metrics": [{"name": "MAE", "value": 3.5, "split": "test"}]}))
    options = ("--rai", "dataBiases=Мало постов.", "--language", "ru", "--model-card", str(path))
    described = told("dataset", "describe", NAME, *options)["ml"]
    assert described["responsible_ai"] == {"dataBiases": {"ru": "Мало постов."}}
    assert described["model_cards"][0]["metrics"] == [{"name": "MAE", "value": 3.5, "split": "test"}]
    cleared = told("dataset", "describe", NAME, "--clear", "dataBiases", "--clear", "model_cards.Forest")["ml"]
    assert cleared == {}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("dataset", "describe", NAME), 2, "Say what to describe"),
        (("dataset", "describe", NAME, "--split", "train"), 2, "write name=value"),
        (("dataset", "describe", NAME, "--split", "train=most"), 2, "write a split as train=0.8"),
        (("dataset", "describe", NAME, "--rai", "bias=x"), 1, "has no property 'bias'"),
        (("dataset", "describe", NAME, "--target", "depth"), 1, "No table of the dataset has the column depth"),
        (("dataset", "describe", NAME, "--key", "id"), 1, "Name the splits with their ratios"),
        (("dataset", "describe", NAME, "--clear", "colour"), 1, "no property 'colour' to clear"),
        (("dataset", "describe", "absent", "--target", "x"), 1, "no dataset named 'absent'"),
        (("baseline", NAME), 1, "qoima dataset describe rivers --target COLUMN"),
    ],
)
def test_what_is_wrong_is_said_in_words(home: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = qoima(*arguments)
    assert done.exit_code == code
    assert words in " ".join(done.stderr.split())


def test_without_the_extra_the_command_says_what_to_install(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    done = qoima("baseline", NAME)
    assert done.exit_code == 1
    assert "qoima[ml]" in done.stderr
