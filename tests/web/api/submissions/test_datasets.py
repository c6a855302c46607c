"""Publishing through the API: whole or not at all, once however often it is sent, never over somebody else's change."""

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from catalog.access import SYSTEM, Actor
from catalog.access.base import Role
from catalog.bootstrap import Catalog
from tests.cast import EDITOR, OTHER_AGENCY, PUBLISHER, member

HOME = "/api/v1/datasets"
TABLE = b"station,level\nAqtau,3\nAral,4\n"
Acting = Callable[[Actor | None], FlaskClient]


def wells(**changes: Any) -> dict[str, Any]:
    document = {
        "name": "wells", "title": {"en": "Wells"}, "publisher": {"name": "water-agency"},
        "responsibility": {"owner": "O", "steward": "S", "quality_officer": "Q", "legal_basis": {"en": "Water Act"}},
    }  # fmt: skip
    return document | changes


def with_table(document: dict[str, Any], content: bytes = TABLE) -> dict[str, Any]:
    return {"dataset": json.dumps(document), "levels": (io.BytesIO(content), "levels.csv")}


def revisions(catalog: Catalog, name: str = "wells") -> int:
    return len(catalog.reading.revisions(SYSTEM, name))


def test_a_dataset_is_published_and_sent_twice_it_is_there_once(client: FlaskClient, catalog: Catalog) -> None:
    made = client.post(HOME, json=wells())
    assert (made.status_code, made.json["change"]) == (201, "added"), made.text  # type: ignore[index]
    again = client.post(HOME, json=wells())
    assert (again.status_code, again.json["change"], revisions(catalog)) == (200, "unchanged", 1)  # type: ignore[index]
    assert client.get(made.headers["Location"].partition("8000")[2]).json["dataset"]["title"] == {"en": "Wells"}  # type: ignore[index]


def test_a_name_that_is_taken_is_a_conflict_that_shows_what_is_there(client: FlaskClient) -> None:
    client.post(HOME, json=wells())
    refused: Any = client.post(HOME, json=wells(title={"en": "Other wells"}))
    assert (refused.status_code, refused.mimetype) == (409, "application/problem+json")
    assert refused.json["present"]["dataset"]["title"] == {"en": "Wells"}


def test_everything_that_is_wrong_is_told_with_its_place(client: FlaskClient, catalog: Catalog) -> None:
    refused: Any = client.post(HOME, json=wells(responsibility={"owner": "O"}, issued="soon", colour="red"))
    assert (refused.status_code, {one["path"] for one in refused.json["problems"]}) == (400, {"/issued", "/colour"})
    wrong: Any = client.post(HOME, json=wells(responsibility={"owner": {"en": "O"}}))
    assert wrong.json["problems"][0]["message"] == "This value has the wrong type: give a text."
    missing: Any = client.post(HOME, json=wells(responsibility={"owner": "O"}))
    assert {one["code"] for one in missing.json["problems"]} == {"no-responsibility"}
    with catalog.store.read() as work:
        assert work.datasets.taken(["wells"]) == set()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 50_000])
def test_what_is_no_object_is_refused(client: FlaskClient, body: bytes) -> None:
    assert client.post(HOME, data=body, content_type="application/json").status_code == 400


def test_a_form_brings_files_that_are_checked_before_they_are_public(client: FlaskClient, catalog: Catalog) -> None:
    document = wells(distribution=[{"id": "levels", "title": {"en": "Levels"}}])
    made = client.post(HOME, data=with_table(document))
    assert made.status_code == 201, made.text
    (file,) = catalog.reading.entry(SYSTEM, "wells").files
    assert (file.sha256, file.valid) == (hashlib.sha256(TABLE).hexdigest(), True)
    as_file = {**with_table(document), "dataset": (io.BytesIO(json.dumps(document).encode()), "dataset.json")}
    assert (again := client.post(HOME, data=as_file)).status_code == 200, again.text
    lost: Any = client.put(f"{HOME}/roads", data=with_table(wells()))
    assert (lost.status_code, lost.json["problems"][0]["path"]) == (400, "/distribution/levels")


def test_what_was_read_can_be_changed_and_put_back_with_its_files(client: FlaskClient, catalog: Catalog) -> None:
    client.post(HOME, data=with_table(wells(distribution=[{"id": "levels"}])))
    read: Any = client.get(f"{HOME}/wells")
    document = read.json["dataset"] | {"title": {"en": "Better wells"}}
    put = client.put(f"{HOME}/wells", json=document, headers={"If-Match": read.headers["ETag"]})
    assert (put.status_code, revisions(catalog)) == (200, 2), put.text
    (file,) = catalog.reading.entry(SYSTEM, "wells").files
    assert file.valid and file.made("table.parquet")


def test_two_editors_at_once_get_a_conflict_with_both_versions(client: FlaskClient) -> None:
    client.post(HOME, json=wells())
    tag = client.get(f"{HOME}/wells").headers["ETag"]
    first = client.put(f"{HOME}/wells", json=wells(title={"en": "Mine"}), headers={"If-Match": tag})
    second: Any = client.put(f"{HOME}/wells", json=wells(title={"en": "Yours"}), headers={"If-Match": tag})
    assert (first.status_code, second.status_code) == (200, 412)
    assert (second.json["present"]["dataset"]["title"], second.json["present"]["revision"]) == ({"en": "Mine"}, 2)
    retried = client.put(f"{HOME}/wells", json=wells(title={"en": "Mine"}), headers={"If-Match": tag})
    assert retried.status_code == 200, "the same sent again is no conflict"
    assert client.put(f"{HOME}/wells", json=wells(), headers={"If-None-Match": "*"}).status_code == 412
    assert client.put(f"{HOME}/wells", json=wells(), headers={"If-Match": "nonsense"}).status_code == 400


def test_a_key_names_one_request(client: FlaskClient, catalog: Catalog, clock: Any) -> None:
    key = {"Idempotency-Key": "a-1"}
    client.post(HOME, json=wells(), headers=key)
    client.put(f"{HOME}/wells", json=wells(version="2"))
    again: Any = client.post(HOME, json=wells(), headers=key)
    assert (again.status_code, again.json["revision"], again.headers["Idempotency-Replayed"]) == (201, 1, "true")
    other: Any = client.post(HOME, json=wells(version="3"), headers=key)
    assert (other.status_code, revisions(catalog)) == (422, 2)
    clock.advance(days=1, seconds=1)
    assert client.post(HOME, json=wells(version="2"), headers=key).status_code == 200, "keys expire"
    assert client.post(HOME, json=wells(), headers={"Idempotency-Key": "x" * 201}).status_code == 400


def test_a_key_of_one_person_says_nothing_of_that_of_another(acting: Acting) -> None:
    key = {"Idempotency-Key": "a-1"}
    acting(PUBLISHER).post(HOME, json=wells(), headers=key)
    other = acting(OTHER_AGENCY).post(HOME, json=wells(name="roads", publisher={"name": "road-agency"}), headers=key)
    assert other.status_code == 201, other.text


def test_files_are_added_once_replaced_and_removed(client: FlaskClient, catalog: Catalog) -> None:
    client.post(HOME, json=wells())
    for _ in range(2):
        added: Any = client.post(f"{HOME}/wells/files", data={"file": (io.BytesIO(TABLE), "levels.csv")})
    assert (added.status_code, added.json["change"]) == (200, "unchanged")
    file = f"{HOME}/wells/files/{added.json['file']}"
    replaced = client.put(f"{file}?filename=levels.csv", data=TABLE + b"Balqash,5\n")
    assert replaced.status_code == 200, replaced.text
    (held,) = catalog.reading.entry(SYSTEM, "wells").files
    assert (held.table or {})["rows"] == 3
    assert client.delete(file).status_code == 200
    assert catalog.reading.entry(SYSTEM, "wells").files == ()
    assert client.delete(file).status_code == 404
    assert client.put(f"{HOME}/wells/files/x", data=TABLE).status_code == 400, "a file has a name"


def test_a_withdrawn_dataset_leaves_a_tombstone(client: FlaskClient) -> None:
    client.post(HOME, json=wells())
    assert [client.delete(f"{HOME}/wells?because=Wrong").status_code for _ in range(2)] == [204, 204]
    assert client.get(f"{HOME}/wells").status_code == 410
    assert client.put(f"{HOME}/wells", json=wells()).status_code == 410
    assert client.delete(f"{HOME}/nothing").status_code == 404


CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", HOME, {"json": wells(version="9")}), ("PUT", f"{HOME}/wells", {"json": wells(version="9")}),
    ("DELETE", f"{HOME}/wells", {}), ("POST", f"{HOME}/wells/files?filename=a.csv", {"data": TABLE}),
    ("PUT", f"{HOME}/wells/files/a?filename=a.csv", {"data": TABLE}), ("DELETE", f"{HOME}/wells/files/a", {}),
]  # fmt: skip


@pytest.mark.parametrize("actor", [None, OTHER_AGENCY, EDITOR])
@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_nobody_else_changes_a_dataset(
    actor: Actor | None, method: str, path: str, body: dict[str, Any], acting: Acting, catalog: Catalog
) -> None:  # fmt: skip
    acting(PUBLISHER).post(HOME, json=wells())
    proposed = actor is EDITOR and method != "DELETE"
    refused = (202,) if proposed and path != HOME else (401, 403, 404, 409)
    assert acting(actor).open(path, method=method, **body).status_code in refused
    assert (revisions(catalog), catalog.reading.entry(SYSTEM, "wells").files) == (1, ())


def test_a_dataset_is_not_handed_to_or_taken_for_another_agency(acting: Acting, catalog: Catalog) -> None:
    acting(PUBLISHER).post(HOME, json=wells())
    moved = acting(PUBLISHER).put(f"{HOME}/wells", json=wells(publisher={"name": "road-agency"}))
    taken = acting(OTHER_AGENCY).put(f"{HOME}/wells", json=wells(publisher={"name": "road-agency"}))
    assert (moved.status_code, taken.status_code, revisions(catalog)) == (403, 403, 1)


def test_who_may_not_publish_learns_no_hidden_name(acting: Acting, client: FlaskClient) -> None:
    hidden = wells(access={"level": "open", "visible_to": ["agency:water-agency"]})
    assert client.put("/api/v1/datasets/wells", json=hidden).status_code == 201
    editor = acting(member("nobody", Role.EDITOR, "road-agency"))
    answers = [
        editor.put(f"/api/v1/datasets/{name}", json=wells(name=name, publisher={"name": "road-agency"}))
        for name in ("wells", "springs")
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert [answer.get_json()["problems"] for answer in answers] == [[], []]


def test_under_four_eyes_nobody_publishes_alone_from_a_script(client: FlaskClient, catalog: Catalog) -> None:
    catalog.submissions._four_eyes = catalog.reviewing.four_eyes = True
    answer: Any = client.put("/api/v1/datasets/wells", json=wells())
    assert (answer.status_code, answer.json["change"]) == (202, "submitted")
    alone = client.post(f"/api/v1/drafts/{answer.json['draft']}/approve")
    assert alone.status_code == 403 and client.get("/api/v1/datasets/wells").status_code == 404


def test_what_only_the_catalogue_sets_is_not_taken_from_outside(client: FlaskClient, catalog: Catalog) -> None:
    sent = wells(uri="https://evil.example/x", license_asserted=True)
    sent["publisher"] = {"name": "water-agency", "title": {"en": "Ministry of Truth"}}
    assert client.post(HOME, json=sent).status_code == 201
    dataset = catalog.reading.entry(SYSTEM, "wells").dataset
    assert (dataset.uri, dataset.license_asserted) == ("", False)
    assert dataset.publisher and dataset.publisher.title == {"en": "water-agency"}


def test_a_harvested_dataset_is_changed_at_its_source(client: FlaskClient, catalog: Catalog) -> None:
    from catalog.access import harvester
    from catalog.publishing import Origin
    from schemas.forms import load_dataset

    dataset, _ = load_dataset(wells())
    assert dataset
    catalog.publishing.publish(harvester("portal"), dataset, "harvested", Origin(source="portal"))
    assert client.put(f"{HOME}/wells", json=wells(version="2")).status_code == 403


def test_a_full_disk_is_told_and_changes_nothing(
    client: FlaskClient, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    import errno

    client.post(HOME, json=wells())

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(type(catalog.files_store), "put", full)
    refused: Any = client.post(f"{HOME}/wells/files", data={"file": (io.BytesIO(TABLE), "levels.csv")})
    assert (refused.status_code, revisions(catalog), list(catalog.temporary.iterdir())) == (507, 1, [])


def test_too_many_changes_in_a_minute_are_told_to_wait(client: FlaskClient, catalog: Catalog) -> None:
    object.__setattr__(catalog.settings, "writes_per_minute", 3)
    answers = [client.post(HOME, json=wells()) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [201, 200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


def test_the_reference_tells_of_it(client: FlaskClient) -> None:
    paths: Any = client.get("/api/v1/openapi.json").json["paths"]  # type: ignore[index]
    assert set(paths[HOME]) >= {"get", "post"} and set(paths[f"{HOME}/{{name}}"]) >= {"get", "put", "delete"}
    assert "Idempotency-Key" in {one["name"] for one in paths[f"{HOME}/{{name}}"]["put"]["parameters"]}
