"""The bytes of an open dataset are for everybody; those of every other level are refused until a grant says otherwise."""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.records import CatalogRecord, State
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
    if record.state is not State.PUBLISHED:
        return Decision(False, "withdrawn", "This dataset was withdrawn; its files are no longer given out.")
    if record.dataset.access.embargo > now[: len(record.dataset.access.embargo)]:
        return Decision(False, "embargo", f"These files are released on {record.dataset.access.embargo}.")
    return Decision(True, "open") if level is AccessLevel.OPEN else Decision(False, level.value, _REFUSALS[level])


RULE = AccessRulePlugin(name="level", order=40, decide=_decide)
