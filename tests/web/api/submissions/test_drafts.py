"""Who may write but not publish sends drafts through the API; publishers look at them, send them back, approve them."""

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient

from catalog.access import SYSTEM, Actor
from catalog.bootstrap import Catalog
from tests.cast import COLLEAGUE, EDITOR, OTHER_AGENCY, PUBLISHER
from tests.web.api.submissions.test_datasets import HOME, TABLE, revisions, wells, with_table

DRAFTS = "/api/v1/drafts"
Acting = Callable[[Actor | None], FlaskClient]
LEVELS = [{"id": "levels", "title": {"en": "Levels"}, "license": "CC-BY-4.0"}]


def sent(acting: Acting, document: dict[str, Any] | None = None, actor: Actor = EDITOR) -> Any:
    answer: Any = acting(actor).put(f"{HOME}/wells", data=with_table(document or wells(distribution=LEVELS)))
    assert (answer.status_code, answer.json["change"]) == (202, "submitted"), answer.text
    return answer.json


def test_an_editor_proposes_a_publisher_approves_and_everybody_has_the_bytes(acting: Acting, catalog: Catalog) -> None:
    told = sent(acting)
    draft: Any = acting(EDITOR).get(f"{DRAFTS}/{told['draft']}").json
    assert (draft["state"], draft["name"], draft["revision"]) == ("submitted", "wells", told["revision"])
    assert acting(None).get(f"{HOME}/wells").status_code == 404
    assert acting(EDITOR).post(f"{DRAFTS}/{told['draft']}/approve").status_code == 403
    listed: Any = acting(PUBLISHER).get(DRAFTS).json
    assert [one["id"] for one in listed["items"]] == [told["draft"]]
    done: Any = acting(PUBLISHER).post(f"{DRAFTS}/{told['draft']}/approve?because=Fine")
    assert (done.status_code, done.json["name"]) == (200, "wells"), done.text
    (file,) = catalog.reading.entry(SYSTEM, "wells").files
    assert file.sha256 == hashlib.sha256(TABLE).hexdigest() and file.valid
    assert acting(None).get(f"{HOME}/wells").status_code == 200
    assert acting(EDITOR).get(f"{DRAFTS}/{told['draft']}").status_code == 404


def test_a_change_of_what_is_published_waits_and_files_stay(acting: Acting, catalog: Catalog) -> None:
    assert acting(PUBLISHER).put(f"{HOME}/wells", data=with_table(wells(distribution=LEVELS))).status_code == 201
    document: Any = acting(EDITOR).get(f"{HOME}/wells").json
    changed = {**document["dataset"], "title": {"en": "Deep wells"}}
    told: Any = acting(EDITOR).put(f"{HOME}/wells", json=changed)
    assert told.status_code == 202, told.text
    assert catalog.reading.entry(SYSTEM, "wells").dataset.title == {"en": "Wells"}
    assert acting(PUBLISHER).post(f"{DRAFTS}/{told.json['draft']}/approve").status_code == 200
    entry = catalog.reading.entry(SYSTEM, "wells")
    assert (entry.dataset.title, entry.files[0].sha256) == ({"en": "Deep wells"}, hashlib.sha256(TABLE).hexdigest())


def test_the_same_again_is_there_once_and_a_better_one_takes_its_place(acting: Acting, catalog: Catalog) -> None:
    first, again = sent(acting), sent(acting)
    assert (first["draft"], first["revision"]) == (again["draft"], again["revision"])
    better = sent(acting, wells(distribution=LEVELS, title={"en": "Better wells"}))
    assert better["draft"] == first["draft"] and better["revision"] > first["revision"]
    assert len(catalog.drafts.page(EDITOR, ["water-agency"])) == 1


def test_nobody_writes_over_the_draft_of_a_colleague_or_over_a_change_that_waits(acting: Acting, catalog: Catalog) -> None:
    told = sent(acting)
    other: Any = acting(COLLEAGUE).put(f"{HOME}/wells", json=wells(title={"en": "Mine"}))
    assert (other.status_code, other.json["present"]["draft"]) == (409, told["draft"])
    assert acting(PUBLISHER).post(f"{DRAFTS}/{told['draft']}/approve").status_code == 200
    one = acting(EDITOR).post(f"{HOME}/wells/files?filename=one.csv", data=b"a\n1\n")
    two = acting(EDITOR).post(f"{HOME}/wells/files?filename=two.csv", data=b"a\n2\n")
    assert (one.status_code, two.status_code, revisions(catalog)) == (202, 409, 1)


def test_a_draft_is_sent_back_taken_back_and_sent_again(acting: Acting) -> None:
    draft = f"{DRAFTS}/{sent(acting)['draft']}"
    assert acting(PUBLISHER).post(f"{draft}/send-back").status_code == 400
    back: Any = acting(PUBLISHER).post(f"{draft}/send-back?because=Name+the+river.").json
    assert (back["state"], back["comment"]) == ("editing", "Name the river.")
    again: Any = acting(EDITOR).post(f"{draft}/submit").json
    assert (again["state"], again["comment"]) == ("submitted", "")
    assert acting(EDITOR).post(f"{draft}/take-back").json["state"] == "editing"  # type: ignore[index]
    stale = acting(EDITOR).post(f"{draft}/submit", headers={"If-Match": '"1"'})
    assert stale.status_code == 412


def test_warnings_need_a_reason_and_errors_stop(acting: Acting) -> None:
    bad = {"dataset": json.dumps(wells(distribution=LEVELS)), "levels": (io.BytesIO(b"a,b\n1\n2,3,4\n"), "levels.csv")}
    told: Any = acting(EDITOR).put(f"{HOME}/wells", data=bad).json
    draft = f"{DRAFTS}/{told['draft']}"
    shown: Any = acting(PUBLISHER).get(draft).json
    assert [one["code"] for one in shown["problems"]] == ["table-errors"]
    assert acting(PUBLISHER).post(f"{draft}/approve").status_code == 400
    assert acting(PUBLISHER).post(f"{draft}/approve?because=Known").status_code == 200


def test_strangers_find_no_draft(acting: Acting) -> None:
    draft = f"{DRAFTS}/{sent(acting)['draft']}"
    assert acting(OTHER_AGENCY).get(DRAFTS).json == {"items": []}
    for actor, status in ((OTHER_AGENCY, 404), (None, 401)):
        client = acting(actor)
        assert client.get(draft).status_code == status
        assert {client.post(f"{draft}/{do}").status_code for do in ("submit", "take-back", "send-back", "approve")} == {status}


def test_a_token_without_the_scope_of_editing_proposes_nothing(acting: Acting) -> None:
    reader = replace(EDITOR, scopes=frozenset({"dataset:read"}))
    assert acting(reader).put(f"{HOME}/wells", json=wells()).status_code == 403


def test_a_publisher_takes_from_view_and_shows_again(acting: Acting) -> None:
    client = acting(PUBLISHER)
    assert client.put(f"{HOME}/wells", json=wells()).status_code == 201
    assert client.post(f"{HOME}/wells/unpublish?because=Wrong+figures").status_code == 204
    assert acting(None).get(f"{HOME}/wells").status_code == 404
    assert [acting(one).post(f"{HOME}/wells/restore").status_code for one in (OTHER_AGENCY, None)] == [404, 401]
    assert acting(EDITOR).post(f"{HOME}/wells/restore").status_code == 403
    assert acting(PUBLISHER).post(f"{HOME}/wells/restore?because=Right+now").status_code == 204
    assert acting(None).get(f"{HOME}/wells").status_code == 200
