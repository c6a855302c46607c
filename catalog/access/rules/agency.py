"""Members of an agency see its datasets and have their files; editors write drafts, publishers review and publish."""

from catalog.access.base import AccessRulePlugin, Action, Actor, Decision, Role
from catalog.records import CatalogRecord, State

_WRITERS = frozenset({Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR})
_PUBLISHERS = frozenset({Role.PUBLISHER, Role.ADMINISTRATOR})
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
_ROLES = {
    Action.MANAGE: _ADMINISTRATORS, Action.EDIT: _WRITERS, Action.PUBLISH: _PUBLISHERS, Action.REVIEW: _PUBLISHERS,
    Action.WITHDRAW: _PUBLISHERS,
}  # fmt: skip
_OWN = frozenset({Action.READ, Action.DOWNLOAD})
_REFUSALS = {
    _WRITERS: "Only editors of this agency change its datasets.", _PUBLISHERS: "Only publishers of this agency do this.",
    _ADMINISTRATORS: "Only administrators of this agency do this.",
}  # fmt: skip


def _decide(actor: Actor, action: Action, record: CatalogRecord, now: str) -> Decision | None:
    role = actor.roles.get(record.dataset.publisher.name) if record.dataset.publisher else None
    if actor.kind != "account" or (action not in _ROLES and not (action in _OWN and role)):
        return None
    if action in _OWN:
        return Decision(True, "own-agency") if record.state is not State.WITHDRAWN else None
    return Decision(True, "role") if role in _ROLES[action] else Decision(False, "role", _REFUSALS[_ROLES[action]])


RULE = AccessRulePlugin(name="agency", order=25, decide=_decide)
"""Asked after harvests and before visibility."""
