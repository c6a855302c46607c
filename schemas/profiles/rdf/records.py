"""One dataset of a graph as a record of JSON values: a tree in one canonical order, free of blank node labels.

A record is `{"iri": …, "node": …, "problems": [[code, message], …]}`. `iri` is empty for a blank node. `node` is
expanded JSON-LD with prefixed names: `{"@id": …, "@type": […], "dct:title": [{"@value": …, "@language": …}], …}`; lists are
sorted, so that the hash of a record depends neither on the order of triples nor on labels. Nodes are nested where they are used;
other datasets, catalogues and nodes already on the way are given by `@id` only.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from schemas.profiles.rdf.namespaces import compact
from schemas.profiles.rdf.parsing import Refused, triples

Node = dict[str, Any]
"""A node of a record; predicates lead to lists of nodes and of literals `{"@value", "@language"?, "@type"?}`."""

MAX_VALUES = 200_000
MAX_DEPTH = 12
INVERSE_SERVES = "^dcat:servesDataset"
"""The services that say of themselves that they serve the dataset."""

_APART = frozenset({"dcat:Dataset", "dcat:Catalog", "dcat:CatalogRecord"})
_UNFOLLOWED = frozenset({"dcat:servesDataset", "dct:hasPart", "dcat:dataset", "foaf:primaryTopic", "dcat:inCatalog"})
_XSD_STRING = "xsd:string"


def records(body: bytes, media_type: str = "", base_iri: str = "") -> Iterator[dict[str, Any]]:
    """Yield a record for each dataset in the document; where it cannot be read, one record that holds the Problem."""
    try:
        found = Index(triples(body, media_type, base_iri))
    except Refused as refused:
        yield broken(refused)
        return
    for root in found.datasets():
        try:
            yield _record(found, root)
        except Refused as refused:
            yield {"iri": _iri(root), **broken(refused, _iri(root))}


def broken(refused: Refused, iri: str = "") -> dict[str, Any]:
    """Return the record of something that cannot be read."""
    return {"iri": iri, "node": {}, "problems": [[refused.problem.code, refused.problem.message]]}


class Index:
    """Triples by subject, with what is known of their classes."""

    def __init__(self, found: Iterable[Triple]) -> None:
        self.facts: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self.serving: dict[Any, list[Any]] = defaultdict(list)
        self.listed: dict[Any, None] = {}
        for triple in found:
            self._add(triple.subject, compact(triple.predicate.value), triple.object)

    def _add(self, subject: Any, predicate: str, value: Any) -> None:
        self.facts[subject][predicate].append(value)
        if predicate == "dcat:servesDataset":
            self.serving[value].append(subject)
        if predicate == "dcat:dataset" and not isinstance(value, Literal):
            self.listed[value] = None

    def classes(self, node: Any) -> list[str]:
        """Return the classes of a node as prefixed names, sorted."""
        facts = self.facts.get(node, {})
        return sorted({compact(one.value) for one in facts.get("rdf:type", ()) if isinstance(one, NamedNode)})

    def datasets(self) -> list[Any]:
        """Return the nodes that are datasets, by class or because a catalogue lists them with properties.

        A node that is only a series is none; one that is both is taken as what the portal lists it for.
        """
        listed = [node for node in self.listed if self.facts.get(node)]
        typed = [node for node in self.facts if "dcat:Dataset" in self.classes(node)]
        return [node for node in dict.fromkeys([*typed, *listed]) if self._is_dataset(self.classes(node))]

    def _is_dataset(self, classes: list[str]) -> bool:
        return "dcat:Dataset" in classes or "dcat:DatasetSeries" not in classes


def _record(index: Index, root: Any) -> dict[str, Any]:
    tree = _Tree(index)
    node = tree.node(root, ())
    problems = [["too-deep", "Some nodes lie too deep and were left out; flatten the description."]] if tree.cut else []
    return {"iri": _iri(root), "node": node, "problems": problems}


def _iri(node: Any) -> str:
    return node.value if isinstance(node, NamedNode) else ""


class _Tree:
    def __init__(self, index: Index) -> None:
        self.index, self.values, self.cut = index, 0, False

    def node(self, subject: Any, above: tuple[Any, ...]) -> Node:
        facts = self.index.facts.get(subject, {})
        node: Node = {"@id": subject.value} if isinstance(subject, NamedNode) else {}
        if classes := self.index.classes(subject):
            node["@type"] = classes
        for predicate, values in facts.items():
            if predicate != "rdf:type":
                node[predicate] = self._sorted(self._value(predicate, one, (*above, subject)) for one in values)
        if not above and (services := self.index.serving.get(subject)):
            node[INVERSE_SERVES] = self._sorted(self.node(one, (subject,)) for one in services)
        return dict(sorted(node.items()))

    def _value(self, predicate: str, value: Any, above: tuple[Any, ...]) -> Node:
        self.values += 1
        if self.values > MAX_VALUES:
            raise Refused("too-large", f"One dataset has more than {MAX_VALUES:,} values; split it into several.")
        if isinstance(value, Literal):
            return _literal(value)
        if self._is_apart(predicate, value, above):
            return {"@id": _iri(value)}
        if len(above) >= MAX_DEPTH:
            self.cut = True
            return {"@id": _iri(value)}
        return self.node(value, above)

    def _is_apart(self, predicate: str, value: Any, above: tuple[Any, ...]) -> bool:
        if predicate in _UNFOLLOWED or value in above:
            return True
        classes = set(self.index.classes(value))
        return bool(classes & _APART) and "dcat:DatasetSeries" not in classes

    def _sorted(self, nodes: Iterable[Node]) -> list[Node]:
        by_key = {json.dumps(node, sort_keys=True): node for node in nodes}
        return [by_key[key] for key in sorted(by_key)]


def _literal(value: Literal) -> Node:
    if value.language:
        return {"@language": value.language, "@value": value.value}
    datatype = compact(value.datatype.value)
    return {"@value": value.value} if datatype == _XSD_STRING else {"@type": datatype, "@value": value.value}
