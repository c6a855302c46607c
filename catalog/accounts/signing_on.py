"""Signing in with an identity provider: the browser goes there with a state that works once, and comes back with a code."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from catalog.access import Actor
from catalog.access.base import Residency
from catalog.accounts import emails, keys
from catalog.accounts.people import People
from catalog.accounts.providers import Provider, SignOn, residency_of
from catalog.accounts.records import Account, AccountState, Identity, Ticket
from catalog.accounts.signing_in import SigningIn, Visit
from catalog.accounts.throttle import Caller
from catalog.clock import Clock, stamp
from catalog.errors import Invalid, NotFound, Unauthenticated
from catalog.ports import Store, UnitOfWork
from schemas.dates import utc

KIND, LIFE = "sign-on", timedelta(minutes=10)
TAKEN = "There is an account of this address already; sign in with its password first, then connect the provider on your page."


@dataclass(frozen=True, slots=True)
class Way:
    """Where the browser goes, and the state that it must bring back."""

    address: str
    state: str


class SigningOn:
    """Lets people in whom a provider knows."""

    def __init__(
        self, store: Store, clock: Clock, people: People, signing_in: SigningIn, speaker: SignOn, providers: Sequence[Provider],
        redirect: str,
    ) -> None:  # fmt: skip
        self._store, self._clock, self._people, self._signing_in, self._speaker = store, clock, people, signing_in, speaker
        self.providers, self._redirect = tuple(providers), redirect

    def begin(self, name: str, back: str) -> Way:
        """Return the way to a provider; `back` is where the person wants to be afterwards."""
        provider = self._named(name)
        state, nonce, verifier = keys.fresh(), keys.fresh(), keys.fresh() + keys.fresh()
        address = self._speaker.address(provider, self._redirect, state, nonce, verifier)
        digest = keys.digest(state)
        facts = {"provider": name, "nonce": nonce, "verifier": verifier, "back": back}
        ticket = Ticket(digest=digest, kind=KIND, email=f"flow:{digest}", expires=utc(self._clock() + LIFE), facts=facts)
        with self._store.write() as work:
            work.tickets.add(ticket)
        return Way(address, state)

    def finish(self, actor: Actor, state: str, code: str, caller: Caller) -> tuple[Visit, str]:
        """Return the session of whom a code stands for, and where they wanted to be; raises Unauthenticated or Invalid.

        Somebody who is signed in connects the provider with their account.
        """
        with self._store.write() as work:
            ticket = work.tickets.take(KIND, keys.digest(state), stamp(self._clock))
        if ticket is None or not code:
            raise Unauthenticated("Signing in took too long or was begun in another browser; begin again.")
        provider = self._named(ticket.facts["provider"])
        claims = self._speaker.claims(provider, self._redirect, code, ticket.facts["nonce"], ticket.facts["verifier"])
        with self._store.write() as work:
            account = self._account(work, actor, provider, claims)
            self._remember(work, provider, str(claims["sub"]), account, residency_of(provider, claims, self._clock()))
            visit = self._signing_in.enter(work, account, caller, f"provider {provider.name}")
        return visit, ticket.facts["back"]

    def _account(self, work: UnitOfWork, actor: Actor, provider: Provider, claims: Mapping[str, Any]) -> Account:
        known = work.identities.find(provider.name, str(claims["sub"])[:255])
        id = known.account if known else actor.id if actor.session else ""
        account = work.accounts.get(id) if id else None
        if account is None:
            address = _address(provider, claims)
            if work.accounts.by_email(address):
                raise Invalid(TAKEN)
            account = self._people.add_in(work, actor, address, str(claims.get("name") or "")[:200], "")
        if account.state is not AccountState.ACTIVE:
            raise Unauthenticated("This account is disabled; ask the operator of the catalogue.")
        return account

    def _remember(
        self, work: UnitOfWork, provider: Provider, subject: str, account: Account, residency: Residency | None
    ) -> None:
        told = {"resident": residency.resident, "verified": residency.verified, "expires": residency.expires} if residency else {}
        work.identities.put(Identity(provider=provider.name, subject=subject[:255], account=account.id, **told))  # type: ignore[arg-type]
        if residency:
            work.audit(
                at=stamp(self._clock), actor=account.id, action="account:residency", target=f"account:{account.id}",
                because=provider.name, after="resident" if residency.resident else "not resident",
            )  # fmt: skip

    def _named(self, name: str) -> Provider:
        for provider in self.providers:
            if provider.name == name:
                return provider
        raise NotFound("There is no such identity provider.")


def _address(provider: Provider, claims: Mapping[str, Any]) -> str:
    """Return the verified address of a person, else one that stands for them and receives nothing."""
    if claims.get("email") and claims.get("email_verified") is True:
        return emails.normal(str(claims["email"]))
    drawn = hashlib.sha256(f"{provider.name}|{claims['sub']}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return f"{drawn}@{provider.name}.example.org"
