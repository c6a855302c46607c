"""The bytes of a dataset are given out while it is published, from its embargo on and until it expires.

A date is compared as exactly as the rule states it, in UTC; one that cannot be read gives nothing out.
"""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.records import CatalogRecord, State
from schemas.dates import compared


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    if action is not Action.DOWNLOAD:
        return None
    rule = record.dataset.access
    if record.state is not State.PUBLISHED:
        return Decision(False, "withdrawn", "This dataset was withdrawn; its files are no longer given out.")
    if rule.embargo and compared(rule.embargo, now) in (-1, None):
        return Decision(False, "embargo", f"These files are released on {rule.embargo}.")
    if rule.expires and compared(rule.expires, now) in (1, None):
        return Decision(False, "expired", f"These files were given out until {rule.expires}; ask the agency for newer ones.")
    return None


RULE = AccessRulePlugin(name="release", order=40, decide=_decide)
"""Asked before who asks and what for."""
