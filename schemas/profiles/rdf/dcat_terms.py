"""DCAT-AP 3.0.1 as tables: which property of our records is which predicate (https://semiceu.github.io/DCAT-AP/releases/3.0.1/)."""

from urllib.parse import quote, unquote

from schemas.agents import Agency, Responsibility
from schemas.dataset import DatasetSeries
from schemas.identifiers import is_name, name_for, short_hash, slug
from schemas.ml import MLProfile
from schemas.profiles.rdf.graph import iri, link, typed
from schemas.profiles.rdf.kinds import (
    DATE,
    FLAG,
    KEYWORDS,
    LINK,
    LINKS,
    REFERENCES,
    TEXT,
    WORDS,
    address_of,
    coded,
    document,
    nested,
    number,
    statement,
    words_of,
)  # fmt: skip
from schemas.profiles.rdf.parts import CHECKSUM, CONTRIBUTORS, IDENTIFIERS, MEDIA_TYPE, PERIOD, PLACES, read_period
from schemas.profiles.rdf.records import INVERSE_SERVES, Node
from schemas.profiles.rdf.terms import Kind, Reader, Shape, Term, Writing, read_node
from schemas.table import TableSchema


def _scheme(scheme: str) -> Kind:
    """Return the kind of a word written as `mailto:` or `tel:`."""

    def write(writing: Writing, subject: str, predicate: str, value: str) -> None:
        writing.graph.add(subject, predicate, iri(scheme + quote(value, safe="@+")) or link(value))

    def read(values: list[Node], reader: Reader) -> tuple[str | None, list[Node]]:
        found = [unquote(str(node.get("@id") or words_of(node))) for node in values]
        found = sorted(words[len(scheme) :] if words.lower().startswith(scheme) else words for words in found if words)
        return (found[0] if found else None), [{"@value": words} for words in found[1:]]

    return Kind(write, read)


CONTACT = Shape(
    ("vcard:Kind",),
    (
        Term("name", "vcard:fn", TEXT, ("vcard:organization-name", "foaf:name")),
        Term("email", "vcard:hasEmail", _scheme("mailto:"), ("vcard:email", "foaf:mbox")),
        Term("telephone", "vcard:hasTelephone", _scheme("tel:"), ("vcard:tel",)),
        Term("url", "vcard:hasURL", LINK, ("vcard:url",)),
        Term("hours", "qoima:hours", TEXT),
    ),
)
SERIES = Shape(
    ("dcat:DatasetSeries",),
    (
        Term("identifier", "dct:identifier", WORDS),
        Term("title", "dct:title", TEXT),
        Term("description", "dct:description", TEXT),
    ),
)
SERVICE = Shape(
    ("dcat:DataService",),
    (
        Term("title", "dct:title", TEXT),
        Term("endpoint_url", "dcat:endpointURL", LINK, ("dcat:endpointUrl",)),
        Term("endpoint_description", "dcat:endpointDescription", LINK),
        Term("conforms_to", "dct:conformsTo", REFERENCES),
    ),
    frozenset({"dcat:servesDataset"}),
)
AGENCY = Shape(
    ("foaf:Agent", "foaf:Organization"),
    (
        Term("name", "qoima:name", WORDS),
        Term("title", "foaf:name", TEXT, ("skos:prefLabel", "rdfs:label", "dct:title", "vcard:fn")),
        Term("description", "dct:description", TEXT),
        Term("identifier", "dct:identifier", WORDS),
        Term("homepage", "foaf:homepage", LINK),
        Term("email", "foaf:mbox", _scheme("mailto:"), ("vcard:hasEmail",)),
        Term("telephone", "foaf:phone", _scheme("tel:")),
        Term("type", "qoima:type", WORDS, ("dct:type",)),
        Term("country", "qoima:country", WORDS),
        Term("parent", "qoima:parent", WORDS),
    ),
)


def read_agency(node: Node, reader: Reader) -> tuple[dict[str, object] | None, bool]:
    """Read an agent; its name comes from its title or its IRI."""
    made, left = read_node(node, AGENCY, reader) if "@value" not in node else ({"title": {reader.language: words_of(node)}}, {})
    address = str(node.get("@id", ""))
    if not made and not address:
        return None, False
    title = made.get("title") or {}
    words = title.get("en") or next(iter(title.values()), "") or address.rstrip("/").rpartition("/")[2]
    if not is_name(str(made.get("name", ""))):
        made["name"] = name_for(words, address)
    if address and "identifier" not in made and not address.startswith(f"{reader.base_url}/organization/"):
        made["identifier"] = address
    return made, not left


def _read_series(node: Node, reader: Reader) -> tuple[dict[str, object] | None, bool]:
    made, _ = read_node(node, SERIES, reader) if "@value" not in node else ({}, {})
    made["identifier"] = made.get("identifier") or str(node.get("@id") or words_of(node))
    return (made if made["identifier"] else None), True


def _agency_address(writing: Writing, agency: Agency) -> str:
    return writing.context.agency_url(agency.name)


def _series_address(writing: Writing, series: DatasetSeries) -> str:
    return series.identifier if iri(series.identifier) else f"urn:qoima:series:{quote(series.identifier, safe='')}"


DISTRIBUTION = Shape(
    ("dcat:Distribution",),
    (
        Term("title", "dct:title", TEXT),
        Term("description", "dct:description", TEXT),
        Term("access_url", "dcat:accessURL", LINK, ("dcat:accessUrl",)),
        Term("download_url", "dcat:downloadURL", LINK, ("dcat:downloadUrl",)),
        Term("path", "spdx:fileName", WORDS),
        Term("format", "dct:format", coded("media_types", code=True)),
        Term("media_type", "dcat:mediaType", MEDIA_TYPE),
        Term("byte_size", "dcat:byteSize", number("xsd:nonNegativeInteger", int)),
        Term("size_text", "qoima:sizeText", WORDS),
        Term("checksum", "spdx:checksum", CHECKSUM),
        Term("license", "dct:license", coded("licences")),
        Term("rights", "dct:rights", statement("dct:RightsStatement")),
        Term("issued", "dct:issued", DATE),
        Term("modified", "dct:modified", DATE),
        Term("language", "dct:language", coded("languages", many=True)),
        Term("conforms_to", "dct:conformsTo", REFERENCES),
        Term("availability", "dcatap:availability", coded("availability", code=True)),
        Term("status", "adms:status", Kind(REFERENCES.write, lambda values, reader: _first(values))),
        Term("compress_format", "dcat:compressFormat", MEDIA_TYPE),
        Term("package_format", "dcat:packageFormat", MEDIA_TYPE),
        Term("access_service", "dcat:accessService", nested(SERVICE, "service", many=False)),
        Term("encoding", "qoima:encoding", WORDS),
        Term("dialect", "qoima:dialect", document()),
        Term("correction", "qoima:correction", document()),
        Term("table_schema", "qoima:tableSchema", document(TableSchema)),
        Term("raw", "qoima:raw", document()),
    ),
)


def _first(values: list[Node]) -> tuple[str | None, list[Node]]:
    found = [words for node in values if (words := address_of(node))]
    return (found[0] if found else None), [{"@value": words} for words in found[1:]]


DATASET = Shape(
    ("dcat:Dataset",),
    (
        Term("title", "dct:title", TEXT, ("rdfs:label", "schema:name")),
        Term("description", "dct:description", TEXT, ("dct:abstract",)),
        Term("identifier", "dct:identifier", WORDS),
        Term("uri", "owl:sameAs", LINK),
        Term("purpose", "qoima:purpose", TEXT),
        Term("keyword", "dcat:keyword", KEYWORDS),
        Term("theme", "dcat:theme", coded("themes", many=True)),
        Term("publisher", "dct:publisher", nested(AGENCY, "publisher", many=False, address=_agency_address, read=read_agency)),
        Term("contributor", "prov:qualifiedAttribution", CONTRIBUTORS),
        Term("contact_point", "dcat:contactPoint", nested(CONTACT, "contact"), ("adms:contactPoint",)),
        Term("issued", "dct:issued", DATE),
        Term("modified", "dct:modified", DATE, ("dct:updated",)),
        Term("accrual_periodicity", "dct:accrualPeriodicity", coded("frequencies", keep_iris=False)),
        Term("language", "dct:language", coded("languages", many=True, keep_iris=False)),
        Term("temporal", "dct:temporal", nested(PERIOD, "temporal", read=read_period)),
        Term("temporal_resolution", "dcat:temporalResolution",
             Kind(lambda at, node, name, words: at.graph.add(node, name, typed(words, "xsd:duration")), WORDS.read)),
        Term("spatial", "dct:spatial", PLACES),
        Term("spatial_resolution_in_meters", "dcat:spatialResolutionInMeters", number("xsd:decimal", float)),
        Term("landing_page", "dcat:landingPage", LINK, ("dct:landingPage",)),
        Term("page", "foaf:page", LINKS),
        Term("conforms_to", "dct:conformsTo", REFERENCES),
        Term("provenance", "dct:provenance", statement("dct:ProvenanceStatement")),
        Term("source", "prov:wasDerivedFrom", REFERENCES, ("dct:source",)),
        Term("version", "dcat:version", WORDS, ("owl:versionInfo", "adms:version")),
        Term("version_notes", "adms:versionNotes", TEXT),
        Term("in_series", "dcat:inSeries",
             nested(SERIES, "series", address=_series_address, read=_read_series), ("dct:isPartOf",)),
        Term("other_identifier", "adms:identifier", IDENTIFIERS),
        Term("is_referenced_by", "dct:isReferencedBy", REFERENCES),
        Term("applicable_legislation", "dcatap:applicableLegislation", REFERENCES),
        Term("hvd_category", "dcatap:hvdCategory", REFERENCES),
        Term("rights", "dct:rights", statement("dct:RightsStatement")),
        Term("license_asserted", "qoima:licenseAsserted", FLAG),
        Term("service", INVERSE_SERVES, nested(SERVICE, "service")),
        Term("responsibility", "qoima:responsibility", document(Responsibility)),
        Term("ml", "qoima:ml", document(MLProfile)),
        Term("raw", "qoima:raw", document()),
    ),
)  # fmt: skip


def local_id(node: Node, base_url: str) -> str:
    """Return the id of a distribution: the last step of its IRI, or a hash of what identifies it."""
    address = str(node.get("@id", ""))
    last = unquote(address.rstrip("/").rpartition("/")[2])
    if address.startswith(f"{base_url}/dataset/") or (last and slug(last) == last.lower() and len(last) <= 80):
        return last
    links = [words_of(one) for key in ("dcat:downloadURL", "dcat:accessURL", "dct:title") for one in node.get(key, [])]
    return short_hash(address, *sorted(links), length=16)
