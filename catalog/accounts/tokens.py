"""API tokens: scoped, expiring, shown once, kept as hashes, revocable; last use is kept to the minute."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from catalog.access.base import Actor
from catalog.accounts import keys
from catalog.accounts.acting import actor_of
from catalog.accounts.records import SCOPES, Account, Token
from catalog.clock import Clock, stamp
from catalog.errors import Denied, Invalid, NotFound, Unauthenticated
from catalog.ports import Store
from schemas.dates import utc
from schemas.problems import Problem

LONGEST_DAYS = 366
MOST = 50
"""Live tokens of one account."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A new token with its secret, which nobody can read again."""

    secret: str
    token: Token


class Tokens:
    """Makes, reads and revokes tokens."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def make(self, actor: Actor, label: str, scopes: Iterable[str], days: int = 90) -> Shown:
        """Make a token of one's own; raises Invalid. A token cannot make tokens."""
        if actor.kind != "account" or actor.scopes is not None:
            raise Denied("Sign in to make a token; a token cannot make another.", "not-signed-in")
        return self.make_for(actor, actor.id, label, scopes, days)

    def make_for(self, actor: Actor, account: str, label: str, scopes: Iterable[str], days: int = 90) -> Shown:
        """Make a token of an account: one's own, or any as the operator."""
        chosen = tuple(dict.fromkeys(scopes))
        _check(chosen, days)
        secret, now = keys.fresh(keys.PREFIX), self._clock()
        token = Token(
            id=keys.fresh_id(), account=account, label=label.strip()[:100] or "token", prefix=secret[: keys.SHOWN],
            digest=keys.digest(secret), scopes=chosen, created=utc(now), expires=utc(now + timedelta(days=days)),
        )  # fmt: skip
        with self._store.write() as work:
            if sum(1 for one in work.tokens.of(account) if not one.revoked and one.expires > utc(now)) >= MOST:
                raise _wrong("too-many-tokens", "/label", f"An account has at most {MOST} tokens; revoke one first.")
            work.tokens.add(token)
            work.audit(at=utc(now), actor=actor.id, action="token:make", target=f"token:{token.id}", because=" ".join(chosen))
        return Shown(secret, token)

    def actor(self, secret: str) -> Actor:
        """Return who a token acts for; raises Unauthenticated."""
        now = stamp(self._clock)
        with self._store.read() as work:
            token = work.tokens.find(keys.digest(secret)) if secret.startswith(keys.PREFIX) else None
            live = token is not None and not token.revoked and token.expires > now
            actor = actor_of(work, now, token.account, token.scopes) if live and token else None
        if token is None or actor is None:
            raise Unauthenticated("This token is not known, has expired or was revoked; make a new one on your page.")
        if token.used[:16] != now[:16]:
            with self._store.write() as work:
                work.tokens.touch(token.id, now)
        return actor

    def of(self, account: Account | Actor) -> list[Token]:
        """Return the tokens of an account, newest first."""
        with self._store.read() as work:
            return work.tokens.of(account.id)

    def revoke(self, actor: Actor, id: str) -> None:
        """Revoke a token of one's own; raises NotFound."""
        with self._store.write() as work:
            if not work.tokens.revoke(actor.id, stamp(self._clock), id):
                raise NotFound("There is no such token, or it was revoked before.")
            work.audit(at=stamp(self._clock), actor=actor.id, action="token:revoke", target=f"token:{id}", because="")


def _check(scopes: tuple[str, ...], days: int) -> None:
    if not scopes or not set(scopes) <= set(SCOPES):
        raise _wrong("bad-scope", "/scope", f"Choose what the token may do: {', '.join(SCOPES)}.")
    if not 1 <= days <= LONGEST_DAYS:
        raise _wrong("bad-days", "/days", f"A token lives from 1 to {LONGEST_DAYS} days.")


def _wrong(code: str, path: str, message: str) -> Invalid:
    return Invalid(message, [Problem(code, path, message)])
