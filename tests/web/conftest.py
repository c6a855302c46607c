"""The site over the sample catalogue, made once for all tests that only read."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings
from tests.web.pages.site import fill
from web import create_app


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    catalog = open_catalog(Settings(home=tmp_path_factory.mktemp("api"), public_url="https://data.example.kz"))
    fill(catalog)
    yield catalog
    catalog.close()


@pytest.fixture(scope="session")
def client(filled: Catalog) -> FlaskClient:
    return create_app(catalog=filled).test_client()
