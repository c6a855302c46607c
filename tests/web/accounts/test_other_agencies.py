"""No route does anything to an agency for the editor of another: all of them are asked, as the registry lists them."""

import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.access import SYSTEM
from catalog.bootstrap import Catalog
from catalog.wanted.records import Wanted
from schemas.access import AccessRule
from schemas.agents import Agency, Responsibility
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.forms import dump_dataset
from tests.builders import a_dataset
from tests.web.accounts.conftest import Browser, csrf
from web.surfaces import Surface, routes

CANARY, MINE, THEIRS, WANTED = "xqzcanary", "editor@road-agency.kz", "editor@water-agency.kz", "wanted-by-them"
EVERYBODYS = frozenset({"wanted.show", "api_wanted.show", "api_wanted.vote", "api_wanted.unvote"})
"""Routes about what everybody reads and votes for."""
OUTSIDE = frozenset({"secret", "provider", "source", "number", "form"})
"""Places of addresses that name nothing of an agency."""


@pytest.fixture
def ids(staffed: Catalog, browser: Browser) -> dict[str, tuple[str, ...]]:
    """Fill the other agency and return what could be named of it, by place in addresses."""
    account = staffed.people.found(THEIRS)
    begun = browser(THEIRS)
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Metadata": "filename YS5jc3Y="}
    headers["X-CSRF-Token"] = csrf(begun)
    answer = begun.post("/uploads/", headers=headers)
    assert answer.status_code == 201, answer.text
    upload = answer.headers["Location"].rpartition("/")[2]
    with staffed.store.read() as work:
        session = work.sessions.of(account.id)[0]
    cookie = staffed.tokens.make_for(SYSTEM, account.id, CANARY, ["dataset:edit"])
    actor = staffed.tokens.actor(cookie.secret)
    draft = staffed.drafts.start(actor, "water-agency", {"title": {"en": CANARY}})
    draft = staffed.draft_files.link(actor, draft.id, draft.revision, f"https://example.kz/{CANARY}.csv")
    hidden = Dataset(
        name="hidden-wells", title={"en": CANARY}, description={"en": CANARY},
        publisher=Agency(name="water-agency", title={"en": "W"}), access=AccessRule(visible_to=("agency:water-agency",)),
        distribution=(Distribution(id="cells", title={"en": CANARY}),),
    )  # fmt: skip
    staffed.publishing.publish(SYSTEM, hidden, "First")
    asked = Wanted(
        id=WANTED, account=account.id, title=CANARY, purpose=CANARY, language="en", agency="water-agency", due="2026-12-23",
        created="2026-11-23T12:00:00Z", updated="2026-11-23T12:00:00Z",
    )  # fmt: skip
    with staffed.store.write() as work:
        work.wanted.add(asked)
    staffed.indexing.drain()
    return {
        "id": (draft.id, account.id, session.id, cookie.token.id, upload), "name": ("hidden-wells", "water-agency"),
        "dataset": ("hidden-wells",), "agency": ("water-agency",),
        "distribution": ("cells", draft.document["distribution"][0]["id"]), "wanted": (WANTED,),
    }  # fmt: skip


def asked(app: Flask, ids: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str, Surface]]:
    for one in routes(app):
        outside = one.name.startswith("ckan.") or one.name in EVERYBODYS or set(one.parameters) <= OUTSIDE
        if outside or not set(one.parameters) & ids.keys():
            continue
        for chosen in itertools.product(*(ids.get(place, ("1",)) for place in one.parameters)):
            places = dict(zip(one.parameters, chosen, strict=True))
            path = re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda found: quote(places[found[1]], safe=""), one.address)  # noqa: B023
            for method in sorted(set(one.methods) - {"OPTIONS", "HEAD"}):
                yield method, path, one


def state(catalog: Catalog, ids: dict[str, tuple[str, ...]]) -> tuple[object, ...]:
    draft, account = ids["id"][:2]
    with catalog.store.read() as work:
        return (
            work.drafts.get(draft), work.datasets.get("hidden-wells"), work.accounts.members("water-agency"),
            [one.id for one in work.sessions.of(account)], [(one.id, one.revoked) for one in work.tokens.of(account)],
            len(work.drafts.page(["water-agency"])), work.wanted.get(WANTED),
        )  # fmt: skip


def test_every_route_is_closed_to_the_editor_of_another_agency(
    app: Flask, browser: Browser, staffed: Catalog, ids: dict[str, tuple[str, ...]]
) -> None:
    client, before = browser(MINE), state(staffed, ids)
    form = {"csrf_token": csrf(client), "revision": "2", "role": "administrator", "agency": "water-agency", "because": "x"}
    told = []
    for method, path, one in asked(app, ids):
        answer = _ask(client, method, path, form)
        if answer[0] not in (401, 403, 404, 405) or CANARY in answer[1]:
            told.append(f"{method} {path} ({one.name}) answers {answer[0]}: {answer[1][:600]}")
    assert not told, "\n".join(told)
    assert state(staffed, ids) == before


def test_what_names_the_agency_in_the_body_is_closed_too(
    browser: Browser, staffed: Catalog, ids: dict[str, tuple[str, ...]]
) -> None:
    client, before = browser(MINE), state(staffed, ids)
    form = {"csrf_token": csrf(client), "agency": "water-agency", "name": "new-wells", "title-en": "Wells"}
    assert client.post("/dataset/new", data=form).status_code in (403, 404)
    answer = client.post("/api/v1/datasets", json=whole("new-wells"), headers={"X-CSRF-Token": csrf(client)})
    assert answer.status_code in (403, 404), answer.text
    assert state(staffed, ids) == before


def test_the_walk_would_find_an_open_route(app: Flask, browser: Browser, ids: dict[str, tuple[str, ...]]) -> None:
    client = browser(THEIRS)
    statuses = {
        _ask(client, method, path, {"csrf_token": csrf(client)})[0] for method, path, one in asked(app, ids) if method == "GET"
    }
    assert 200 in statuses


def whole(name: str) -> dict[str, Any]:
    answerable = Responsibility(owner="x", steward="x", quality_officer="x", legal_basis={"en": "x"})
    return dump_dataset(a_dataset(name=name, responsibility=answerable, distribution=()))


ANSWER = {"state": "refused", "ground": "not-held", "answer": "x"}
ASKED = {"purpose": "To see whether wells run dry, for a thesis.", "organisation": "x", "until": "2027-01-01", "terms": True}


def _ask(client: FlaskClient, method: str, path: str, form: dict[str, str]) -> tuple[int, str]:
    tus = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    headers = {"X-CSRF-Token": form["csrf_token"], **(tus if path.startswith("/uploads") else {})}
    if method == "GET":
        answer = client.get(path)
    elif path.startswith("/api/"):
        bodies = {"access-requests": ASKED, "answer": ANSWER, "decision": {"do": "approve"}}
        body = bodies.get(path.rpartition("/")[2]) or whole("hidden-wells")
        answer = client.open(path, method=method, json=body, headers=headers)
    else:
        answer = client.open(path, method=method, data=form, headers=headers)
    return answer.status_code, answer.get_data(as_text=True) if re.search("text|json", answer.mimetype) else ""
