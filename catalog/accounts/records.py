"""What is known of accounts; secrets are kept as hashes only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from catalog.access.base import Action

AUDIT_SCOPE = "audit:read"
"""The scope of a token that reads the audit log for an auditor."""
SCOPES = (*(action.value for action in Action), AUDIT_SCOPE)
"""What a token can be limited to."""


class AccountState(StrEnum):
    """An account that is disabled cannot sign in, and its tokens do nothing."""

    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person, known by e-mail address. `password` is an argon2 hash, empty where another way to sign in was chosen."""

    id: str
    email: str
    name: str = ""
    language: str = ""
    password: str = ""
    state: AccountState = AccountState.ACTIVE
    created: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An API token. `digest` is the SHA-256 of the secret, `prefix` its beginning, by which people tell tokens apart."""

    id: str
    account: str
    label: str
    prefix: str
    digest: str
    scopes: tuple[str, ...]
    created: str
    expires: str
    used: str = ""
    revoked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser that is signed in. `digest` is the SHA-256 of its cookie, `agent` says which browser, `method` how."""

    id: str
    account: str
    digest: str
    created: str
    seen: str
    expires: str
    agent: str = ""
    method: str = "password"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A link that works once: `kind` is invite or recover, `email` whom it was made for, `facts` what it gives."""

    digest: str
    kind: str
    email: str
    expires: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An account at an identity provider, with what the provider said of residency, and when."""

    provider: str
    subject: str
    account: str
    resident: bool = False
    verified: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Codes of an app (TOTP): the secret is encrypted, `step` is the last one used, `confirmed` when the first code was given.

    `recovery` are digests of codes that work once each.
    """

    account: str
    secret: str
    step: int = 0
    confirmed: str = ""
    recovery: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A passkey: its id and public key (base64url), and how often it was used, as it counts itself."""

    id: str
    account: str
    public_key: str
    count: int
    label: str
    created: str
    used: str = ""
