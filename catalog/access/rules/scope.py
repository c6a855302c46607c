"""A token does no more than its scopes say; without that of reading or downloading it has what everybody has.

Whoever may change a dataset may read it.
"""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.records import CatalogRecord
from schemas.access import AccessLevel

_CHANGES = frozenset({Action.EDIT.value, Action.PUBLISH.value, Action.REVIEW.value, Action.WITHDRAW.value})


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    if actor.scopes is None or action.value in actor.scopes:
        return None
    if action is Action.READ and ("public" in record.labels or actor.scopes & _CHANGES):
        return None
    if action is Action.DOWNLOAD and record.dataset.access.level is AccessLevel.OPEN:
        return None
    if action is Action.READ:
        return Decision(False, "hidden", "There is no such dataset.")
    return Decision(False, "scope", f"This token may not do this; make one with the scope {action.value}.")


RULE = AccessRulePlugin(name="scope", order=15, decide=_decide)
"""Asked before what the account itself may do."""
