"""Actors, actions and decisions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from catalog.granting.records import Grant
from catalog.records import CatalogRecord

RESIDENTS = "residents"
"""The label of verified residents, and their kind of recipient."""


class Action(StrEnum):
    """What somebody wants to do to a dataset, or (`MANAGE`) to the members and sources of its agency."""

    READ = "dataset:read"
    DOWNLOAD = "dataset:download"
    PUBLISH = "dataset:publish"
    WITHDRAW = "dataset:withdraw"
    EDIT = "dataset:edit"
    REVIEW = "dataset:review"
    MANAGE = "agency:manage"


class Role(StrEnum):
    """What an account may do for an agency; a publisher may approve."""

    MEMBER = "member"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"


class SiteRole(StrEnum):
    """What an account may do for the whole site."""

    STEWARD = "steward"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Residency:
    """What an identity provider said of where somebody lives, when that was verified, and until when it holds (ISO 8601, UTC)."""

    resident: bool
    provider: str
    verified: str
    expires: str

    def holds(self, now: str) -> bool:
        """Tell whether the person is a verified resident at `now`."""
        return self.resident and self.verified <= now < self.expires


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who asks; `kind` is visitor, account, harvester or system; `labels` are compared with a dataset's.

    An account has `roles` by agency, and `site_roles`; `scopes` are the actions that its token is limited to, None for all.
    `residency` is what was verified last, expired or not; `session` is the id of the browser's session, empty with a token;
    `grants` are all that the account ever got; `purpose` is what this request says that the files are for.
    """

    id: str
    kind: str
    labels: frozenset[str] = frozenset({"public"})
    roles: Mapping[str, Role] = field(default_factory=dict)
    site_roles: frozenset[SiteRole] = frozenset()
    scopes: frozenset[str] | None = None
    residency: Residency | None = None
    session: str = ""
    name: str = ""
    grants: tuple[Grant, ...] = ()
    purpose: str = ""

    @property
    def recipients(self) -> frozenset[str]:
        """Return the kinds of recipients that the actor is, as access rules name them (odrl:recipient)."""
        agencies = {f"agency:{name}" for name in self.roles} | ({"agency"} if self.roles else set())
        return frozenset(agencies) | (self.labels & {RESIDENTS})


VISITOR = Actor(id="visitor", kind="visitor")
SYSTEM = Actor(id="system", kind="system")


def harvester(source: str) -> Actor:
    """Return the actor that a harvest of `source` acts as."""
    return Actor(id=f"harvester:{source}", kind="harvester")


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, with the code of the rule that said so and a sentence for the asker."""

    allowed: bool
    reason: str
    message: str = ""


Rule = Callable[[Actor, Action, CatalogRecord, str], Decision | None]
"""A rule says yes, no, or nothing, given the time as ISO 8601 in UTC; no rule that says yes means no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRulePlugin:
    """One rule file's offer. Rules are asked in `order`; the first answer holds."""

    name: str
    order: int
    decide: Rule
