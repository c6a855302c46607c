"""Codes of an app (TOTP, RFC 6238) as a second step, with recovery codes; every code works once."""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from catalog.access import Actor
from catalog.accounts import keys
from catalog.accounts.records import Account, Codes
from catalog.accounts.throttle import Caller, Throttle
from catalog.clock import Clock, stamp
from catalog.errors import Denied, Invalid
from catalog.ports import Store, UnitOfWork
from schemas.problems import Problem

STEP, DIGITS, RECOVERY = 30, 6, 10
WRONG = "This code is wrong or was used; wait for the next one, and look whether the clock of your device is right."


@dataclass(frozen=True, slots=True)
class Setup:
    """What an app is set up with: the secret to type, and the address to scan."""

    secret: str
    address: str


class SecondStep:
    """Sets codes up and checks them; secrets are kept encrypted."""

    def __init__(self, store: Store, clock: Clock, throttle: Throttle, secret: str, site: str) -> None:
        self._store, self._clock, self._throttle, self._site = store, clock, throttle, site
        self._cipher = Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"codes|{secret}".encode()).digest()))

    def state(self, actor: Actor) -> Codes | None:
        """Return the confirmed codes of whoever asks, None where there are none."""
        with self._store.read() as work:
            return confirmed(work, actor.id)

    def begin(self, actor: Actor) -> Setup:
        """Draw a secret for an app; it counts once a code of it was given."""
        drawn = secrets.token_bytes(20)
        with self._store.write() as work:
            account = _mine(work, actor)
            if confirmed(work, account.id):
                raise Denied("Codes are set up already; take them away first.", "codes-there")
            work.factors.put_codes(Codes(account=account.id, secret=self._cipher.encrypt(drawn).decode()))
        return self._setup(drawn, account)

    def shown(self, actor: Actor) -> Setup | None:
        """Return the secret that waits for its first code, None where none does."""
        with self._store.read() as work:
            account, codes = _mine(work, actor), work.factors.codes(actor.id)
        return self._setup(self._opened(codes), account) if codes and not codes.confirmed else None

    def confirm(self, actor: Actor, code: str, caller: Caller) -> list[str]:
        """Take the first code of an app; returns recovery codes, shown this once. Raises Invalid or Throttled."""
        drawn = ["-".join((secrets.token_hex(3), secrets.token_hex(3))) for _ in range(RECOVERY)]
        tries = self._throttle.begin("code", actor.id, caller)
        with self._store.write() as work:
            codes = work.factors.codes(_mine(work, actor).id)
            step = self._step(codes, code) if codes and not codes.confirmed else 0
            if codes is None or not step:
                raise _wrong()
            digests = tuple(keys.digest(one) for one in drawn)
            work.factors.put_codes(replace(codes, step=step, confirmed=stamp(self._clock), recovery=digests))
            self._note(work, actor.id, "account:codes")
        self._throttle.forgive(tries)
        return drawn

    def remove(self, actor: Actor, code: str, caller: Caller) -> None:
        """Take the codes away, with a last code."""
        self.check(actor.id, code, caller)
        with self._store.write() as work:
            work.factors.remove_codes(_mine(work, actor).id)
            self._note(work, actor.id, "account:codes-end")

    def check(self, account: str, code: str, caller: Caller) -> None:
        """Take a code of an account, or a recovery code, and use it up; raises Invalid or Throttled."""
        tries = self._throttle.begin("code", account, caller)
        with self._store.write() as work:
            if not self._used(work, account, code):
                raise _wrong()
        self._throttle.forgive(tries)

    def _used(self, work: UnitOfWork, account: str, code: str) -> bool:
        codes = confirmed(work, account)
        if codes is None:
            return False
        if step := self._step(codes, code):
            return work.factors.use_step(account, step)
        if work.factors.use_recovery(account, keys.digest(code.strip().lower())):
            self._note(work, account, "account:recovery-code")
            return True
        return False

    def _step(self, codes: Codes, code: str) -> int:
        """Return the step of time that a code belongs to, one before and one after now at most; 0 where it is wrong."""
        plain = "".join(code.split())
        if not (plain.isascii() and plain.isdigit() and len(plain) == DIGITS):
            return 0
        now = int(self._clock().timestamp()) // STEP
        made = TOTP(self._opened(codes), DIGITS, SHA1(), STEP, enforce_key_length=False)
        found = [step for step in (now - 1, now, now + 1) if secrets.compare_digest(made.generate(step * STEP), plain.encode())]
        return found[-1] if found else 0

    def _opened(self, codes: Codes) -> bytes:
        try:
            return self._cipher.decrypt(codes.secret.encode())
        except InvalidToken:
            raise Denied("The codes cannot be read since the secret key changed; use a recovery code.", "codes-lost") from None

    def _setup(self, drawn: bytes, account: Account) -> Setup:
        address = TOTP(drawn, DIGITS, SHA1(), STEP).get_provisioning_uri(account.email, self._site)
        return Setup(" ".join(_groups(base64.b32encode(drawn).decode().rstrip("="))), address)

    def _note(self, work: UnitOfWork, account: str, action: str) -> None:
        work.audit(at=stamp(self._clock), actor=account, action=action, target=f"account:{account}", because="")


def confirmed(work: UnitOfWork, account: str) -> Codes | None:
    """Return the codes of an account where they count."""
    codes = work.factors.codes(account)
    return codes if codes and codes.confirmed else None


def _groups(words: str) -> Iterator[str]:
    yield from (words[at : at + 4] for at in range(0, len(words), 4))


def _wrong() -> Invalid:
    return Invalid(WRONG, [Problem("wrong-code", "/code", WRONG)])


def _mine(work: UnitOfWork, actor: Actor) -> Account:
    account = work.accounts.get(actor.id) if actor.session else None
    if account is None:
        raise Denied("Sign in with a browser to do this.", "not-signed-in")
    return account
