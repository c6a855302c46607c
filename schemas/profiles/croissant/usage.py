"""The access rule of a dataset as `usageInfo`: an ODRL offer, the same policy that DCAT carries and the server evaluates."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from schemas.access import AccessRule, Duty
from schemas.profiles.croissant.context import filled, language_map
from schemas.profiles.policy import Constraint, actions, constraints, duty_action

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_NAME = {"en": "Terms of use", "ru": "Условия использования", "kk": "Пайдалану шарттары"}


def usage_info(rule: AccessRule, page: str) -> dict[str, Any]:
    """Return the offer; it permits nothing where the bytes are closed. `page` is the address of the dataset."""
    made = {
        "@type": ["CreativeWork", "odrl:Offer"],
        "name": _NAME,
        "description": language_map(rule.reason),
        "url": f"{page}#access",
        "odrl:uid": {"@id": f"{page}#policy"},
    }
    allowed = [{"@id": action} for action in actions(rule)]
    return filled(made) | ({"odrl:permission": _permission(rule, allowed)} if allowed else {})


def _permission(rule: AccessRule, allowed: list[dict[str, str]]) -> dict[str, Any]:
    made = {
        "@type": "odrl:Permission",
        "odrl:action": allowed,
        "odrl:constraint": [_constraint(one) for one in constraints(rule)],
        "odrl:duty": list(_duties(rule.duties)),
    }
    return filled(made)


def _constraint(one: Constraint) -> dict[str, Any]:
    values = [_operand(one.operand, value) for value in (one.value if isinstance(one.value, tuple) else (one.value,))]
    return {
        "@type": "odrl:Constraint",
        "odrl:leftOperand": {"@id": one.operand},
        "odrl:operator": {"@id": one.operator},
        "odrl:rightOperand": values if isinstance(one.value, tuple) else values[0],
    }


def _operand(operand: str, value: str | int) -> dict[str, str] | str | int:
    is_name = operand != "odrl:dateTime" and isinstance(value, str) and _IRI.fullmatch(value)
    return {"@id": str(value)} if is_name else value


def _duties(duties: tuple[Duty, ...]) -> Iterator[dict[str, Any]]:
    for duty in duties:
        yield filled({"@type": "odrl:Duty", "odrl:action": {"@id": duty_action(quote(duty.action))}, "qoima:value": duty.value})
