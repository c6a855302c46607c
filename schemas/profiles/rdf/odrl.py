"""An access rule as an ODRL policy of a small closed profile, beside its EU access right.

What it allows under which conditions says `schemas.profiles.policy`. The policy also holds the rule in our own JSON
(`qoima:access`), which is what we read back.
"""

from typing import Any

from schemas.access import AccessLevel, AccessRule
from schemas.forms.derive import form_for
from schemas.problems import Problem, Severity
from schemas.profiles.policy import Constraint, actions, constraints
from schemas.profiles.rdf.graph import Object, iri, json_literal, link, literal, term, typed
from schemas.profiles.rdf.kinds import date_literal, json_of, words_of
from schemas.profiles.rdf.records import Node
from schemas.profiles.rdf.terms import Writing
from schemas.vocabularies import vocabulary

RIGHTS = {
    AccessLevel.OPEN: "PUBLIC",
    AccessLevel.REGISTERED: "RESTRICTED",
    AccessLevel.RESIDENTS: "RESTRICTED",
    AccessLevel.ON_REQUEST: "RESTRICTED",
    AccessLevel.CLOSED: "NON_PUBLIC",
}
_LEVELS = {"PUBLIC": AccessLevel.OPEN, "RESTRICTED": AccessLevel.ON_REQUEST}
_EU = "http://publications.europa.eu/resource/authority/access-right/"


def write_access(writing: Writing, subject: str, rule: AccessRule) -> None:
    """Write the access right and the policy of a dataset."""
    graph, policy = writing.graph, f"{subject}#policy"
    graph.add(subject, "dct:accessRights", link(_EU + RIGHTS[rule.level]))
    graph.type(_EU + RIGHTS[rule.level], "dct:RightsStatement")
    graph.add(subject, "odrl:hasPolicy", link(policy))
    graph.type(policy, "odrl:Set")
    graph.add(policy, "odrl:uid", link(policy))
    graph.add(policy, "qoima:access", json_literal(form_for(AccessRule).dump(rule)))
    if rule.level is not AccessLevel.CLOSED:
        _write_permission(writing, policy, subject, rule)


def _write_permission(writing: Writing, policy: str, target: str, rule: AccessRule) -> None:
    graph, permission = writing.graph, f"{policy}-permission"
    graph.add(policy, "odrl:permission", link(permission))
    graph.add(permission, "odrl:target", link(target))
    for action in actions(rule):
        graph.add(permission, "odrl:action", term(action))
    for place, constraint in enumerate(constraints(rule), 1):
        node = f"{permission}-constraint-{place}"
        graph.add(permission, "odrl:constraint", link(node))
        graph.type(node, "odrl:Constraint")
        graph.add(node, "odrl:leftOperand", term(constraint.operand))
        graph.add(node, "odrl:operator", term(constraint.operator))
        for value in _values(constraint):
            graph.add(node, "odrl:rightOperand", value)
    for place, duty in enumerate(rule.duties, 1):
        node = f"{permission}-duty-{place}"
        graph.add(permission, "odrl:duty", link(node))
        graph.type(node, "odrl:Duty")
        graph.add(node, "odrl:action", term("odrl:attribute") if duty.action == "attribute" else _own(duty.action))
        if duty.value:
            graph.add(node, "qoima:value", literal(duty.value))


def _values(constraint: Constraint) -> list[Object]:
    if isinstance(constraint.value, tuple):
        return [_named(value) for value in constraint.value]
    if isinstance(constraint.value, int):
        return [typed(str(constraint.value), "xsd:integer")]
    if constraint.operand == "odrl:dateTime":
        return [date_literal(constraint.value)]
    return [_named(constraint.value)]


def _named(value: str) -> Object:
    own = value.removeprefix("qoima:")
    return link(value) if own == value else _own(own)


def _own(name: str) -> Object:
    return iri(f"urn:qoima:terms#{name}") or literal(name)


def read_access(rights: list[Node], policies: list[Node]) -> tuple[dict[str, Any], list[Problem], list[Node]]:
    """Return the access rule as a document, the Problems, and the values that say more than the rule holds.

    The stricter of several rights counts. A right that we do not know, or a policy of others, closes the bytes:
    harvesting never widens access.
    """
    stated = [json_of(policy.get("qoima:access", [])) for policy in policies]
    levels = [_level(node) for node in rights if node.get("@id") or words_of(node)]
    own = next((one for one in stated if isinstance(one, dict)), None)
    if own is not None and all(level is None or RIGHTS[level] == _right(own) for level in levels):
        return own, [], []
    if not levels and not policies:
        return {}, [], []
    if None in levels or policies:
        return {"level": AccessLevel.CLOSED.value}, [_unknown()], [*rights, *policies]
    strictest = max((level for level in levels if level), key=lambda level: list(AccessLevel).index(level))
    return {"level": strictest.value}, [], []


def _right(own: dict[str, Any]) -> str:
    level = own.get("level", AccessLevel.OPEN.value)
    return RIGHTS[AccessLevel(level)] if level in set(AccessLevel) else ""


def _level(node: Node) -> AccessLevel | None:
    found = vocabulary("access_rights").find(node.get("@id")) or vocabulary("access_rights").find(words_of(node))
    return _LEVELS.get(found.code, AccessLevel.CLOSED) if found else None


def _unknown() -> Problem:
    message = "The access right or policy is none that we know, so the files stay closed; state an EU access right."
    return Problem("unknown-access", "/access", message, Severity.WARNING)
