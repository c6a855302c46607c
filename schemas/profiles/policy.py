"""What an access rule says as an ODRL policy: the same actions, constraints and duties in every standard that carries one.

Actions are `use`, `distribute` and our own `train`; constraints are residency (odrl:spatial), purpose, recipient, dateTime
and count; duties are `attribute` and our own. Values of constraints are IRIs, dates in ISO 8601 (compared as exactly as they
are stated, in UTC) or whole numbers.
"""

from collections.abc import Iterator
from typing import NamedTuple

from schemas.access import AccessLevel, AccessRule

_OPERANDS = (("audience", "odrl:recipient", "odrl:isAnyOf"), ("purposes", "odrl:purpose", "odrl:isAnyOf"))


class Constraint(NamedTuple):
    """One condition; `value` is a prefixed name of ours, a date, a number, or of which IRIs or words any may hold.

    Conditions of a permission hold together (ODRL 2.2, Information Model §2.6), so alternatives stand in one condition.
    """

    operand: str
    operator: str
    value: str | int | tuple[str, ...]


def actions(rule: AccessRule) -> Iterator[str]:
    """Yield what is allowed, nothing where the bytes are closed."""
    forbidden = {duty.action for duty in rule.duties}
    if rule.level is not AccessLevel.CLOSED:
        yield "odrl:use"
        if "no-redistribution" not in forbidden:
            yield "odrl:distribute"
        yield "qoima:train"


def constraints(rule: AccessRule) -> Iterator[Constraint]:
    """Yield under which conditions it is allowed."""
    if rule.level is not AccessLevel.OPEN:
        yield Constraint("odrl:recipient", "odrl:isPartOf", f"qoima:level-{rule.level.value}")
    if rule.level is AccessLevel.RESIDENTS:
        yield Constraint("odrl:spatial", "odrl:eq", "qoima:residency")
    for name, operand, operator in _OPERANDS:
        if values := getattr(rule, name):
            yield Constraint(operand, operator, values)
    if rule.embargo:
        yield Constraint("odrl:dateTime", "odrl:gteq", rule.embargo)
    if rule.expires:
        yield Constraint("odrl:dateTime", "odrl:lteq", rule.expires)
    if rule.count is not None:
        yield Constraint("odrl:count", "odrl:lteq", rule.count)


def duty_action(action: str) -> str:
    """Return the prefixed name of a duty."""
    return "odrl:attribute" if action == "attribute" else f"qoima:{action}"
