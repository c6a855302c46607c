"""A graph as Turtle, RDF/XML, N-Triples, N3 or JSON-LD: with prefixes, in a stable order, subject by subject."""

import json
from collections.abc import Iterator
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from schemas.profiles.base import Format
from schemas.profiles.rdf.graph import Graph, Object, term
from schemas.profiles.rdf.namespaces import PREFIXES, compact

FORMATS = (
    Format("ttl", "text/turtle"),
    Format("rdf", "application/rdf+xml"),
    Format("xml", "application/rdf+xml"),
    Format("jsonld", "application/ld+json"),
    Format("n3", "text/n3"),
    Format("nt", "application/n-triples"),
)

_SERIALIZERS = {
    "ttl": RdfFormat.TURTLE,
    "rdf": RdfFormat.RDF_XML,
    "xml": RdfFormat.RDF_XML,
    "n3": RdfFormat.N3,
    "nt": RdfFormat.N_TRIPLES,
}
_STRING = PREFIXES["xsd"] + "string"


def serialize_graph(graph: Graph, extension: str = "ttl") -> bytes:
    """Write the graph in the format with this extension; raises ValueError for one that we do not write."""
    if extension == "jsonld":
        return _json_ld(graph)
    if extension not in _SERIALIZERS:
        raise ValueError(f"RDF is written as {', '.join(f.extension for f in FORMATS)}, not as {extension!r}.")
    written = serialize(_triples(graph), format=_SERIALIZERS[extension], prefixes=_used_prefixes(graph))
    assert written is not None  # it is None only where an output was given
    return written


def _triples(graph: Graph) -> Iterator[Triple]:
    for subject, facts in graph.nodes.items():
        node = NamedNode(subject)
        for predicate, value in facts:
            yield Triple(node, term(predicate), value)


def _used_prefixes(graph: Graph) -> dict[str, str]:
    names = {name for facts in graph.nodes.values() for fact in facts for name in _names(*fact)}
    used = {name.partition(":")[0] for name in names}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix in used}


def _names(predicate: str, value: Object) -> tuple[str, ...]:
    return predicate, compact(value.value if isinstance(value, NamedNode) else value.datatype.value)


def _json_ld(graph: Graph) -> bytes:
    document = {
        "@context": _used_prefixes(graph),
        "@graph": [_json_node(subject, facts) for subject, facts in graph.nodes.items()],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json_node(subject: str, facts: dict[tuple[str, Object], None]) -> dict[str, Any]:
    node: dict[str, list[Any]] = {}
    for predicate, value in facts:
        if predicate == "rdf:type":
            node.setdefault("@type", []).append(compact(value.value))
        else:
            node.setdefault(predicate, []).append(_json_value(value))
    return {"@id": subject, **{key: values[0] if len(values) == 1 else values for key, values in node.items()}}


def _json_value(value: Object) -> Any:
    if isinstance(value, NamedNode):
        return {"@id": value.value}
    if value.language:
        return {"@language": value.language, "@value": value.value}
    if value.datatype.value == _STRING:
        return value.value
    return {"@type": compact(value.datatype.value), "@value": value.value}
