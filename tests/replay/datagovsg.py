"""Serves data.gov.sg as recorded in 2023, in its CKAN form: 1,932 names, and the one package that was recorded."""

from tests.loopback import Route
from tests.replay import ckan

_FOLDER = "b_datagovsg/ckan_api_2023"


def names() -> list[str]:
    """Return the recorded names."""
    listed: list[str] = ckan.read(f"{_FOLDER}/package_list.json")
    return listed


def recorded() -> str:
    """Return the name of the recorded package."""
    return str(ckan.read(f"{_FOLDER}/package_show.json")["name"])


def portal() -> dict[str, Route]:
    """Return the portal."""
    return ckan.shows(ckan.shown(f"{_FOLDER}/package_show.json"), names())
