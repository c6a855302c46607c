"""Signing in: the same answer, after the same work, whether or not there is such an account."""

from dataclasses import dataclass, replace
from datetime import timedelta

from catalog.accounts import emails, keys, passwords
from catalog.accounts.records import Account, AccountState, Ticket
from catalog.accounts.second_step import SecondStep, confirmed
from catalog.accounts.sessions import Sessions
from catalog.accounts.throttle import Caller, Throttle
from catalog.clock import Clock, stamp
from catalog.errors import Unauthenticated
from catalog.ports import Store, UnitOfWork
from schemas.dates import utc

KIND, LIFE = "second-step", timedelta(minutes=10)
WRONG = "The e-mail address or the password is wrong."


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that has just begun: the secret of its cookie, the mark for the browser, and who it is."""

    secret: str
    mark: str
    account: Account


@dataclass(frozen=True, slots=True)
class Pending:
    """A password was right, and a code is asked for; `secret` stands for what was done so far."""

    secret: str
    account: Account


class SigningIn:
    """Lets people in."""

    def __init__(self, store: Store, clock: Clock, throttle: Throttle, sessions: Sessions, second: SecondStep) -> None:
        self._store, self._clock, self._throttle, self._sessions, self._second = store, clock, throttle, sessions, second

    def by_password(self, email: str, password: str, caller: Caller) -> Visit | Pending:
        """Begin a session, or ask for a code where the account has codes; raises Unauthenticated, or Throttled."""
        account, tries = self.check_password(email, password, caller)
        self._throttle.forgive(tries)
        with self._store.write() as work:
            if confirmed(work, account.id):
                return self._pending(work, account)
            return self.enter(work, account, caller, "password")

    def by_code(self, secret: str, code: str, caller: Caller) -> Visit:
        """Begin the session that waited for a code; raises Unauthenticated, Invalid or Throttled."""
        with self._store.read() as work:
            ticket = work.tickets.find(KIND, keys.digest(secret), stamp(self._clock))
        if ticket is None:
            raise Unauthenticated("Signing in took too long; begin again.")
        self._second.check(ticket.facts["account"], code, caller)
        with self._store.write() as work:
            account = work.accounts.get(ticket.facts["account"])
            taken = work.tickets.take(KIND, ticket.digest, stamp(self._clock))
            if taken is None or account is None or account.state is not AccountState.ACTIVE:
                raise Unauthenticated("Signing in took too long; begin again.")
            return self.enter(work, account, caller, "password and code")

    def _pending(self, work: UnitOfWork, account: Account) -> Pending:
        secret, expires = keys.fresh(), utc(self._clock() + LIFE)
        facts = {"account": account.id}
        work.tickets.add(Ticket(digest=keys.digest(secret), kind=KIND, email=account.email, expires=expires, facts=facts))
        return Pending(secret, account)

    def check_password(self, email: str, password: str, caller: Caller) -> tuple[Account, tuple[str, ...]]:
        """Return the account of an address and a password, with the tries that were counted."""
        address = emails.spelled(email)
        tries = self._throttle.begin("password", address, caller)
        with self._store.read() as work:
            account = work.accounts.by_email(address)
        right = passwords.matches(account.password if account else "", password)
        if account is None or not right or account.state is not AccountState.ACTIVE:
            self._refuse(account)
        assert account is not None
        if passwords.outdated(account.password):
            with self._store.write() as work:
                work.accounts.put(replace(account, password=passwords.hashed(password)))
        return account, tries

    def enter(self, work: UnitOfWork, account: Account, caller: Caller, method: str) -> Visit:
        """Begin the session of an account that has shown who it is."""
        secret, _ = self._sessions.begin_in(work, account.id, caller.agent, method)
        return Visit(secret, self._throttle.mark(account.email), account)

    def _refuse(self, account: Account | None) -> None:
        target = f"account:{account.id}" if account else "account:unknown"
        with self._store.write() as work:
            work.audit(at=stamp(self._clock), actor="visitor", action="account:sign-in-refused", target=target, because="")
        raise Unauthenticated(WRONG)
