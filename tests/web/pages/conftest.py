"""The site over the sample catalogue, made once for all tests of pages."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.bootstrap import Catalog, open_catalog
from catalog.settings import Settings
from tests.web.pages.site import fill
from web import create_app


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    catalog = open_catalog(Settings(home=tmp_path_factory.mktemp("site"), public_url="https://data.example.kz"))
    fill(catalog)
    yield catalog
    catalog.close()


@pytest.fixture(scope="session")
def app(filled: Catalog) -> Flask:
    return create_app(catalog=filled)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
