"""A request for access with its history, and the grant that it may lead to."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class RequestState(StrEnum):
    """Where a request stands; while more information is asked for, the time to decide stands still. `unconfirmed` waits for
    the agency on whose behalf it is.
    """

    UNCONFIRMED = "unconfirmed"
    PENDING = "pending"
    ASKED_BACK = "asked-back"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN = (RequestState.PENDING, RequestState.ASKED_BACK)
"""The states of requests that the agency has not decided."""
UNDECIDED = (RequestState.UNCONFIRMED, *OPEN)
"""The states of requests that nobody has decided."""

OVER = "Your access to these files has ended, was revoked or was used as often as agreed; ask again if you need them."
"""What is said to whose grants give nothing any more."""

OTHER_VERSIONS = "Your access is for other versions of these files; your grant names them. Ask again if you need this one."
"""What is said to whose grants hold, but for other versions."""

OTHER_PURPOSE = "Your access is for another purpose than the one that you state; your agreement names it."
"""What is said to whose grants hold, but not for what they say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event of a request: when (ISO 8601, UTC), who, what came of it, and their words."""

    at: str
    by: str
    state: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Terms as a text in a language (`kk`, `ru`, `en`), its SHA-256, and when they were accepted (ISO 8601, UTC)."""

    text: str
    language: str
    sha256: str
    accepted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What somebody states who asks on `behalf` of others: `legitimate` purpose, the `officer` who authorises it, and how data
    are kept as safe as at their owner's (see `catalog.granting.sharing`).
    """

    behalf: str
    legitimate: str
    officer: str
    measures: tuple[str, ...]
    protection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest:
    """Somebody's request for the files of a dataset. `kind` is one of the rule's purposes, empty where it names none;
    `due` is the day by which the agency answers. It is for the versions from `from_version` to `to_version`; 0 is no bound.
    `terms` are those that were accepted, None in requests of before they were kept; `sharing` is None for one's own requests.
    """

    id: str
    dataset: str
    agency: str
    account: str
    state: RequestState
    purpose: str
    kind: str
    organisation: str
    until: str
    due: str
    created: str
    updated: str
    history: tuple[Step, ...] = ()
    from_version: int = 0
    to_version: int = 0
    terms: Terms | None = None
    sharing: Sharing | None = None

    @property
    def behalf(self) -> str:
        """Return on whose behalf it is, empty for the person's own."""
        return self.sharing.behalf if self.sharing else ""

    @property
    def arrived(self) -> bool:
        """Tell whether the agency that is asked may see it, which is once it was confirmed."""
        return any(step.state == RequestState.PENDING.value for step in self.history)

    @property
    def confirmed(self) -> Step | None:
        """Return the step by which the agency on whose behalf it is confirmed it, None where none was needed or done."""
        first = self.history[0].state if self.history else ""
        steps = (step for step in self.history if step.state == RequestState.PENDING.value)
        return next(steps, None) if first == RequestState.UNCONFIRMED.value else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A permission to have the files of a dataset for a purpose, through the day `until`; `agreement` is it in ODRL, signed.

    `used` tells how often files left by it; `count` is how often they may, None for no bound. It gives the versions from
    `from_version` to `to_version`; 0 is no bound.
    """

    id: str
    request: str
    dataset: str
    agency: str
    account: str
    kind: str
    starts: str
    until: str
    given_by: str
    agreement: dict[str, Any]
    revoked: str = ""
    revoked_because: str = ""
    count: int | None = None
    used: int = 0
    from_version: int = 0
    to_version: int = 0

    @property
    def bounded(self) -> bool:
        """Tell whether it gives some versions of the files only."""
        return bool(self.from_version or self.to_version)

    def covers(self, version: int) -> bool:
        """Tell whether it gives a version of the files; one that is not known (0) only where it gives all."""
        return not self.bounded or (self.from_version <= version <= (self.to_version or version) and version > 0)

    def binds(self, roles: Collection[str]) -> bool:
        """Tell whether a holder with roles in these agencies still works for the agency on whose behalf it was given, if any."""
        kind, _, agency = self.agreement.get("qoima:safeguards", {}).get("behalf", "").partition(":")
        return kind != "agency" or agency in roles

    def holds(self, now: str) -> bool:
        """Tell whether the grant gives anything at `now` (ISO 8601, UTC)."""
        left = self.count is None or self.used < self.count
        return left and not self.revoked and self.starts <= now and now[:10] <= self.until


def standing(request: AccessRequest, grant: Grant | None, now: str, roles: Collection[str] | None = None) -> str:
    """Return the state of a request at `now`; `revoked`, `expired` or `used-up` where its grant gives nothing any more, `left`
    where its holder, whose `roles` are known, left the agency on whose behalf it was given.
    """
    if grant is None:
        return request.state.value
    if grant.holds(now):
        return request.state.value if roles is None or grant.binds(roles) else "left"
    return "revoked" if grant.revoked else "expired" if now[:10] > grant.until else "used-up"
