"""Mappings are tables: a shape lists the terms of one record class, two functions write and read any shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.forms.dataset import canonical
from schemas.forms.derive import form_for
from schemas.profiles.base import WriteContext
from schemas.profiles.rdf.graph import Graph, json_literal
from schemas.profiles.rdf.records import Node

ORDER = "qoima:order"


@dataclass(frozen=True, slots=True)
class Writing:
    """A graph on its way, for our site; `root` is the IRI of the dataset, under which parts get fragments."""

    graph: Graph
    context: WriteContext
    root: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """What conversions must know while reading: the language of untagged texts and our own address."""

    language: str
    base_url: str


Write = Callable[[Writing, str, str, Any], None]
"""Writes a value: (writing, subject, predicate, value)."""
Read = Callable[[list[Node], Reader], tuple[Any, list[Node]]]
"""Reads the values of a predicate: returns the document value (None for nothing) and the values that it could not use."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A conversion in both directions."""

    write: Write
    read: Read


@dataclass(frozen=True, slots=True)
class Term:
    """A property of a record, its predicate, and other predicates under which portals say the same."""

    property: str
    predicate: str
    kind: Kind
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a record class is written as a node: its classes and terms. `ignored` predicates say nothing new."""

    classes: tuple[str, ...]
    terms: tuple[Term, ...]
    ignored: frozenset[str] = frozenset()


def write_node(writing: Writing, subject: str, shape: Shape, record: Any) -> None:
    """Write a record as the node `subject`."""
    writing.graph.type(subject, *shape.classes)
    order: dict[str, Any] = {}
    for term in shape.terms:
        value = getattr(record, term.property)
        if value is None or value == "" or value == () or value == {}:
            continue
        term.kind.write(writing, subject, term.predicate, value)
        if places := _places(value):
            order[term.property] = places
    if order:
        writing.graph.add(subject, ORDER, json_literal(order))


def read_node(node: Node, shape: Shape, reader: Reader) -> tuple[dict[str, Any], dict[str, list[Node]]]:
    """Read a node as a document; returns it with the values that no term could use, by predicate."""
    document: dict[str, Any] = {}
    left = {key: values for key, values in node.items() if key[0] != "@" and key not in shape.ignored}
    for term in shape.terms:
        for predicate in (term.predicate, *term.also):
            if predicate not in left or (term.property in document and predicate != term.predicate):
                continue
            value, unused = term.kind.read(left.pop(predicate), reader)
            if unused:
                left[predicate] = unused
            if value is not None and value not in ("", [], {}):
                document[term.property] = value
    _restore_order(document, left.pop(ORDER, []))
    return document, left


def _places(value: Any) -> Any:
    if isinstance(value, tuple) and len(value) > 1:
        ranked = sorted(range(len(value)), key=lambda place: _key(value[place]))
        return ranked if ranked != list(range(len(value))) else None
    if isinstance(value, Mapping):
        found = {key: places for key, inner in value.items() if isinstance(inner, tuple) and (places := _places(inner))}
        return found or None
    return None


def _key(value: Any) -> str:
    return value if isinstance(value, str) else canonical(form_for(type(value)).dump(value))[0]


def _restore_order(document: dict[str, Any], stated: list[Node]) -> None:
    from schemas.profiles.rdf.kinds import json_of

    order = json_of(stated) or {}
    for key, value in document.items():
        places = order.get(key) if isinstance(order, dict) else None
        if isinstance(value, list):
            document[key] = _ordered(value, places)
        elif isinstance(value, dict) and value and all(isinstance(inner, list) for inner in value.values()):
            inner_places = places if isinstance(places, dict) else {}
            document[key] = {name: _ordered(inner, inner_places.get(name)) for name, inner in value.items()}


def _ordered(values: list[Any], places: Any) -> list[Any]:
    ranked = sorted(values, key=lambda value: value if isinstance(value, str) else canonical(value)[0])
    if not isinstance(places, list) or sorted(map(repr, places)) != sorted(map(repr, range(len(ranked)))):
        return ranked
    return [ranked[place] for place in sorted(range(len(ranked)), key=lambda rank: places[rank])] if places else ranked
