"""What belongs to a change of a request for data: its next revision, its audit entry, the letters to those who answer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from catalog.access import Actor
from catalog.access.base import Role, SiteRole
from catalog.accounts.letters import Wording
from catalog.accounts.records import Account
from catalog.clock import Clock
from catalog.errors import Conflict
from catalog.granting.telling import Telling
from catalog.ports import UnitOfWork
from catalog.wanted.records import Wanted
from catalog.wanted.wording import WANTED
from schemas.dates import utc

DAYS = 30
"""Days in which an agency answers."""
_ANSWERING = frozenset({Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR})


def answer_due(clock: Clock) -> str:
    """Return the day by which an agency answers that is asked now."""
    return utc(clock() + timedelta(days=DAYS))[:10]


def noted(work: UnitOfWork, now: str, actor: str, action: str, wanted: Wanted, because: str = "") -> None:
    """Write the audit entry of what happened to a request, without its words."""
    work.audit(at=now, actor=actor, action=f"wanted:{action}", target=f"wanted:{wanted.id}", because=because)


def changed(work: UnitOfWork, now: str, actor: Actor, action: str, after: Wanted, because: str = "") -> Wanted:
    """Write the next revision of a request, with its audit entry; raises Conflict where somebody else was quicker."""
    after = replace(after, revision=after.revision + 1, updated=now)
    if not work.wanted.change(after):
        raise Conflict("This request was changed meanwhile; look at it again.", after)
    noted(work, now, actor.id, action, after, because)
    return after


def tell_answering(
    telling: Telling, work: UnitOfWork, wanted: Wanted, wording: Wording = WANTED, others: Iterable[Account] | None = None
) -> None:
    """Write to those who answer (who writes for the agency, or else the stewards of the site), or to others instead."""
    members = work.accounts.members(wanted.agency) if wanted.agency else []
    asked = [account for account, role in members if role in _ANSWERING] or work.accounts.with_site_role(SiteRole.STEWARD)
    people = asked if others is None else others
    telling.write(work, wording, people, f"/wanted/{wanted.id}", title=wanted.title, due=wanted.due)
