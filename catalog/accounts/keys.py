"""Secrets that are shown once and kept as SHA-256: 256 random bits need no slower hash."""

import hashlib
import secrets

PREFIX = "qoima_"
"""Begins every API token, so that scanners of code find one that was published by mistake."""
SHOWN = len(PREFIX) + 6
"""Characters of a token that are kept in the open, by which people tell tokens apart."""


def fresh(prefix: str = "") -> str:
    """Return a new secret."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def fresh_id() -> str:
    """Return an id that says nothing."""
    return secrets.token_hex(10)
