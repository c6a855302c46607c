"""Programs show a token in any of the usual ways; one that does not hold is refused, wherever it comes from."""

from base64 import b64encode

import pytest
from flask import Flask

from catalog.access import SYSTEM, Action, decide
from catalog.access.base import Role
from catalog.bootstrap import Catalog
from catalog.drafting.seeing import as_record
from catalog.errors import Denied, Unauthenticated
from tests.conftest import StoppedClock

EDITOR = "editor@water-agency.kz"


def made(catalog: Catalog, *scopes: str, email: str = EDITOR, days: int = 90) -> str:
    return catalog.tokens.make_for(SYSTEM, catalog.people.found(email).id, "test", scopes, days).secret


def basic(token: str, name: str = "anybody") -> str:
    return "Basic " + b64encode(f"{name}:{token}".encode()).decode()


@pytest.mark.parametrize("way", ["bearer", "raw", "ckan", "basic"])
def test_every_way_of_showing_a_token_works(staffed: Catalog, app: Flask, way: str) -> None:
    token = made(staffed, "dataset:read")
    headers = {
        "bearer": {"Authorization": f"Bearer {token}"}, "raw": {"Authorization": token}, "ckan": {"X-CKAN-API-Key": token},
        "basic": {"Authorization": basic(token)},
    }[way]  # fmt: skip
    answer = app.test_client().get("/api/v1/datasets", headers=headers)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert staffed.tokens.of(staffed.people.found(EDITOR))[0].used


@pytest.mark.parametrize("header", [
    "Bearer x", "Bearer", "x", "Basic !!!", "Basic " + "A" * 9000, basic("qoima_x"), "Digest a=b", "Bearer qoima_ә",
])  # fmt: skip
def test_a_token_that_is_none_is_refused(app: Flask, header: str) -> None:
    answer = app.test_client().get("/api/v1/datasets", headers={"Authorization": header.encode().decode("latin-1")})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_in_an_address_is_not_read(staffed: Catalog, app: Flask) -> None:
    token = made(staffed, "dataset:read")
    answer = app.test_client().get(f"/account/?apikey={token}&token={token}&access_token={token}")
    assert answer.status_code == 303
    assert not staffed.tokens.of(staffed.people.found(EDITOR))[0].used


def test_a_token_expires_and_is_revoked(staffed: Catalog, clock: StoppedClock) -> None:
    token, kept = made(staffed, "dataset:read", days=1), made(staffed, "dataset:read")
    staffed.tokens.actor(token)
    clock.advance(days=1)
    with pytest.raises(Unauthenticated):
        staffed.tokens.actor(token)
    actor = staffed.tokens.actor(kept)
    staffed.tokens.revoke(actor, next(one.id for one in staffed.tokens.of(actor) if kept.startswith(one.prefix)))
    with pytest.raises(Unauthenticated):
        staffed.tokens.actor(kept)


@pytest.mark.parametrize(("scopes", "action", "agency", "allowed"), [
    (["dataset:read"], Action.READ, "water-agency", True),
    (["dataset:read"], Action.EDIT, "water-agency", False),
    (["dataset:edit"], Action.EDIT, "water-agency", True),
    (["dataset:edit"], Action.READ, "water-agency", True),
    (["dataset:edit"], Action.EDIT, "road-agency", False),
    (["dataset:edit"], Action.READ, "road-agency", False),
    (["dataset:edit", "dataset:publish"], Action.PUBLISH, "water-agency", False),
    (["audit:read"], Action.READ, "water-agency", False),
])  # fmt: skip
def test_a_token_does_what_its_scopes_and_its_owner_may(
    staffed: Catalog, scopes: list[str], action: Action, agency: str, allowed: bool
) -> None:
    actor = staffed.tokens.actor(made(staffed, *scopes))
    assert decide(actor, action, as_record(agency)).allowed is allowed


def test_a_publisher_publishes_with_a_token(staffed: Catalog) -> None:
    actor = staffed.tokens.actor(made(staffed, "dataset:publish", email="publisher@water-agency.kz"))
    assert decide(actor, Action.PUBLISH, as_record("water-agency")).allowed
    assert not decide(actor, Action.EDIT, as_record("water-agency")).allowed


def test_the_token_of_a_removed_member_stops_at_once(staffed: Catalog) -> None:
    token = made(staffed, "dataset:edit")
    staffed.people.remove(SYSTEM, staffed.people.found(EDITOR).id, "water-agency")
    with pytest.raises(Unauthenticated):
        staffed.tokens.actor(token)


def test_a_member_of_two_agencies_keeps_the_token_for_the_other(staffed: Catalog) -> None:
    staffed.people.give(SYSTEM, EDITOR, "road-agency", Role.EDITOR)
    token = made(staffed, "dataset:edit")
    staffed.people.remove(SYSTEM, staffed.people.found(EDITOR).id, "water-agency")
    actor = staffed.tokens.actor(token)
    assert not decide(actor, Action.EDIT, as_record("water-agency")).allowed
    assert decide(actor, Action.EDIT, as_record("road-agency")).allowed


def test_a_token_makes_no_tokens(staffed: Catalog) -> None:
    actor = staffed.tokens.actor(made(staffed, "dataset:edit"))
    with pytest.raises(Denied):
        staffed.tokens.make(actor, "another", ["dataset:publish"])


def test_the_secret_is_kept_nowhere(staffed: Catalog) -> None:
    token = made(staffed, "dataset:read")
    body = b"".join(path.read_bytes() for path in staffed.settings.home.glob("catalog.db*"))
    assert token.encode() not in body
