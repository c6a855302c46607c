"""Signing in: the same answer, after the same work, whether or not there is such an account."""

from dataclasses import dataclass, replace

from catalog.accounts import emails, passwords
from catalog.accounts.records import Account, AccountState
from catalog.accounts.sessions import Sessions
from catalog.accounts.throttle import Caller, Throttle
from catalog.clock import Clock, stamp
from catalog.errors import Unauthenticated
from catalog.ports import Store, UnitOfWork

WRONG = "The e-mail address or the password is wrong."


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that has just begun: the secret of its cookie, the mark for the browser, and who it is."""

    secret: str
    mark: str
    account: Account


class SigningIn:
    """Lets people in."""

    def __init__(self, store: Store, clock: Clock, throttle: Throttle, sessions: Sessions) -> None:
        self._store, self._clock, self._throttle, self._sessions = store, clock, throttle, sessions

    def by_password(self, email: str, password: str, caller: Caller) -> Visit:
        """Begin a session; raises Unauthenticated, or Throttled."""
        account, tries = self.check_password(email, password, caller)
        self._throttle.forgive(tries)
        with self._store.write() as work:
            return self.enter(work, account, caller, "password")

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
