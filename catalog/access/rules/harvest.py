"""A harvest changes only the datasets that it brought."""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision, harvester
from catalog.records import CatalogRecord


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    if actor.kind != "harvester" or action not in (Action.PUBLISH, Action.WITHDRAW):
        return None
    if record.source and actor == harvester(record.source):
        return Decision(True, "own-source")
    return Decision(False, "other-source", "This dataset belongs to another source; a harvest changes only its own.")


RULE = AccessRulePlugin(name="harvest", order=20, decide=_decide)
