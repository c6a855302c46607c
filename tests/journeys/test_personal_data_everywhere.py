"""A table with valid IINs becomes public by no way in: form, API, CKAN's actions, harvest; the same without them by every one."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalog.access import VISITOR
from catalog.bootstrap import Catalog, open_catalog
from catalog.harvests.records import HarvestSource
from catalog.settings import Settings
from harvesters.base import source_kinds
from harvesters.runner import run_harvest
from schemas.agents import Agency
from tests.cast import PUBLISHER
from tests.catalog.test_personal_gate import BAD, GOOD, NUMBERS
from tests.harvesters.test_files_and_tables import Files, server  # noqa: F401 - a fixture
from tests.leaks.crawler import act_as
from tests.web.api.submissions.test_datasets import wells
from tests.web.pages.wizard.test_wizard import ANSWERABLE, COVERAGE, DESCRIBE, LICENCE, answer, upload
from web import create_app

PLAIN = GOOD.replace(b"place", b"secretcolumn")
Portal = tuple[str, dict[str, bytes]]


@pytest.fixture
def place(server: Portal, settings: Settings, clock: Any) -> Iterator[Catalog]:  # noqa: F811
    catalog = open_catalog(replace(settings, harvest_allow=(server[0].removeprefix("http://"),)), clock)
    with catalog.store.write() as work:
        work.agencies.put(Agency(name="water-agency", title={"en": "Water Agency"}))
    yield catalog
    catalog.close()


@pytest.fixture
def client(place: Catalog, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    act_as(monkeypatch, PUBLISHER)
    return create_app(catalog=place).test_client()


def taken(answer: TestResponse, status: int) -> bool:
    assert answer.status_code == status or "Personal data seem to stand" in answer.text, answer.text
    return answer.status_code == status


def by_form(client: FlaskClient, catalog: Catalog, name: str, body: bytes, portal: Portal) -> bool:
    draft = upload(client, body, "people.csv")
    described = (("describe", DESCRIBE | {"name": name}), ("licence", LICENCE), ("coverage", COVERAGE))
    for step, answers in (*described, ("responsibility", ANSWERABLE)):
        assert answer(client, draft, step, answers).status_code == 303
    revision = client.get(f"{draft}/check").text.partition('name="revision" value="')[2].partition('"')[0]
    return taken(client.post(f"{draft}/publish", data={"revision": revision, "because": "All is well."}), 303)


def by_post(client: FlaskClient, catalog: Catalog, name: str, body: bytes, portal: Portal) -> bool:
    sent = {"dataset": json.dumps(wells(name=name, distribution=[{"id": "people"}])), "people": (io.BytesIO(body), "people.csv")}
    return taken(client.post("/api/v1/datasets", data=sent), 201)


def by_put(client: FlaskClient, catalog: Catalog, name: str, body: bytes, portal: Portal) -> bool:
    sent = {"dataset": json.dumps(wells(name=name, distribution=[{"id": "people"}])), "people": (io.BytesIO(body), "people.csv")}
    return taken(client.put(f"/api/v1/datasets/{name}", data=sent), 201)


def by_adding_a_file(client: FlaskClient, catalog: Catalog, name: str, body: bytes, portal: Portal) -> bool:
    assert client.post("/api/v1/datasets", json=wells(name=name)).status_code == 201
    return taken(client.post(f"/api/v1/datasets/{name}/files?filename=people.csv", data=body), 201)


def by_replacing_a_file(client: FlaskClient, catalog: Catalog, name: str, body: bytes, portal: Portal) -> bool:
    assert client.post("/api/v1/datasets", json=wells(name=name)).status_code == 201
    return taken(client.put(f"/api/v1/datasets/{name}/files/people?filename=people.csv", data=body), 200)


def by_ckan(client: FlaskClient, catalog: Catalog, name: str, body: bytes, portal: Portal) -> bool:
    package = {"name": name, "title": "Wells", "owner_org": "water-agency"}
    assert client.post("/api/3/action/package_create", json=package).status_code == 200
    sent = {"package_id": name, "name": "People", "upload": (io.BytesIO(body), "people.csv")}
    return taken(client.post("/api/3/action/resource_create", data=sent), 200)


def by_harvest(client: FlaskClient, catalog: Catalog, name: str, body: bytes, portal: Portal) -> bool:
    url, bodies = portal
    bodies["/people.csv"] = body
    file = {"id": "people", "download_url": f"{url}/people.csv", "format": "CSV"}
    source_kinds()["fake"] = Files(pages=[[wells(name=name, identifier=name, distribution=[file])]])
    try:
        run_harvest(catalog, HarvestSource(name="portal", kind="fake", url=url))
    finally:
        del source_kinds()["fake"]
    with catalog.store.read() as work:
        return all(file.public for file in work.files.of(name))


WAYS = (by_form, by_post, by_put, by_adding_a_file, by_replacing_a_file, by_ckan, by_harvest)


@pytest.mark.parametrize("way", WAYS)
def test_a_table_with_valid_iins_is_blocked_and_the_same_without_is_not(
    client: FlaskClient, place: Catalog, server: Portal, way: Callable[..., bool], monkeypatch: pytest.MonkeyPatch,  # noqa: F811
) -> None:  # fmt: skip
    assert not way(client, place, "queue", BAD, server)
    assert way(client, place, "places", PLAIN, server)
    act_as(monkeypatch, VISITOR)
    seen = [client.get(page).text for page in ("/dataset/queue", "/api/v1/datasets/queue", "/dataset/?q=secretcolumn")]
    assert not [number for number in NUMBERS if any(number in text for text in seen)]
    assert not [text for text in seen[:2] if "secretcolumn" in text or "/download/" in text]
    assert "/dataset/queue" not in seen[2] and "/dataset/places" in seen[2]
    assert "secretcolumn" in client.get("/dataset/places").text
