"""The site over a catalogue with two agencies, asked by somebody of the cast."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalog.access import Actor
from catalog.bootstrap import Catalog
from schemas.agents import Agency
from tests.leaks.crawler import act_as
from web import create_app

DAYS = [f"2025-01-{day:02}" for day in range(1, 32)] + [f"2025-03-{day:02}" for day in range(1, 32)]
TABLE = "станция;дата;уровень\n" + "".join(f"0{at}64А;{day};{at},5\n" for at, day in enumerate(DAYS))
WRONG = TABLE.replace("2025-03-17", "2025-02-31").encode("cp1251")
"""A table of 62 days as an office of ours writes it, with one day that no calendar has."""


@pytest.fixture
def site(catalog: Catalog) -> Flask:
    with catalog.store.write() as work:
        for name in ("water-agency", "road-agency"):
            work.agencies.put(Agency(name=name, title={"en": name.replace("-", " ").title()}))
    return create_app(catalog=catalog)


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    return site.test_client()


As = Callable[[Actor], None]


@pytest.fixture
def be(monkeypatch: pytest.MonkeyPatch) -> As:
    return lambda actor: act_as(monkeypatch, actor)


def form_of(answer: TestResponse, action: str = "") -> dict[str, str]:
    """Return the hidden fields of the first form of a page that goes to an address."""
    found = re.search(rf'<form[^>]*action="[^"]*{re.escape(action)}"[^>]*>(.*?)</form>', answer.text, re.S)
    assert found, answer.text
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[1]))

