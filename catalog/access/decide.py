"""The one decision: rules are asked in order, the first answer holds, and silence means no."""

from datetime import UTC, datetime
from functools import lru_cache

from catalog.access import rules as package
from catalog.access.base import AccessRulePlugin, Action, Actor, Decision
from catalog.records import CatalogRecord
from schemas.dates import utc
from schemas.plugins import discover


def decide(actor: Actor, action: Action, record: CatalogRecord, now: str = "") -> Decision:
    """Tell whether `actor` may do `action` to the dataset of `record` at `now` (ISO 8601, UTC; the clock's when empty)."""
    moment = now or utc(datetime.now(UTC))
    for rule in _rules():
        if (decision := rule.decide(actor, action, record, moment)) is not None:
            return decision
    return Decision(False, "no-rule", "Nothing allows this; ask the agency that publishes the dataset.")


@lru_cache
def _rules() -> tuple[AccessRulePlugin, ...]:
    return tuple(sorted(discover(package, "RULE").values(), key=lambda rule: rule.order))
