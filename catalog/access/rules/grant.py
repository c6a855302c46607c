"""Who holds a grant has the bytes of the versions that it names, until it ends or is revoked; where all is closed nothing is
granted.
"""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.granting.records import OTHER_VERSIONS, OVER
from catalog.records import CatalogRecord
from schemas.access import AccessLevel


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    if action is not Action.DOWNLOAD or record.dataset.access.level is AccessLevel.CLOSED:
        return None
    mine = [grant for grant in actor.grants if grant.dataset == record.dataset.name]
    live = [grant for grant in mine if grant.holds(now) and grant.binds(actor.roles)]
    if any(grant.covers(record.version) for grant in live):
        return Decision(True, "grant")
    if record.dataset.access.level is not AccessLevel.ON_REQUEST or not mine:
        return None
    return Decision(False, "grant-versions", OTHER_VERSIONS) if live else Decision(False, "grant-over", OVER)


RULE = AccessRulePlugin(name="grant", order=42, decide=_decide)
"""Asked after dates, before the terms of those without a grant."""
