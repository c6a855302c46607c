"""Plug-ins are found by walking a folder, and each answers to its own name."""

import sys
from pathlib import Path

import pytest

from harvesters.base import source_kinds
from schemas.plugins import discover
from schemas.profiles import profiles, readers


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "some_plugins"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text("class Plugin:\n    name = 'first'\n\nPLUGIN = Plugin()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield __import__("some_plugins")
    for module in [name for name in sys.modules if name.split(".")[0] == "some_plugins"]:
        del sys.modules[module]


def test_each_module_with_the_attribute_is_a_plugin_under_its_own_name(folder):
    assert list(discover(folder, "PLUGIN")) == ["first"]


def test_two_plugins_of_one_name_are_refused(folder):
    (Path(folder.__path__[0]) / "two.py").write_text("class Plugin:\n    name = 'first'\n\n\nPLUGIN = Plugin()\n")
    with pytest.raises(ValueError, match="rename one"):
        discover(folder, "PLUGIN")


def test_the_standards_of_this_issue_are_there():
    assert {"ckan", "datapackage", "dcat", "schemaorg", "dcat_us", "qoima"} <= set(profiles())


def test_what_is_found_answers_to_the_name_it_is_found_by():
    for found in (profiles(), readers(), source_kinds()):
        assert found
        assert all(plugin.name == name for name, plugin in found.items())


def test_every_profile_names_a_format_and_its_losses():
    for profile in profiles().values():
        assert profile.title
        assert all("/" in each.media_type and each.extension[:1].isalnum() for each in profile.formats)
        assert profile.formats
        assert isinstance(profile.losses, frozenset)
