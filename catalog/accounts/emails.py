"""E-mail addresses: one spelling for each, and none that only looks like another."""

from email_validator import EmailNotValidError, validate_email

from catalog.errors import Invalid
from schemas.problems import Problem

LONGEST = 254


def normal(address: str) -> str:
    """Return the address in its one spelling: small letters, ASCII only, so that no other address looks like it.

    Raises Invalid.
    """
    try:
        found = validate_email(address.strip()[: LONGEST + 1], check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        message = "Write an e-mail address such as name@example.kz, in Latin letters."
        raise Invalid(message, [Problem("bad-email", "/email", message)]) from None
    return str(found.ascii_email or found.normalized).lower()


def spelled(address: str) -> str:
    """Return the address as `normal` does, or cut and in small letters where it is none: for looking it up only."""
    try:
        return normal(address)
    except Invalid:
        return address.strip()[:LONGEST].lower()
