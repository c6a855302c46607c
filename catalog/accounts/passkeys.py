"""Passkeys (WebAuthn Level 3): keys on people's devices, several for each, that sign in without a password.

The device itself asks for a finger or a code (user verification), so a passkey counts as both steps. A challenge belongs to one
browser, and to its session where there is one; it is used up by the first answer, right or wrong.
"""

import ipaddress
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from catalog.access import Actor
from catalog.accounts import keys
from catalog.accounts.records import Account, AccountState, Passkey, Ticket
from catalog.accounts.signing_in import SigningIn, Visit
from catalog.accounts.throttle import Caller
from catalog.clock import Clock, stamp
from catalog.errors import Denied, Invalid, NotFound, Unauthenticated
from catalog.ports import Store, UnitOfWork
from schemas.dates import utc
from schemas.problems import Problem

T = TypeVar("T")
KIND, LIFE = "passkey", timedelta(minutes=5)
MOST, LABEL, LONGEST = 20, 100, 1400
"""Passkeys of an account, and characters of a label and of an id."""
REFUSED = "This passkey was not accepted; begin again, or sign in in another way."
NOT_ADDED = "The passkey was not added: the device gave no valid answer. Begin again."
LAST = "This is the only way in which you sign in; choose a password first."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a device is asked (JSON for the browser's own function), and the secret that the browser keeps until it answers."""

    options: str
    secret: str


class Passkeys:
    """Adds, lists and removes passkeys, and signs in with them."""

    def __init__(self, store: Store, clock: Clock, signing_in: SigningIn, site: str, address: str) -> None:
        self._store, self._clock, self._signing_in, self._site = store, clock, signing_in, site
        parts = urlsplit(address)
        self._host, self._origin = parts.hostname or "", f"{parts.scheme}://{parts.netloc}"

    @property
    def ready(self) -> bool:
        """Tell whether browsers allow passkeys at the public address: it has a name, and is encrypted or on this machine."""
        try:
            ipaddress.ip_address(self._host)
        except ValueError:
            return self._origin.startswith("https://") or self._host == "localhost"
        return False

    def of(self, actor: Actor) -> list[Passkey]:
        """Return one's own passkeys, oldest first."""
        with self._store.read() as work:
            return work.factors.passkeys(actor.id)

    def begin_adding(self, actor: Actor) -> Asked:
        """Ask a device for a new passkey."""
        with self._store.write() as work:
            account = _mine(work, actor)
            known = work.factors.passkeys(account.id)
            if len(known) >= MOST:
                raise _wrong(f"An account has at most {MOST} passkeys; remove one first.")
            secret = self._challenge(work, actor.session)
        options = webauthn.generate_registration_options(
            rp_id=self._host, rp_name=self._site, user_id=account.id.encode(), user_name=account.email,
            user_display_name=account.name or account.email, challenge=secret.encode(),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id)) for one in known],
        )  # fmt: skip
        return Asked(options_to_json(options), secret)

    def add(self, actor: Actor, secret: str, answer: str, label: str) -> Passkey:
        """Keep what a device answered, under a label; raises Invalid."""
        self._answered(secret, actor.session, _wrong(NOT_ADDED))
        made = _checked(lambda: webauthn.verify_registration_response(
            credential=answer, expected_challenge=secret.encode(), expected_rp_id=self._host, expected_origin=self._origin,
            require_user_verification=True,
        ), _wrong(NOT_ADDED))  # fmt: skip
        with self._store.write() as work:
            account, id = _mine(work, actor), bytes_to_base64url(made.credential_id)
            known = work.factors.passkeys(account.id)
            if len(id) > LONGEST or len(known) >= MOST or work.factors.passkey(id):
                raise _wrong(NOT_ADDED)
            passkey = Passkey(
                id=id, account=account.id, public_key=bytes_to_base64url(made.credential_public_key), count=made.sign_count,
                label=" ".join(label.split())[:LABEL] or f"Passkey {len(known) + 1}", created=stamp(self._clock),
            )  # fmt: skip
            work.factors.put_passkey(passkey)
            self._note(work, account.id, "account:passkey")
        return passkey

    def remove(self, actor: Actor, id: str) -> None:
        """Forget a passkey of one's own; raises Invalid for the last way to sign in, and NotFound."""
        with self._store.write() as work:
            account = _mine(work, actor)
            others = [one for one in work.factors.passkeys(account.id) if one.id != id]
            if not (others or account.password or work.identities.of(account.id)):
                raise _wrong(LAST)
            if not work.factors.remove_passkey(account.id, id):
                raise NotFound("There is no such passkey; it may have been removed.")
            self._note(work, account.id, "account:passkey-end")

    def begin(self) -> Asked:
        """Ask a device for any passkey that it has for this site."""
        with self._store.write() as work:
            secret = self._challenge(work, "")
        options = webauthn.generate_authentication_options(
            rp_id=self._host, challenge=secret.encode(), user_verification=UserVerificationRequirement.REQUIRED
        )
        return Asked(options_to_json(options), secret)

    def enter(self, secret: str, answer: str, caller: Caller) -> Visit:
        """Begin the session of whose passkey answered; raises Unauthenticated.

        A passkey that counts its uses and counts less than before is a copy: it is refused, and the log tells.
        """
        refused = Unauthenticated(REFUSED)
        self._answered(secret, "", refused)
        id = _checked(lambda: str(json.loads(answer)["id"])[:LONGEST], refused)
        with self._store.read() as work:
            known = work.factors.passkey(id)
        if known is None:
            raise refused
        try:
            shown = _checked(lambda: webauthn.verify_authentication_response(
                credential=answer, expected_challenge=secret.encode(), expected_rp_id=self._host, expected_origin=self._origin,
                credential_public_key=base64url_to_bytes(known.public_key), credential_current_sign_count=known.count,
                require_user_verification=True,
            ), refused)  # fmt: skip
        except Unauthenticated:
            with self._store.write() as work:
                self._note(work, known.account, "account:passkey-refused")
            raise
        used = replace(known, count=shown.new_sign_count, used=stamp(self._clock))
        with self._store.write() as work:
            account = work.accounts.get(known.account)
            if account is None or account.state is not AccountState.ACTIVE or not work.factors.use_passkey(used, known.count):
                raise refused
            return self._signing_in.enter(work, account, caller, "passkey")

    def _challenge(self, work: UnitOfWork, session: str) -> str:
        secret = keys.fresh()
        digest, expires = keys.digest(secret), utc(self._clock() + LIFE)
        work.tickets.add(Ticket(digest=digest, kind=KIND, email=digest, expires=expires, facts={"session": session}))
        return secret

    def _answered(self, secret: str, session: str, refused: Exception) -> None:
        """Use a challenge up; raises `refused` where it is not this browser's, was used, or is too old."""
        with self._store.write() as work:
            ticket = work.tickets.take(KIND, keys.digest(secret), stamp(self._clock))
        if ticket is None or ticket.facts["session"] != session:
            raise refused

    def _note(self, work: UnitOfWork, account: str, action: str) -> None:
        work.audit(at=stamp(self._clock), actor=account, action=action, target=f"account:{account}", because="")


def _checked(verify: Callable[[], T], refused: Exception) -> T:
    """Return what the library makes of an answer; whatever it stumbles over in one is a wrong answer."""
    try:
        return verify()
    except Exception as error:  # the border of one answer, which anybody may send
        raise refused from error


def _wrong(message: str) -> Invalid:
    return Invalid(message, [Problem("passkey", "/passkey", message)])


def _mine(work: UnitOfWork, actor: Actor) -> Account:
    account = work.accounts.get(actor.id) if actor.session else None
    if account is None:
        raise Denied("Sign in with a browser to do this.", "not-signed-in")
    return account
