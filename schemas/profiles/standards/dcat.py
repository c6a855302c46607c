"""DCAT-AP 3.0.1 in RDF: datasets and catalogue pages as Turtle, RDF/XML and JSON-LD, and back.

What DCAT-AP cannot hold stands under `urn:qoima:terms#` (see `schemas.profiles.rdf.namespaces`). A record is what
`schemas.profiles.rdf.records` describes. A dataset without an identifier is given its IRI, a file without
access address ours: both are taken back on reading where `ReadContext.base_url` is the site that wrote them. The writer
writes all that it is given: what a reader may not see is taken out before.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.identifiers import is_name, name_for
from schemas.problems import Problem, Severity
from schemas.profiles.base import CatalogPage, Document, ReadContext, Reading, WriteContext
from schemas.profiles.rdf.dcat_terms import DATASET, DISTRIBUTION, local_id
from schemas.profiles.rdf.graph import Graph, link, literal, typed
from schemas.profiles.rdf.hydra import write_paging
from schemas.profiles.rdf.kinds import words_of
from schemas.profiles.rdf.odrl import read_access, write_access
from schemas.profiles.rdf.quality import write_quality
from schemas.profiles.rdf.ranges import write_ranges
from schemas.profiles.rdf.records import INVERSE_SERVES, Node, records
from schemas.profiles.rdf.serializing import FORMATS, serialize_graph
from schemas.profiles.rdf.terms import Reader, Writing, read_node, write_node
from schemas.vocabularies import vocabulary

_HANDLED_HERE = (
    "dct:accessRights", "odrl:hasPolicy", "dcat:distribution", "dct:license", "qoima:files", "dqv:hasQualityMeasurement",
)  # fmt: skip


class Dcat:
    """The profile `dcat`."""

    name = "dcat"
    title = "DCAT-AP 3.0.1"
    formats = FORMATS
    losses: frozenset[str] = frozenset()

    def split(self, body: bytes, media_type: str = "") -> Iterable[dict[str, Any]]:
        """Yield a record for each dataset; one with a Problem where the document cannot be read."""
        return records(body, media_type)

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read a record that `split` gave."""
        problems = [Problem(str(code), "", str(message), _severity(code)) for code, message in record.get("problems", [])]
        if not record.get("node"):
            return Reading({}, tuple(problems))
        reader = Reader(context.language, context.base_url or "urn:none")
        document, found = _dataset(record["node"], reader, context)
        return Reading(document, (*problems, *found))

    def write(self, dataset: Dataset, context: WriteContext, extension: str = "") -> bytes:
        """Write one dataset; raises ValueError for an unknown extension."""
        graph = Graph()
        write_dataset(graph, dataset, context)
        write_quality(graph, context.dataset_url(dataset.name), context.base_url, context.quality)
        write_ranges(graph)
        return serialize_graph(graph, extension or "ttl")

    def write_catalog(self, page: CatalogPage, context: WriteContext, extension: str = "") -> bytes:
        """Write one page of the catalogue with its Hydra view."""
        graph, catalog = Graph(), f"{context.base_url}/catalog"
        _write_catalog_node(graph, catalog, page, context)
        for dataset in page.datasets:
            graph.add(catalog, "dcat:dataset", link(context.dataset_url(dataset.name)))
            write_dataset(graph, dataset, context)
        write_ranges(graph)
        return serialize_graph(graph, extension or "ttl")


def write_dataset(graph: Graph, dataset: Dataset, context: WriteContext) -> None:
    """Write a dataset with its distributions and services into a graph."""
    root = context.dataset_url(dataset.name)
    writing = Writing(graph, context, root)
    write_node(writing, root, DATASET, dataset)
    if not dataset.identifier:
        graph.add(root, "dct:identifier", literal(root))
    write_access(writing, root, dataset.access)
    for place in range(1, len(dataset.service) + 1):
        service = f"{root}#service-{place}"
        graph.nodes[root].pop((INVERSE_SERVES, link(service)), None)
        graph.add(service, "dcat:servesDataset", link(root))
    for distribution in dataset.distribution:
        _write_distribution(writing, dataset, distribution)
    if len(dataset.distribution) > 1:
        graph.add(root, "qoima:files", literal(" ".join(quote(one.id, safe="") for one in dataset.distribution)))


def _write_distribution(writing: Writing, dataset: Dataset, distribution: Distribution) -> None:
    node = writing.context.resource_url(dataset.name, quote(distribution.id, safe=""))
    writing.graph.add(writing.root, "dcat:distribution", link(node))
    write_node(writing, node, DISTRIBUTION, distribution)
    if not distribution.access_url:
        writing.graph.add(node, "dcat:accessURL", link(node))


def _write_catalog_node(graph: Graph, catalog: str, page: CatalogPage, context: WriteContext) -> None:
    graph.type(catalog, "dcat:Catalog")
    graph.add(catalog, "dct:title", literal(context.site_title, context.language))
    graph.add(catalog, "dct:description", literal(f"{context.site_title}: all public datasets", "en"))
    graph.add(catalog, "dct:publisher", link(f"{context.base_url}/#publisher"))
    graph.add(catalog, "foaf:homepage", link(f"{context.base_url}/"))
    if page.modified:
        graph.add(catalog, "dct:modified", typed(page.modified, "xsd:date" if len(page.modified) == 10 else "xsd:dateTime"))
    graph.type(f"{context.base_url}/#publisher", "foaf:Agent")
    graph.add(f"{context.base_url}/#publisher", "foaf:name", literal(context.site_title, context.language))
    graph.type(f"{context.base_url}/", "foaf:Document")
    write_paging(graph, catalog, page)


def _dataset(node: Node, reader: Reader, context: ReadContext) -> tuple[Document, list[Problem]]:
    handled = {key: node.get(key, []) for key in _HANDLED_HERE}
    document, left = read_node({key: value for key, value in node.items() if key not in handled}, DATASET, reader)
    access, problems, beyond = read_access(handled["dct:accessRights"], handled["odrl:hasPolicy"])
    if access:
        document["access"] = access
    _identify(document, str(node.get("@id", "")), reader)
    document["distribution"] = _distributions(handled, reader, problems)
    license_left = _license_down(document, handled["dct:license"], context, reader)
    left |= {"dct:accessRights": beyond} if beyond else {}
    left |= {"dct:license": license_left} if license_left else {}
    _keep(document, left, problems, "")
    if context.publisher and "publisher" not in document:
        document["publisher"] = dict(context.publisher)
    return {key: value for key, value in document.items() if value not in ("", [], {})}, problems


def _identify(document: Document, address: str, reader: Reader) -> None:
    own = f"{reader.base_url}/dataset/"
    last = address.rpartition("/")[2]
    if address.startswith(own) and is_name(last):
        document["name"] = last
        if document.get("identifier") == address:
            del document["identifier"]
        return
    title = document.get("title", {})
    identity = str(document.get("identifier") or address)
    words = title.get("en") or next((title[key] for key in sorted(title)), "") or last
    is_dataset_page = address.rpartition("/")[0].endswith("/dataset")
    document["name"] = last if is_name(last) and is_dataset_page else name_for(words, identity)
    document.setdefault("identifier", address)
    if address and "uri" not in document:
        document["uri"] = address


def _distributions(handled: dict[str, list[Node]], reader: Reader, problems: list[Problem]) -> list[Document]:
    made: dict[str, Document] = {}
    for node in handled["dcat:distribution"]:
        address = str(node.get("@id", ""))
        document, left = read_node(node, DISTRIBUTION, reader) if "@value" not in node else ({}, {"dcat:distribution": [node]})
        document["id"] = local_id(node, reader.base_url)
        if document["id"] in made:
            document["id"] = f"{document['id']}-{len(made) + 1}"
        if document.get("access_url") == address and address.startswith(f"{reader.base_url}/dataset/"):
            del document["access_url"]
        _keep(document, left, problems, f"/distribution/{len(made)}")
        made[document["id"]] = document
    order = " ".join(words_of(one) for one in handled["qoima:files"]).split()
    places = {name: place for place, name in enumerate(order)}
    return sorted(made.values(), key=lambda one: places.get(quote(one["id"], safe=""), len(places)))


def _license_down(document: Document, stated: list[Node], context: ReadContext, reader: Reader) -> list[Node]:
    terms = [found for node in stated for words in (node.get("@id"), words_of(node)) if words
             and (found := vocabulary("licences").find(words))]  # fmt: skip
    addresses = [str(node["@id"]) for node in stated if str(node.get("@id", "")).startswith("http")]
    license = terms[0].iri if terms else (addresses[0] if addresses else context.license)
    without = [one for one in document["distribution"] if not one.get("license")]
    if license and without and not terms and not addresses:
        document["license_asserted"] = True
    for distribution in without if license else ():
        distribution["license"] = license
    return [] if (terms or addresses) and document["distribution"] and len(stated) == 1 else stated


def _keep(document: Document, left: dict[str, list[Node]], problems: list[Problem], path: str) -> None:
    """Keep what no property holds in `raw`, with one warning a property."""
    left = {key: values for key, values in left.items() if any(words_of(one) or len(one) for one in values)}
    if left:
        document["raw"] = {**document.get("raw", {}), **left}
    for predicate in left:
        message = f"The values of {predicate} fit no property; they are kept as they came. Use the terms and codes of DCAT-AP 3."
        pointer = f"{path}/raw/{predicate.replace('~', '~0').replace('/', '~1')}"
        problems.append(Problem("kept-raw", pointer, message, Severity.WARNING))


def _severity(code: str) -> Severity:
    return Severity.WARNING if code == "too-deep" else Severity.ERROR


PROFILE = Dcat()
