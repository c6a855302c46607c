"""An evaluator of ODRL policies written from the ODRL Information Model 2.2, knowing nothing of how the catalogue decides.

A permission is valid when all its constraints are satisfied (§2.5, §2.6); a set of operands of `isAnyOf` needs one that equals
(Vocabulary §3.2). Of the closed profile it takes: what it does not know is not satisfied.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

KNOWN_DUTIES = {"odrl:attribute", "qoima:no-redistribution", "qoima:delete-after", "qoima:protect"}


@dataclass(frozen=True)
class World:
    """What is the case when somebody asks: the moment, what the party is part of, what was verified and stated, the version of
    the target (0: not known), and the how manieth use this would be (None: nobody counts).
    """

    now: datetime
    party: frozenset[str]
    spatial: str = ""
    purpose: str = ""
    version: int = 0
    count: int | None = None


@dataclass(frozen=True)
class Constraint:
    """One constraint with its right operands, as plain words."""

    left: str
    operator: str
    right: tuple[str, ...]


@dataclass(frozen=True)
class Permission:
    """Actions with the constraints and duties that hold for all of them."""

    actions: frozenset[str]
    constraints: tuple[Constraint, ...]
    duties: frozenset[str]


def permits(policy: Iterable[Permission], action: str, world: World) -> bool:
    """Tell whether a policy permits an action in a world; without a permission nothing is."""
    known = (one for one in policy if action in one.actions and one.duties <= KNOWN_DUTIES)
    return any(all(satisfied(constraint, world) for constraint in one.constraints) for one in known)


def satisfied(constraint: Constraint, world: World) -> bool:
    """Tell whether a constraint is satisfied."""
    match constraint.left, constraint.operator:
        case "odrl:recipient", "odrl:isPartOf" | "odrl:isAnyOf":
            return any(value in world.party for value in constraint.right)
        case "odrl:spatial", "odrl:eq":
            return constraint.right == (world.spatial,)
        case "odrl:purpose", "odrl:isAnyOf":
            return world.purpose in constraint.right
        case "odrl:dateTime", "odrl:gteq":
            return world.now >= _span(constraint.right[0])[0]
        case "odrl:dateTime", "odrl:lteq":
            return world.now < _span(constraint.right[0])[1]
        case "odrl:version", "odrl:eq" | "odrl:gteq" | "odrl:lteq":
            return world.version > 0 and _compared(world.version, constraint)
        case "odrl:count", "odrl:lteq":
            return world.count is not None and _compared(world.count, constraint)
    return False


def _compared(value: int, constraint: Constraint) -> bool:
    right = int(*constraint.right)
    return {"odrl:eq": value == right, "odrl:gteq": value >= right, "odrl:lteq": value <= right}[constraint.operator]


def _span(date: str) -> tuple[datetime, datetime]:
    """Return the moments between which a date lies that is as exact as it is written; the end is not included."""
    if "T" in date:
        moment = datetime.fromisoformat(date).astimezone(UTC)
        return moment, moment + timedelta(seconds=1)
    year, month, day = [*(int(part) for part in date.split("-")), 0, 0][:3]
    start = datetime(year, month or 1, day or 1, tzinfo=UTC)
    days = 1 if day else calendar.monthrange(year, month)[1] if month else 366 if calendar.isleap(year) else 365
    return start, start + timedelta(days=days)


def of_croissant(offer: Mapping[str, Any]) -> list[Permission]:
    """Return the permissions of `usageInfo`."""
    found = _all(offer.get("odrl:permission", []))
    return [
        Permission(
            frozenset(action["@id"] for action in _all(one["odrl:action"])),
            tuple(
                Constraint(
                    told["odrl:leftOperand"]["@id"], told["odrl:operator"]["@id"],
                    tuple(_word(value) for value in _all(told["odrl:rightOperand"])),
                )
                for told in _all(one.get("odrl:constraint", []))
            ),
            frozenset(duty["odrl:action"]["@id"] for duty in _all(one.get("odrl:duty", []))),
        )
        for one in found
    ]  # fmt: skip


def of_agreement(agreement: Mapping[str, Any]) -> list[Permission]:
    """Return the permissions of an agreement in the JSON-LD of ODRL, whose context gives plain words its prefix."""
    return [
        Permission(
            frozenset(_prefixed(action) for action in _all(one["action"])),
            tuple(
                Constraint(
                    _prefixed(told["leftOperand"]), _prefixed(told["operator"]),
                    tuple(_word(value) for value in _all(told["rightOperand"])),
                )
                for told in _all(one.get("constraint", []))
            ),
            frozenset(_prefixed(duty["action"]) for duty in _all(one.get("duty", []))),
        )
        for one in _all(agreement["permission"])
    ]  # fmt: skip


def of_graph(graph: Any) -> list[Permission]:
    """Return the permissions of the policy in an RDF graph (rdflib)."""
    from rdflib import Namespace

    odrl = Namespace("http://www.w3.org/ns/odrl/2/")
    return [
        Permission(
            frozenset(_short(action) for action in graph.objects(one, odrl.action)),
            tuple(
                Constraint(
                    _short(graph.value(told, odrl.leftOperand)), _short(graph.value(told, odrl.operator)),
                    tuple(_short(value) for value in graph.objects(told, odrl.rightOperand)),
                )
                for told in graph.objects(one, odrl.constraint)
            ),
            frozenset(_short(graph.value(duty, odrl.action)) for duty in graph.objects(one, odrl.duty)),
        )
        for one in graph.objects(None, odrl.permission)
    ]  # fmt: skip


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _prefixed(word: str) -> str:
    return word if ":" in word else f"odrl:{word}"


def _word(value: Any) -> str:
    return str(value.get("@id", value.get("@value"))) if isinstance(value, dict) else str(value)


def _short(node: Any) -> str:
    return str(node).replace("http://www.w3.org/ns/odrl/2/", "odrl:").replace("urn:qoima:terms#", "qoima:")
