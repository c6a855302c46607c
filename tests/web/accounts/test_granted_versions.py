"""A grant gives the versions that it names, on every address, and no other."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from catalog.access import SYSTEM, Actor
from catalog.accounts.acting import actor_of
from catalog.bootstrap import Catalog, open_catalog
from catalog.clock import stamp
from catalog.errors import Invalid, NotFound
from catalog.granting.records import Grant
from catalog.publishing import Origin
from catalog.settings import Settings
from schemas.access import AccessLevel, AccessRule
from schemas.agents import Agency
from tests.catalog.library import NAME, Library
from tests.web.accounts.asking import ASKED, READER
from web import create_app

OLD, NEW = b"id,depth\n1,12\n2,7\n", b"id,depth\n1,13\n2,7\n"
FILES = ("files/levels/levels.csv", "made/levels/table.parquet", "manifest.json", "bundle.zip")
PRESENT = (
    "/dataset/rivers/resource/levels/download/levels.csv", "/dataset/rivers/bundle.zip",
    "/dataset/rivers/resource/levels/table.parquet", "/dataset/rivers/resource/levels/rows.csv",
    "/api/viewer/rows?dataset=rivers&config=levels&split=train",
    "/api/viewer/statistics?dataset=rivers&config=levels&split=train",
)  # fmt: skip


@pytest.fixture(scope="module")
def rivers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """Return a catalogue with two versions of files on request."""
    folder = tmp_path_factory.mktemp("rivers")
    catalog = open_catalog(Settings(home=folder / "home"))
    library = Library(catalog, folder)
    library.release(levels=OLD)
    library.release(levels=NEW)
    closed = replace(
        catalog.reading.entry(SYSTEM, NAME).dataset, publisher=Agency(name="water-agency"),
        access=AccessRule(level=AccessLevel.ON_REQUEST),
    )  # fmt: skip
    catalog.publishing.publish(SYSTEM, closed, "On request", Origin(files="copy"))
    catalog.people.add(SYSTEM, READER, "Reader")
    yield catalog
    catalog.close()


@pytest.fixture(scope="module")
def reader(rivers: Catalog) -> FlaskClient:
    client = create_app(catalog=rivers).test_client()
    secret = rivers.tokens.make_for(SYSTEM, rivers.people.found(READER).id, "notebook", ["dataset:download"], 300).secret
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return client


def person(catalog: Catalog) -> Actor:
    with catalog.store.read() as work:
        found = actor_of(work, stamp(catalog.clock), catalog.people.found(READER).id)
    assert found
    return found


def granted(catalog: Catalog, asked: dict[str, str], decided: dict[str, str] | None = None) -> Grant:
    """Ask and approve."""
    until = f"{catalog.clock().year + 1}-06-30"
    made = catalog.requests.ask(person(catalog), NAME, {**ASKED, "until": until, **asked})
    return catalog.granting.approve(SYSTEM, made.id, form=decided)


def codes(client: FlaskClient, addresses: Iterable[str]) -> set[int]:
    return {client.get(address, follow_redirects=True).status_code for address in addresses}


@pytest.mark.parametrize(("given", "other"), [(1, 2), (2, 1)])
def test_a_grant_for_one_version_gives_it_and_not_the_other(rivers: Catalog, reader: FlaskClient, given: int, other: int) -> None:
    grant = granted(rivers, {"versions": "range", "from_version": str(given), "to_version": str(given)})
    mine, others = ([f"/dataset/rivers/versions/{n}/{path}" for path in FILES] for n in (given, other))
    assert (codes(reader, mine), codes(reader, others)) == ({200}, {403})
    assert codes(reader, PRESENT) == ({200} if given == 2 else {403, 404})  # the viewer says 404 where others say 403
    assert codes(reader, ["/dataset/rivers/versions/1..2", "/api/v1/datasets/rivers/versions/1..2"]) == {403}
    told = {one["number"]: "files" in one for one in reader.get("/api/v1/datasets/rivers/versions").json["items"]}  # type: ignore[index]
    assert told == {given: True, other: False}
    page = reader.get("/dataset/rivers/versions").text
    assert f"versions/{given}/bundle.zip" in page and f"versions/{other}/bundle.zip" not in page
    assert not_tried_out(rivers, given) and not not_tried_out(rivers, other)
    rivers.granting.revoke(SYSTEM, grant.request, "Over")
    assert codes(reader, mine) == {403}


def not_tried_out(catalog: Catalog, number: int) -> bool:
    """Tell whether the Croissant document of a version lacks only its trial, and not the right to it."""
    with pytest.raises(NotFound) as told:
        catalog.croissants.document(person(catalog), NAME, number)
    return "tried out" in str(told.value)


def test_who_has_other_versions_is_told_so(rivers: Catalog, reader: FlaskClient) -> None:
    grant = granted(rivers, {"versions": "range", "from_version": "1", "to_version": "1"})
    assert "your grant names them" in reader.get(PRESENT[0]).text
    said = {language: reader.get(f"/{language}/dataset/rivers").text for language in ("ru", "kk")}
    assert "другим версиям" in said["ru"] and "басқа нұсқаларына" in said["kk"]
    rivers.granting.revoke(SYSTEM, grant.request, "Over")


def test_bytes_that_no_version_holds_yet_are_of_the_next_one(rivers: Catalog, reader: FlaskClient, tmp_path: Path) -> None:
    grant = granted(rivers, {"versions": "present"})
    assert (grant.from_version, grant.to_version) == (2, 2)
    assert reader.get(PRESENT[0]).status_code == 200
    library = Library(rivers, tmp_path)
    library.store("levels", OLD + b"3,1\n")
    library.check()
    assert reader.get(PRESENT[0]).status_code == 403
    assert reader.get("/dataset/rivers/versions/2/files/levels/levels.csv").data == NEW
    library.store("levels", NEW)
    library.check()
    assert reader.get(PRESENT[0]).status_code == 200
    rivers.granting.revoke(SYSTEM, grant.request, "Over")


def test_the_agency_gives_what_was_asked_for_unless_it_says_otherwise(rivers: Catalog) -> None:
    asked = {"versions": "range", "from_version": "2", "to_version": ""}
    for decided, given in ((None, (2, 0)), ({"versions": "all"}, (0, 0)), ({"versions": "present"}, (2, 2))):
        grant = granted(rivers, asked, decided)
        assert (grant.from_version, grant.to_version) == given
        rivers.granting.revoke(SYSTEM, grant.request, "Over")


def test_versions_that_make_no_sense_are_refused(rivers: Catalog) -> None:
    for wrong in ({"versions": "range", "from_version": "3", "to_version": "1"}, {"versions": "some"},
                  {"versions": "range", "from_version": "²"}, {"versions": "range", "to_version": "9" * 10}):  # fmt: skip
        with pytest.raises(Invalid) as told:
            granted(rivers, wrong)
        assert [one.path for one in told.value.problems] == ["/versions"]
