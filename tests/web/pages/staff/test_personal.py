"""On the desk of an agency stands what is held back; one person asks, another lets pass; a button takes down."""

import random
import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.access import SYSTEM, VISITOR
from catalog.bootstrap import Catalog
from catalog.publishing import Origin
from catalog.records import FileRecord, FileState
from schemas.agents import Agency
from schemas.distribution import Distribution
from tests.builders import a_dataset
from tests.cast import EDITOR, OTHER_AGENCY, PUBLISHER
from tests.catalog.tables.personal_values import Inventor
from tests.web.pages.wizard.conftest import As, be, client, site  # noqa: F401 - fixtures
from web.surfaces import SAFE, routes

INVENT = Inventor(random.Random(5))
NUMBERS = [INVENT.iin() for _ in range(25)]
PAGE = "/organization/water-agency/personal-data"
FILE = "/dataset/wells/resource/csv/download/people.csv"


def store(catalog: Catalog, body: bytes) -> FileRecord:
    agency = Agency(name="water-agency", title={"en": "Water Agency"})
    dataset = a_dataset(publisher=agency, distribution=(Distribution(id="csv", title={"en": "People"}, format="CSV"),))
    catalog.publishing.publish(SYSTEM, dataset, "new", Origin())
    got = catalog.uploads.receive(BytesIO(body), "people.csv")
    record = FileRecord(
        dataset="wells", distribution="csv", state=FileState.STORED, filename="people.csv", sha256=got.sha256,
        byte_size=got.byte_size, media_type=got.media_type, fetched="2026-11-22T03:01:00Z",
    )  # fmt: skip
    with catalog.store.write() as work:
        work.files.put(record)
    done = catalog.validation.check_one("wells", "csv")
    catalog.versions.cut("wells")
    catalog.indexing.drain()
    return done


@pytest.fixture
def wells(site: Flask, catalog: Catalog) -> FileRecord:  # noqa: F811
    return store(catalog, ("name,person\n" + "".join(f"a,{number}\n" for number in NUMBERS)).encode())


def say(do: str, because: str = "They are invented") -> dict[str, str]:
    return {"dataset": "wells", "file": "csv", "do": do, "because": because}


def test_one_asks_and_another_lets_pass_on_the_page(client: FlaskClient, be: As, wells: FileRecord) -> None:  # noqa: F811
    be(EDITOR)
    shown = client.get(PAGE).text
    assert "individual identification numbers (IIN)" in shown and "person" in shown
    assert not [number for number in NUMBERS if number in shown]
    assert client.post(PAGE, data=say("ask", " ")).status_code == 400
    assert client.post(PAGE, data=say("ask")).status_code == 303
    assert client.post(PAGE, data=say("approve")).status_code == 403
    be(VISITOR)
    assert client.get(FILE).status_code == 404
    be(PUBLISHER)
    assert client.post(PAGE, data=say("approve", "Seen")).status_code == 303
    be(VISITOR)
    assert client.get(FILE).status_code == 200


def test_nobody_decides_about_their_own_wish(client: FlaskClient, be: As, wells: FileRecord) -> None:  # noqa: F811
    be(PUBLISHER)
    client.post(PAGE, data=say("ask"))
    assert "a second person must decide" in client.get(PAGE).text
    assert client.post(PAGE, data=say("approve")).status_code == 400


def test_other_agencies_see_nothing_of_it(client: FlaskClient, be: As, wells: FileRecord) -> None:  # noqa: F811
    be(OTHER_AGENCY)
    assert (client.get(PAGE).status_code, client.post(PAGE, data=say("ask")).status_code) == (404, 404)
    assert client.post("/dataset/wells/manage/takedown", data={"because": "x"}).status_code in (403, 404)


@pytest.mark.parametrize("only", ["", "csv"])
def test_what_is_taken_down_is_on_no_route_any_more(
    client: FlaskClient, be: As, site: Flask, catalog: Catalog, only: str  # noqa: F811
) -> None:
    file = store(catalog, b"queue,canaryword\n1,birdsong\n2,nightingale\n")
    words = (b"canaryword", b"birdsong", file.sha256.encode())
    be(VISITOR)
    asked = addresses(site)
    before = [address for address in asked if any(word in client.get(address).data for word in words)]
    assert before
    be(PUBLISHER)
    assert client.post("/dataset/wells/manage/takedown", data={"because": " ", "file": only}).status_code == 400
    done = client.post("/dataset/wells/manage/takedown", data={"because": "It names people", "file": only})
    assert done.status_code == 200 and "people.csv" in done.text
    be(VISITOR)
    assert [address for address in asked if any(word in client.get(address).data for word in words)] == []
    assert client.get(FILE).status_code == 410
    assert client.get("/dataset/wells").status_code == (200 if only else 410)


def addresses(app: Flask) -> list[str]:
    """Return an address for every route about a dataset."""
    places = {
        "name": "wells", "distribution": "csv", "filename": "people.csv", "number": "1", "made": "table.parquet",
        "extension": "csv", "profile": "croissant", "part": "0", "before": "1", "after": "1",
    }  # fmt: skip
    found = ["/dataset/wells.ttl", "/dataset/wells.croissant.jsonld", "/dataset/wells/resource/csv/rows.json"]
    for one in routes(app):
        open_to_all = not one.name.startswith(("staff", "account", "wizard"))
        if open_to_all and set(one.methods) & SAFE and set(one.parameters) <= places.keys():
            found.append(re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda place: places[place[1]], one.address))
    return found
