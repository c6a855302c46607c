"""Clients of the demo portals, without a server; the one refusal for being busy is taken first."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from web.demo import portals

FIRST = {
    "ckan": "/api/3/action/package_search",
    "datagovsg": "/v2/public/api/datasets",
    "dmi": "/v2/metObs/collections",
    "aihub": "/info/dataset.do",
    "egovkz": "/datasets/getdatasetsre",
}
AJAX = {"X-Requested-With": "XMLHttpRequest"}


def fresh(kind: str) -> FlaskClient:
    """Return a client of a portal that has just started."""
    return next(portal for portal in portals() if portal.kind == kind).app().test_client()


@pytest.fixture
def portal() -> Callable[[str], FlaskClient]:
    """Return a client of the portal of a kind, past its busy moment."""

    def open_portal(kind: str) -> FlaskClient:
        client = fresh(kind)
        assert client.get(FIRST[kind], headers=AJAX).status_code == 429
        return client

    return open_portal
