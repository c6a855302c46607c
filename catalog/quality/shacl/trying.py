"""The job of the sandbox that holds graphs to SHACL shapes; nothing is fetched, SPARQL and rules of shapes are not run."""

import json
from pathlib import Path
from typing import Any

import rdflib
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator

SHOWN = 20
"""Violations that are told of a dataset."""


def try_shapes(job: dict[str, Any]) -> dict[str, Any]:
    """Return `{"results": [{"conforms", "problems": [{"path", "message", "focus"}]} …]}` for the JSON list of N-Triples at
    `path`; a graph that cannot be tried out has `conforms` None and says why in `fault`.
    """
    shapes = ShapesGraph(_shapes(Path(one) for one in job["shapes"]))
    graphs = json.loads(Path(job["path"]).read_text("utf-8"))
    return {"results": [_tried(graph, shapes) for graph in graphs]}


def _shapes(paths: Any) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(data=path.read_bytes(), format="turtle")
    named = list(graph.objects(None, rdflib.SH.property))
    for dangling in (one for one in named if (one, None, None) not in graph):  # a release names shapes that it defines nowhere
        graph.remove((None, rdflib.SH.property, dangling))
    return graph


def _tried(triples: str, shapes: ShapesGraph) -> dict[str, Any]:
    try:
        graph = DataGraph.from_rdflib(rdflib.Graph().parse(data=triples, format="nt"))
        trial = Validator(graph, shacl_graph=rdflib.Graph(), options={"allow_warnings": True, "allow_infos": True})
        trial.shacl_graph = shapes  # parsed once for all graphs
        _, report, _ = trial.run()  # type: ignore[no-untyped-call]
        return _told(report)
    except MemoryError:
        raise  # the parent tells that apart
    except Exception as error:  # the border of one dataset
        return {"conforms": None, "problems": [], "fault": type(error).__name__}


def _told(report: Any) -> dict[str, Any]:
    found = []
    for result in report.subjects(rdflib.SH.resultSeverity, rdflib.SH.Violation):
        path, focus = report.value(result, rdflib.SH.resultPath), report.value(result, rdflib.SH.focusNode)
        words = report.value(result, rdflib.SH.resultMessage)
        told = {"path": _name(path), "message": str(words or "")[:300], "focus": str(focus or "")[:300]}
        if told not in found:
            found.append(told)
    found.sort(key=lambda one: (one["path"], one["focus"], one["message"]))
    return {"conforms": not found, "problems": found[:SHOWN]}


def _name(path: Any) -> str:
    return str(path).rpartition("#")[2].rpartition("/")[2][:100] if isinstance(path, rdflib.URIRef) else ""
