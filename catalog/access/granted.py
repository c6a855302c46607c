"""Which grant of an actor gives the files of a dataset, and why those that do not do not."""

from catalog.access.base import Actor, Decision
from catalog.granting.records import OTHER_PURPOSE, OTHER_VERSIONS, OVER, Grant
from catalog.records import CatalogRecord


def giving(actor: Actor, record: CatalogRecord, now: str) -> Grant | None:
    """Return a grant that gives the version that `record` is of for the purpose that the actor states, if any is stated."""
    return next((one for one in _live(actor, record, now) if one.covers(record.version) and _agreed(one, actor.purpose)), None)


def refusal(actor: Actor, record: CatalogRecord, now: str) -> Decision | None:
    """Return why none of the actor's grants gives the files; None where there are none."""
    live = _live(actor, record, now)
    if not any(one.dataset == record.dataset.name for one in actor.grants):
        return None
    if not live:
        return Decision(False, "grant-over", OVER)
    if any(one.covers(record.version) for one in live):
        return Decision(False, "grant-purpose", OTHER_PURPOSE)
    return Decision(False, "grant-versions", OTHER_VERSIONS)


def _live(actor: Actor, record: CatalogRecord, now: str) -> list[Grant]:
    mine = (one for one in actor.grants if one.dataset == record.dataset.name)
    return [one for one in mine if one.holds(now) and one.binds(actor.roles)]


def _agreed(grant: Grant, purpose: str) -> bool:
    return not grant.kind or purpose in ("", grant.kind)
