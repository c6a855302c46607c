"""The README's settings table is complete and says what the settings say."""

from dataclasses import fields
from pathlib import Path

from catalog.settings import Settings, variable

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")


def test_every_setting_stands_in_the_readme() -> None:
    rows = [f"| `{variable(f.name)}` | {f.metadata['about'].text} | `{f.metadata['about'].example}` |" for f in fields(Settings)]
    assert [row for row in rows if row not in README] == []


def test_the_readme_names_the_two_commands() -> None:
    assert "make run" in README and "make test" in README
