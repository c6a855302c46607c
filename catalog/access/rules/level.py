"""Last the level: open bytes are for everybody, others for accounts, for verified residents, or refused."""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.records import CatalogRecord
from schemas.access import AccessLevel

_REFUSALS = {
    AccessLevel.REGISTERED: "These files are for signed-in users; sign in to download them.",
    AccessLevel.RESIDENTS: "These files are for residents whose residency an identity provider has verified.",
    AccessLevel.ON_REQUEST: "These files are given on request; the agency decides who may have them.",
    AccessLevel.CLOSED: "These files are not given out; only their description is public.",
}


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    if action is not Action.DOWNLOAD:
        return None
    level = record.dataset.access.level
    met = {
        AccessLevel.OPEN: True,
        AccessLevel.REGISTERED: actor.kind == "account",
        AccessLevel.RESIDENTS: actor.kind == "account" and actor.residency is not None and actor.residency.holds(now),
    }
    return Decision(True, level.value) if met.get(level) else Decision(False, level.value, _REFUSALS[level])


RULE = AccessRulePlugin(name="level", order=50, decide=_decide)
