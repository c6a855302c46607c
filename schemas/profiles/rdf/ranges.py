"""DCAT-AP asks for the class of what a property points to; consumers without the authority tables need it said."""

from pyoxigraph import NamedNode

from schemas.profiles.rdf.graph import Graph, literal
from schemas.vocabularies import vocabulary

_CLASSES = {
    "adms:status": "skos:Concept",
    "dcat:compressFormat": "dct:MediaType",
    "dcat:landingPage": "foaf:Document",
    "dcat:mediaType": "dct:MediaType",
    "dcat:packageFormat": "dct:MediaType",
    "dcat:theme": "skos:Concept",
    "dcatap:applicableLegislation": "eli:LegalResource",
    "dcatap:availability": "skos:Concept",
    "dcatap:hvdCategory": "skos:Concept",
    "dct:accrualPeriodicity": "dct:Frequency",
    "dct:conformsTo": "dct:Standard",
    "dct:format": "dct:MediaTypeOrExtent",
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "foaf:homepage": "foaf:Document",
    "foaf:page": "foaf:Document",
    "spdx:algorithm": "spdx:ChecksumAlgorithm",
}
_LABELLED = {"dcat:theme": "themes", "dcatap:availability": "availability", "dcatap:hvdCategory": "hvd_categories"}


def write_ranges(graph: Graph) -> None:
    """State the class of every node that a property with a range points to, and the labels of concepts."""
    pointed = {
        (value.value, predicate): None
        for facts in graph.nodes.values()
        for predicate, value in facts
        if predicate in _CLASSES and isinstance(value, NamedNode)
    }
    for address, predicate in pointed:
        graph.type(address, _CLASSES[predicate])
        if _CLASSES[predicate] == "skos:Concept":
            _label(graph, address, _LABELLED.get(predicate, ""))


def _label(graph: Graph, address: str, name: str) -> None:
    entry = vocabulary(name).find(address) if name else None
    labels = entry.label if entry else {"und": address}
    for language, words in labels.items():
        graph.add(address, "skos:prefLabel", literal(words, language))
