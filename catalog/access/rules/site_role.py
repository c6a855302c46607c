"""Stewards see everything, review it and take it down; administrators of the site manage every agency."""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision, SiteRole
from catalog.records import CatalogRecord

_ALLOWED = {
    SiteRole.STEWARD: frozenset({Action.READ, Action.REVIEW, Action.WITHDRAW}),
    SiteRole.ADMINISTRATOR: frozenset({Action.MANAGE}),
}


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    if any(action in _ALLOWED.get(role, ()) for role in actor.site_roles):
        return Decision(True, "site-role")
    return None


RULE = AccessRulePlugin(name="site_role", order=22, decide=_decide)
"""Asked before the roles of agencies, which say no to others."""
