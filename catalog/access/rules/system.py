"""The command line of the operator and the catalogue itself may do everything."""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.records import CatalogRecord


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    return Decision(True, "system") if actor.kind == "system" else None


RULE = AccessRulePlugin(name="system", order=10, decide=_decide)
