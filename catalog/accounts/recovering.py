"""A forgotten password: a link by e-mail that works once, within an hour; the answer is the same for every address."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from catalog.accounts import emails, keys, passwords
from catalog.accounts.letters import RECOVERY
from catalog.accounts.mailing import Mailing
from catalog.accounts.records import AccountState, Ticket
from catalog.accounts.throttle import Caller, Throttle
from catalog.clock import Clock, stamp
from catalog.errors import NotFound
from catalog.ports import Store
from schemas.dates import utc

KIND, LIFE = "recover", timedelta(hours=1)
_GONE = "This link is not known, was used or has expired; ask for another one."


class Recovering:
    """Lets people choose a new password."""

    def __init__(self, store: Store, clock: Clock, throttle: Throttle, mailing: Mailing, address: Callable[[str], str]) -> None:
        self._store, self._clock, self._throttle, self._mailing, self._address = store, clock, throttle, mailing, address

    def ask(self, email: str, caller: Caller, language: str = "") -> None:
        """Send a link to an address where there is an account of it; raises Throttled."""
        address = emails.spelled(email)
        self._throttle.begin("recover", address, caller)
        secret, now = keys.fresh(), self._clock()
        link = f"{self._address(language)}/account/recovery/{secret}"
        ticket = Ticket(digest=keys.digest(secret), kind=KIND, email=address, expires=utc(now + LIFE))
        with self._store.write() as work:
            account = work.accounts.by_email(address)
            work.tickets.add(ticket)
            known = account is not None and account.state is AccountState.ACTIVE
            if known:
                self._mailing.write_in(work, RECOVERY, address, language, link=link)
            target = f"account:{account.id if account else 'unknown'}"
            work.audit(at=utc(now), actor="visitor", action="account:recover-ask", target=target, because="")
        self._mailing.wake()

    def look(self, secret: str) -> None:
        """Raise NotFound where a link works no more."""
        with self._store.read() as work:
            ticket = work.tickets.find(KIND, keys.digest(secret), stamp(self._clock))
            if ticket is None or work.accounts.by_email(ticket.email) is None:
                raise NotFound(_GONE)

    def choose(self, secret: str, password: str) -> None:
        """Set a new password; all sessions of the account end, what second factors it has stay."""
        self.look(secret)
        passwords.check(password)
        made, now = passwords.hashed(password), stamp(self._clock)
        with self._store.write() as work:
            ticket = work.tickets.take(KIND, keys.digest(secret), now)
            account = work.accounts.by_email(ticket.email) if ticket else None
            if account is None or account.state is not AccountState.ACTIVE:
                raise NotFound(_GONE)
            work.accounts.put(replace(account, password=made))
            work.sessions.remove(account.id)
            work.audit(at=now, actor=account.id, action="account:password", target=f"account:{account.id}", because="recovery")
