"""Unmodified clients of CKAN publish here: ckanapi (library and command), frictionless, and requests as ckanr sends them."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
from ckanapi import RemoteCKAN
from ckanapi.errors import NotAuthorized, NotFound, ValidationError
from flask import Flask
from werkzeug.serving import make_server

from catalog.access import SYSTEM, VISITOR, Actor
from catalog.access.base import Role
from catalog.bootstrap import Catalog
from tests.cast import OTHER_AGENCY

TABLE = b"station,level\nAqtau,3\nAral,4\n"
ANSWERS = [
    {"key": "owner", "value": "Water office"}, {"key": "steward", "value": "A. Steward"},
    {"key": "quality_officer", "value": "Q. Officer"}, {"key": "legal_basis", "value": "Water Act"},
]  # fmt: skip


@pytest.fixture
def address(site: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def token(catalog: Catalog, address: str) -> str:
    catalog.people.add(SYSTEM, "dana@water.example", "Dana", "seven grey wolves sing")
    catalog.people.give(SYSTEM, "dana@water.example", "water-agency", Role.PUBLISHER)
    person = catalog.people.found("dana@water.example")
    scopes = ("dataset:read", "dataset:publish", "dataset:withdraw")
    return catalog.tokens.make_for(SYSTEM, person.id, "for scripts", scopes, 90).secret


@pytest.fixture
def portal(address: str, token: str, acting: Any) -> Any:
    acting(None)
    return RemoteCKAN(address, apikey=token).action


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "levels.csv"
    path.write_bytes(TABLE)
    return path


def wells(**changes: Any) -> dict[str, Any]:
    return {
        "name": "wells", "title": "Wells", "notes": "Public wells.", "owner_org": "water-agency", "license_id": "cc-by",
        "tags": [{"name": "water"}], **changes,
    }  # fmt: skip


def test_ckanapi_creates_uploads_and_a_visitor_has_the_same_bytes(portal: Any, table: Path, catalog: Catalog) -> None:
    made = portal.package_create(**wells())
    assert (made["id"], made["title"], made["state"], made["organization"]["name"]) == (
        "wells", "Wells", "active", "water-agency",
    )  # fmt: skip
    with table.open("rb") as file:
        resource = portal.resource_create(package_id=made["id"], name="Levels", upload=file)
    assert (resource["hash"], resource["url_type"], resource["format"]) == (hashlib.sha256(TABLE).hexdigest(), "upload", "CSV")
    assert resource["license_id"] == made["license_id"] == "CC-BY-4.0", "a file has the licence of its dataset"
    entry = catalog.reading.entry(VISITOR, "wells")
    assert entry.files[0].valid and catalog.searching.search(VISITOR, "wells").page.total == 1
    assert b"".join(catalog.downloads.open(VISITOR, "wells", resource["id"]).stream(0, None)) == TABLE


def test_the_command_of_ckanapi(address: str, token: str, table: Path, catalog: Catalog) -> None:
    def ckanapi(*words: str) -> Any:
        code = "import sys; from ckanapi.cli.main import main; sys.argv[0]='ckanapi'; sys.exit(main())"
        command = [sys.executable, "-c", code, "action", *words, "-r", address, "-a", token]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    ckanapi("package_create", "name=wells", "title=Wells", "owner_org=water-agency", f"extras:{json.dumps(ANSWERS)}")
    resource = ckanapi("resource_create", "package_id=wells", f"upload@{table}")
    assert resource["size"] == len(TABLE)
    dataset = catalog.reading.entry(VISITOR, "wells").dataset
    assert (dataset.responsibility.owner, dict(dataset.responsibility.legal_basis)) == ("Water office", {"en": "Water Act"})


def test_what_is_sent_twice_is_there_once(portal: Any, table: Path, catalog: Catalog) -> None:
    for _ in range(2):
        portal.package_create(**wells())
        with table.open("rb") as file:
            resource = portal.resource_create(package_id="wells", name="Levels", upload=file)
    assert portal.package_show(id="wells")["num_resources"] == 1
    assert portal.resource_show(id=resource["id"])["id"] == resource["id"]
    assert len(catalog.reading.revisions(SYSTEM, "wells")) == 2
    with pytest.raises(ValidationError) as taken:
        portal.package_create(**wells(title="Other wells"))
    assert taken.value.error_dict["name"] == ["That URL is already in use."]


def test_a_package_that_is_read_and_sent_back_is_unchanged(portal: Any, table: Path, catalog: Catalog) -> None:
    portal.package_create(**wells(title_translated={"en": "Wells", "ru": "Колодцы"}, extras=ANSWERS))
    with table.open("rb") as file:
        portal.resource_create(package_id="wells", name="Levels", upload=file)
    before = catalog.reading.entry(SYSTEM, "wells").record
    package = portal.package_show(id="wells")
    portal.package_update(**package)  # as ckanr does: all that was read, what is only read too
    assert catalog.reading.entry(SYSTEM, "wells").record == before
    portal.package_update(**{**package, "title": "Better wells"})
    after = catalog.reading.entry(SYSTEM, "wells")
    assert dict(after.dataset.title) == {"en": "Better wells", "ru": "Колодцы"}
    assert after.dataset.responsibility == before.dataset.responsibility and after.files[0].valid


def test_patch_changes_some_keys_and_update_takes_others_away(portal: Any, table: Path) -> None:
    portal.package_create(**wells(), resources=[{"name": "Link", "url": "https://water.example/wells.csv", "format": "CSV"}])
    patched = portal.package_patch(id="wells", notes="Deep wells.")
    assert (patched["notes"], patched["title"], patched["num_resources"]) == ("Deep wells.", "Wells", 1)
    updated = portal.package_update(id="wells", title="Wells of water")
    assert (updated["title"], updated["notes"], updated["tags"], updated["num_resources"]) == ("Wells of water", "", [], 1)


def test_resources_are_patched_updated_replaced_and_deleted(portal: Any, table: Path, catalog: Catalog) -> None:
    portal.package_create(**wells())
    link = portal.resource_create(package_id="wells", name="Link", url="https://water.example/a.csv", description="A link")
    patched = portal.resource_patch(id=link["id"], name="Better link")
    assert (patched["name"], patched["description"], patched["url"]) == ("Better link", "A link", "https://water.example/a.csv")
    assert portal.resource_update(id=link["id"], name="Link", url=patched["url"])["description"] == ""
    with table.open("rb") as file:
        held = portal.resource_patch(id=link["id"], upload=file)
    assert (held["id"], held["url_type"], held["hash"]) == (link["id"], "upload", hashlib.sha256(TABLE).hexdigest())
    away = portal.resource_patch(id=link["id"], url="https://water.example/b.csv")
    assert (away["url"], away["url_type"], away["hash"]) == ("https://water.example/b.csv", None, "")
    portal.resource_delete(id=link["id"])
    assert portal.package_show(id="wells")["resources"] == []
    with pytest.raises(NotFound):
        portal.resource_delete(id=link["id"])


def test_a_deleted_package_leaves_a_tombstone(portal: Any) -> None:
    portal.package_create(**wells())
    assert portal.package_delete(id="wells") is None
    with pytest.raises(NotFound):
        portal.package_show(id="wells")
    with pytest.raises(NotFound):
        portal.package_delete(id="nothing")


def test_what_is_missing_is_said_by_field(portal: Any) -> None:
    for missing, field in ((wells(name=""), "name"), (wells(owner_org=""), "owner_org"), (wells(name="Wells!"), "name")):
        with pytest.raises(ValidationError) as refused:
            portal.package_create(**missing)
        assert field in refused.value.error_dict, refused.value.error_dict
    portal.package_create(**wells())
    with pytest.raises(ValidationError):
        portal.resource_create(package_id="wells", name="Nothing")


def test_a_private_package_is_for_its_agency(portal: Any, catalog: Catalog) -> None:
    assert portal.package_create(**wells(private=True))["private"] is True
    assert catalog.searching.search(VISITOR, "wells").page.total == 0
    assert portal.package_patch(id="wells", private=False)["private"] is False
    assert catalog.searching.search(VISITOR, "wells").page.total == 1


@pytest.mark.parametrize("actor", [VISITOR, OTHER_AGENCY])
def test_others_change_nothing(actor: Actor, portal: Any, acting: Any, catalog: Catalog) -> None:
    portal.package_create(**wells())
    acting(actor)
    for call in (
        lambda: portal.package_create(**wells(name="more")), lambda: portal.package_update(**wells(title="Mine")),
        lambda: portal.package_patch(id="wells", title="Mine"), lambda: portal.package_delete(id="wells"),
        lambda: portal.resource_create(package_id="wells", url="https://evil.example/a.csv"),
    ):  # fmt: skip
        with pytest.raises(NotAuthorized):
            call()
    assert len(catalog.reading.revisions(SYSTEM, "wells")) == 1


def test_a_token_that_does_not_hold_is_refused_in_the_words_of_ckan(address: str) -> None:
    with pytest.raises(NotAuthorized):
        RemoteCKAN(address, apikey="no-token").action.package_create(**wells())


def test_nothing_is_changed_by_get(address: str) -> None:
    answer = requests.get(f"{address}/api/3/action/package_create?name=wells&owner_org=water-agency", timeout=10)
    assert (answer.status_code, answer.json().startswith("Bad request")) == (400, True)


def test_frictionless_publishes_a_package_with_its_columns_twice(
    address: str, token: str, tmp_path: Path, table: Path, catalog: Catalog
) -> None:  # fmt: skip
    from frictionless import Package
    from frictionless.portals import CkanControl

    fields = [{"name": "station", "type": "string", "title": "Station"}, {"name": "level", "type": "number"}]
    descriptor = {
        "name": "wells", "title": "Wells", "licenses": [{"name": "CC-BY-4.0"}],
        "resources": [{"name": "levels", "path": "levels.csv", "schema": {"fields": fields}}],
    }  # fmt: skip
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    for update in (False, True):
        control = CkanControl(baseurl=address, organization_name="water-agency", apikey=token, allow_update=update)
        done = Package(str(tmp_path / "datapackage.json")).publish(control=control)
        assert done.context["dataset_id"] == "wells"
    entry = catalog.reading.entry(VISITOR, "wells")
    (distribution,) = entry.dataset.distribution
    assert distribution.table_schema and [f.type for f in distribution.table_schema.fields] == ["string", "number"]
    assert entry.files[0].valid and entry.files[0].sha256 == hashlib.sha256(TABLE).hexdigest()
    back = Package(f"{address}/dataset/wells", control=CkanControl(baseurl=address, dataset="wells"))
    assert [resource.format for resource in back.resources] == ["csv"]


def test_ckanr_sends_back_all_that_it_read(address: str, token: str, table: Path, catalog: Catalog) -> None:
    """The shapes of ckanr 0.7: JSON with all keys for packages, multipart for resources, the key in `Authorization`."""
    key = {"Authorization": token}

    def call(action: str, **sent: Any) -> Any:
        answer = requests.post(f"{address}/api/3/action/{action}", headers=key, timeout=30, **sent)
        assert answer.status_code <= 201, answer.text
        return answer.json()["result"]

    made = call("package_create", json=wells())
    with table.open("rb") as file:
        form = {"package_id": made["id"], "name": "Levels", "description": "", "rcurl": "http://google.com"}
        resource = call("resource_create", data=form, files={"upload": file})
    shown = call("package_show", json={"id": "wells"})
    assert call("package_update", json={**shown, "notes": "Better."})["notes"] == "Better."
    with table.open("rb") as file:
        assert call("resource_update", data={"id": resource["id"]}, files={"upload": file})["id"] == resource["id"]
    assert catalog.reading.entry(VISITOR, "wells").files[0].valid
    call("package_delete", json={"id": "wells"})
