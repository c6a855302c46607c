"""Passwords: argon2id hashes, what a password must be, and the same work for accounts that do not exist."""

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from catalog.errors import Invalid
from schemas.problems import Problem

SHORTEST, LONGEST = 12, 256
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """Return the argon2id hash of a password."""
    return _hasher.hash(_plain(password))


def matches(kept: str, password: str) -> bool:
    """Tell whether a password is the one of a hash; takes as long where there is none."""
    try:
        return _hasher.verify(kept or _nobodys(), _plain(password[:LONGEST])) and bool(kept)
    except (VerifyMismatchError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Tell whether a hash should be made anew with today's parameters."""
    return _hasher.check_needs_rehash(kept)


def check(password: str, email: str = "", path: str = "/password") -> None:
    """Raise Invalid unless a password is long enough and not easily guessed."""
    if message := _fault(password, email):
        raise Invalid(message, [Problem("bad-password", path, message)])


def _fault(password: str, email: str) -> str:
    if len(password) < SHORTEST:
        return f"Choose a password of at least {SHORTEST} characters; a few words that nobody would guess do well."
    if len(password) > LONGEST:
        return f"Choose a password of at most {LONGEST} characters."
    plain = _plain(password).casefold()
    if len(set(plain)) < 5 or plain in "01234567890123456789" or (email and email.partition("@")[0] in plain.split()):
        return "This password is easily guessed; choose a few words that nobody would expect together."
    return ""


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
