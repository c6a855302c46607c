"""The metadata of a published dataset is seen by those who carry one of its labels; everything else looks absent."""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.records import CatalogRecord, State


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    hidden = Decision(False, "hidden", "There is no such dataset.")
    if record.state not in (State.PUBLISHED, State.WITHDRAWN) or not record.labels & actor.labels:
        return hidden
    return Decision(True, "visible") if action is Action.READ else None


RULE = AccessRulePlugin(name="visibility", order=30, decide=_decide)
