"""Names of the vocabularies that we write and read, so that tables can say `dct:title`."""

from functools import lru_cache

QOIMA = "urn:qoima:terms#"
"""Our own terms, for what no standard holds: `purpose`, `ml`, `responsibility`, `tableSchema`, `raw`, `order` …

Values of `ml`, `responsibility`, `tableSchema`, `dialect` and `raw` are the JSON of our dataset form (rdf:JSON); `order` maps a
property to the places that its values, sorted, had in our list. A urn needs no host and promises no web page.
"""

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "locn": "http://www.w3.org/ns/locn#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qoima": QOIMA,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

IANA_MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"


@lru_cache(maxsize=1024)
def expand(name: str) -> str:
    """Return the IRI of a prefixed name such as `dct:title`."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@lru_cache(maxsize=4096)
def compact(iri: str) -> str:
    """Return the prefixed name of an IRI, the IRI itself where we know no prefix or the rest would not be a plain name."""
    for prefix, namespace in PREFIXES.items():
        local = iri[len(namespace) :]
        if iri.startswith(namespace) and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return iri
