"""Who holds a grant has the bytes for what was agreed, until it ends or is revoked; nothing is granted where all is closed."""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.granting.records import OVER
from catalog.records import CatalogRecord
from schemas.access import AccessLevel


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    if action is not Action.DOWNLOAD or record.dataset.access.level is AccessLevel.CLOSED:
        return None
    mine = [grant for grant in actor.grants if grant.dataset == record.dataset.name]
    if any(grant.holds(now) for grant in mine):
        return Decision(True, "grant")
    if record.dataset.access.level is AccessLevel.ON_REQUEST and mine:
        return Decision(False, "grant-over", OVER)
    return None


RULE = AccessRulePlugin(name="grant", order=42, decide=_decide)
"""Asked after dates, before the terms of those without a grant."""
