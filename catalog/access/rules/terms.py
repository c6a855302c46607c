"""Bytes are given to the recipients and for the purposes that their rule names; a term that nobody here can check denies."""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.records import CatalogRecord
from schemas.access import DUTIES


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    if action is not Action.DOWNLOAD:
        return None
    rule = record.dataset.access
    if unknown := [duty.action for duty in rule.duties if duty.action not in DUTIES]:
        return Decision(False, "unknown-term", f"The rule of these files has a duty that is not known here: {unknown[0]}.")
    if rule.count is not None:
        return Decision(False, "unknown-term", "These files are given out a counted number of times, and only by their agency.")
    if rule.audience and not actor.recipients & set(rule.audience):
        return Decision(False, "audience", f"These files are for {_either(rule.audience)} only.")
    if rule.purposes and actor.purpose not in rule.purposes:
        return Decision(False, "purpose", f"Say what the files are for, as `?purpose=`: {_either(rule.purposes)}.")
    return None


def _either(values: tuple[str, ...]) -> str:
    return " or ".join(values)


RULE = AccessRulePlugin(name="terms", order=45, decide=_decide)
"""Asked after dates, before the level."""
