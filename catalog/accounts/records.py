"""What is known of accounts; secrets are kept as hashes only."""

from dataclasses import dataclass
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
