"""Measurements of quality in W3C DQV (http://www.w3.org/ns/dqv#): what is unknown has no value, but an annotation."""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.profiles.rdf.graph import Graph, link, literal, typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One value of a `metric`: `value` with its `datatype` (`xsd:boolean`, `xsd:decimal`), empty where it is unknown.

    `at` is when it was measured, `rules` the version of the rules.
    """

    metric: str
    dimension: str
    title: str
    value: str
    datatype: str
    at: str
    rules: str


def write_quality(graph: Graph, root: str, base_url: str, measurements: Iterable[Measurement]) -> None:
    """Write the measurements of the dataset `root`, each with its metric and dimension."""
    for one in measurements:
        node, metric = f"{root}#quality-{one.metric}", f"{base_url}/api/v1/quality/rules#{one.metric}"
        dimension = f"{base_url}/api/v1/quality/rules#dimension-{one.dimension}"
        graph.add(root, "dqv:hasQualityMeasurement", link(node))
        graph.type(node, "dqv:QualityMeasurement")
        graph.add(node, "dqv:computedOn", link(root))
        graph.add(node, "dqv:isMeasurementOf", link(metric))
        if one.value:
            graph.add(node, "dqv:value", typed(one.value, one.datatype))
        else:
            graph.add(node, "rdfs:comment", literal("unknown", "en"))
        graph.add(node, "prov:generatedAtTime", typed(one.at, "xsd:dateTime"))
        graph.add(node, "prov:wasGeneratedBy", link(f"{base_url}/api/v1/quality/rules#rules-{one.rules}"))
        graph.type(metric, "dqv:Metric")
        graph.add(metric, "skos:definition", literal(one.title, "en"))
        graph.add(metric, "dqv:expectedDataType", link(f"http://www.w3.org/2001/XMLSchema#{one.datatype.partition(':')[2]}"))
        graph.add(metric, "dqv:inDimension", link(dimension))
        graph.type(dimension, "dqv:Dimension")
        graph.add(dimension, "skos:prefLabel", literal(one.dimension, "en"))
