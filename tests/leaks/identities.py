"""The people who look: each signs in as everybody does, and a client of theirs sends the cookie of their session."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from catalog.access import SYSTEM
from catalog.access.base import Role, SiteRole
from catalog.accounts.records import Account, Identity
from catalog.bootstrap import Catalog
from catalog.granting.sharing import SAFEGUARDS
from schemas.dates import utc
from tests.leaks.worlds import SHOWN, canary

Known = set[tuple[str, str]]
METADATA = {(name, "meta") for name in SHOWN}
OPEN = METADATA | {(name, "bytes") for name, level in SHOWN.items() if level == "open"}
SIGNED_IN = OPEN | {("registered", "bytes")}
MAY_KNOW: Mapping[str, Known] = {
    "registered": SIGNED_IN,
    "resident": SIGNED_IN | {("residents", "bytes")},
    "non-resident": SIGNED_IN,
    "editor of another agency": SIGNED_IN,
    "holder of an expired grant": SIGNED_IN | {("on-request", "request")},
    "auditor": SIGNED_IN,
}
"""What the pages of each tell in the end, no more and no less."""


def _lives(*, here: bool) -> Callable[[Catalog, Account], None]:
    def verified(catalog: Catalog, account: Account) -> None:
        now = catalog.clock()
        held = {"verified": utc(now), "expires": utc(now + timedelta(days=300))}
        with catalog.store.write() as work:
            work.identities.put(Identity(provider="p", subject=account.id, account=account.id, resident=here, **held))

    return verified


def _edits_elsewhere(catalog: Catalog, account: Account) -> None:
    catalog.people.ensure_agency(SYSTEM, "road-agency", "Roads", "en")
    catalog.people.give(SYSTEM, account.email, "road-agency", Role.EDITOR)


def _had_a_grant(catalog: Catalog, account: Account) -> None:
    """Let a request of last month on behalf of a company be granted for a week."""
    clock: Any = catalog.clock
    clock.advance(days=-30)
    actor = catalog.sessions.actor(_secret(catalog, account))
    assert actor
    word, last = canary("on-request", "request"), utc(clock() + timedelta(days=7))[:10]
    form = {"purpose": f"A study of {word} in all the rivers.", "organisation": "University", "until": last, "terms": "yes"}
    form |= {"behalf": "company", "officer": f"The head of {word}", "measure_encryption": "yes"}
    form |= {"legitimate": f"A contract with {word} about rivers.", "protection": f"On the servers of {word} in the country."}
    made = catalog.requests.ask(actor, "on-request", form)
    satisfied = {f"satisfied_{one}": "yes" for one in SAFEGUARDS}
    catalog.granting.approve(SYSTEM, made.id, form=satisfied)
    clock.advance(days=30)


def _audits(catalog: Catalog, account: Account) -> None:
    catalog.people.give_site(SYSTEM, account.email, SiteRole.AUDITOR)


BECOMING: Mapping[str, Callable[[Catalog, Account], None]] = {
    "registered": lambda catalog, account: None, "resident": _lives(here=True), "non-resident": _lives(here=False),
    "editor of another agency": _edits_elsewhere, "holder of an expired grant": _had_a_grant, "auditor": _audits,
}  # fmt: skip


def settle(catalog: Catalog) -> dict[str, str]:
    """Add all of them to a catalogue; returns the secrets of their sessions."""
    secrets = {}
    for name, become in BECOMING.items():
        account = catalog.people.add(SYSTEM, f"{name.replace(' ', '-')}@example.kz", name)
        become(catalog, account)
        secrets[name] = _secret(catalog, account)
    return secrets


def client_of(app: Flask, secret: str) -> FlaskClient:
    """Return a client that shows the cookie of a session with every request."""
    client = app.test_client()
    client.set_cookie(app.config["QOIMA_SESSION_COOKIE"], secret)
    return client


def _secret(catalog: Catalog, account: Account) -> str:
    with catalog.store.write() as work:
        return catalog.sessions.begin_in(work, account.id, "test", "test")[0]
