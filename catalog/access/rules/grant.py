"""Who holds a grant has the bytes for what was agreed, until it ends or is revoked; where all is closed nothing is granted."""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.access.granted import giving, refusal
from catalog.records import CatalogRecord
from schemas.access import AccessLevel


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    level = record.dataset.access.level
    if action is not Action.DOWNLOAD or level is AccessLevel.CLOSED:
        return None
    if giving(actor, record, now):
        return Decision(True, "grant")
    return refusal(actor, record, now) if level is AccessLevel.ON_REQUEST else None


RULE = AccessRulePlugin(name="grant", order=42, decide=_decide)
"""Asked after dates, before the terms of those without a grant."""
