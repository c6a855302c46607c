"""Tries to sign in are slowed by who tries, so that nobody can shut another out of their account.

A browser that signed in before carries a mark, and only its own tries count against it. Tries from elsewhere count by account
and network, by network, and by account; what strangers use up is the strangers' share.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from catalog.accounts import keys
from catalog.clock import Clock
from catalog.errors import Throttled
from catalog.ports import Store
from schemas.dates import utc

WINDOW = timedelta(minutes=15)
PER_DEVICE, PER_ACCOUNT_AND_NETWORK, PER_NETWORK, PER_ACCOUNT = 10, 10, 100, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Where a try comes from: the network of the address, what the browser calls itself, and the mark that it carries."""

    network: str = ""
    agent: str = ""
    mark: str = ""


class Throttle:
    """Counts tries before they are made, so that many at once count as well."""

    def __init__(self, store: Store, clock: Clock, secret: str) -> None:
        self._store, self._clock, self._secret = store, clock, secret.encode()

    def begin(self, what: str, name: str, caller: Caller) -> tuple[str, ...]:
        """Count a try of somebody at something, such as signing in to an address; raises Throttled where there were too many."""
        limits = dict(self._limits(what, name, caller))
        since, now = utc(self._clock() - WINDOW), utc(self._clock())
        with self._store.write() as work:
            work.attempts.sweep(since)
            counts = work.attempts.counts(list(limits), since)
            if any(counts.get(key, 0) >= limit for key, limit in limits.items()):
                minutes = int(WINDOW.total_seconds() // 60)
                raise Throttled(f"There were too many tries; wait {minutes} minutes, or ask for a link by e-mail.", minutes * 60)
            work.attempts.add(list(limits), now)
        return tuple(limits)

    def forgive(self, tries: tuple[str, ...]) -> None:
        """Forget the tries that led to success: those of this browser, or of this account from this network."""
        with self._store.write() as work:
            work.attempts.clear(tries[:1])

    def mark(self, name: str) -> str:
        """Return the mark for a browser that has signed in."""
        drawn = keys.fresh_id()
        return f"{drawn}.{self._sign(name, drawn)}"

    def _limits(self, what: str, name: str, caller: Caller) -> Iterator[tuple[str, int]]:
        drawn, _, signed = caller.mark.partition(".")
        if drawn and hmac.compare_digest(signed.encode(), self._sign(name, drawn).encode()):
            yield _key(what, "device", name, drawn), PER_DEVICE
            return
        yield _key(what, "both", name, caller.network), PER_ACCOUNT_AND_NETWORK
        yield _key(what, "network", caller.network), PER_NETWORK
        yield _key(what, "account", name), PER_ACCOUNT

    def _sign(self, name: str, drawn: str) -> str:
        return hmac.new(self._secret, f"device|{name}|{drawn}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _key(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]
