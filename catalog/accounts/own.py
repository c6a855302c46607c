"""What people change of their own accounts: name, language, password."""

from dataclasses import replace

from catalog.access import Actor
from catalog.accounts import passwords
from catalog.accounts.people import NAME_LENGTH
from catalog.accounts.records import Account
from catalog.accounts.throttle import Caller, Throttle
from catalog.clock import Clock, stamp
from catalog.errors import Denied, Invalid
from catalog.ports import Store, UnitOfWork
from schemas.problems import Problem
from schemas.texts import INTERFACE_LANGUAGES


class Own:
    """Changes the account of whoever asks, from a browser only, and nothing but what is named here."""

    def __init__(self, store: Store, clock: Clock, throttle: Throttle) -> None:
        self._store, self._clock, self._throttle = store, clock, throttle

    def change(self, actor: Actor, name: str, language: str) -> None:
        """Change how one is called, and the language of one's letters."""
        chosen = language if language in INTERFACE_LANGUAGES else ""
        with self._store.write() as work:
            account = replace(_mine(work, actor), name=" ".join(name.split())[:NAME_LENGTH], language=chosen)
            work.accounts.put(account)
            self._note(work, account, "account:change")

    def change_password(self, actor: Actor, old: str, new: str, caller: Caller) -> None:
        """Change the password; all other sessions end. Raises Invalid where the old one is wrong or the new one too weak."""
        with self._store.read() as work:
            account = _mine(work, actor)
        passwords.check(new, account.email, "/new")
        tries = self._throttle.begin("password", account.email, caller)
        if account.password and not passwords.matches(account.password, old):
            message = "The present password is wrong."
            raise Invalid(message, [Problem("wrong-password", "/old", message)])
        self._throttle.forgive(tries)
        made = passwords.hashed(new)
        with self._store.write() as work:
            work.accounts.put(replace(_mine(work, actor), password=made))
            work.sessions.remove(account.id, but=actor.session)
            self._note(work, account, "account:password")

    def _note(self, work: UnitOfWork, account: Account, action: str) -> None:
        work.audit(at=stamp(self._clock), actor=account.id, action=action, target=f"account:{account.id}", because="")


def _mine(work: UnitOfWork, actor: Actor) -> Account:
    account = work.accounts.get(actor.id) if actor.session else None
    if account is None:
        raise Denied("Sign in with a browser to do this.", "not-signed-in")
    return account
