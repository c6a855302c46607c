"""A site at which a test says who asks."""

from collections.abc import Callable

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from catalog.access import Actor
from catalog.bootstrap import Catalog
from schemas.agents import Agency
from tests.cast import PUBLISHER
from web import create_app


@pytest.fixture
def site(catalog: Catalog) -> Flask:
    with catalog.store.write() as work:
        for name in ("water-agency", "road-agency"):
            work.agencies.put(Agency(name=name, title={"en": name}))
    made = create_app(catalog=catalog)

    @made.before_request
    def act() -> None:
        if actor := made.config.get("ACTING"):
            g.actor = actor

    return made


@pytest.fixture
def acting(site: Flask) -> Callable[[Actor | None], FlaskClient]:
    def client(actor: Actor | None) -> FlaskClient:
        site.config["ACTING"] = actor
        return site.test_client()

    return client


@pytest.fixture
def client(acting: Callable[[Actor | None], FlaskClient]) -> FlaskClient:
    return acting(PUBLISHER)
