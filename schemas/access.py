"""Who may use the bytes of a dataset, for what and under which duties (written as ODRL in exports)."""

from dataclasses import dataclass, field
from enum import StrEnum

from schemas.texts import Text


class AccessLevel(StrEnum):
    """The five levels, from everybody to nobody outside the agency."""

    OPEN = "open"
    REGISTERED = "registered"
    RESIDENTS = "residents"
    ON_REQUEST = "on-request"
    CLOSED = "closed"


DUTIES = frozenset({"attribute", "no-redistribution", "delete-after", "protect"})
"""Duties that are known here; a rule with another gives nothing out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What the recipient must do: `attribute`, `delete-after` (an ISO 8601 duration), `no-redistribution`,
    `protect` (by a measure) …
    """

    action: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRule:
    """The rule of the bytes. One kind of recipient in `audience` (`agency`, `agency:<name>`, `residents`) is enough, like one
    of `purposes`; `embargo` and `expires` are dates in ISO 8601, which themselves are still within. `visible_to` names the
    audiences that may see the metadata; empty means everybody.
    """

    level: AccessLevel = AccessLevel.OPEN
    audience: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    embargo: str = ""
    expires: str = ""
    count: int | None = None
    visible_to: tuple[str, ...] = ()
    reason: Text = field(default_factory=dict)
    eligibility: Text = field(default_factory=dict)
    decision_days: int | None = None
