"""A site with an agency, its people and a steward; `browser` signs somebody in."""

import re
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from catalog.access import SYSTEM
from catalog.access.base import Role, SiteRole
from catalog.accounts import passwords
from catalog.bootstrap import Catalog
from web import create_app

PASSWORD = "seven grey wolves sing"
PEOPLE = {"editor": Role.EDITOR, "publisher": Role.PUBLISHER, "admin": Role.ADMINISTRATOR}


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def staffed(catalog: Catalog) -> Catalog:
    for agency in ("water-agency", "road-agency"):
        catalog.people.ensure_agency(SYSTEM, agency, "", "en")
        for name, role in PEOPLE.items():
            email = f"{name}@{agency}.kz"
            catalog.people.add(SYSTEM, email, name, PASSWORD)
            catalog.people.give(SYSTEM, email, agency, role)
    catalog.people.add(SYSTEM, "steward@example.kz", "Steward", PASSWORD)
    catalog.people.give_site(SYSTEM, "steward@example.kz", SiteRole.STEWARD)
    return catalog


@pytest.fixture
def app(staffed: Catalog) -> Flask:
    return create_app(catalog=staffed)


Browser = Callable[[str], FlaskClient]


@pytest.fixture
def browser(app: Flask) -> Browser:
    def signed_in(email: str, password: str = PASSWORD) -> FlaskClient:
        client = app.test_client()
        assert client.post("/account/sign-in", data={"email": email, "password": password}).status_code == 303
        return client

    return signed_in


def csrf(client: FlaskClient, address: str = "/account/") -> str:
    found = re.search(r'name="csrf_token" value="([0-9a-f]+)"', client.get(address).text)
    assert found
    return found[1]
