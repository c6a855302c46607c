"""A slim schema.org Dataset for search engines, in the page and as a file, and the Datasets that other sites embed.

A record is the JSON object of one Dataset with the nodes of its `@graph` put in place.
The context is always https://schema.org/, by name only.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from schemas.access import AccessLevel
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem
from schemas.profiles.base import CatalogPage, Format, ReadContext, Reading, WriteContext
from schemas.profiles.rdf.parsing import Refused, load_json
from schemas.profiles.rdf.schemaorg_reading import plain_keys, read_dataset
from schemas.texts import pick

MAX_NESTING = 8
_KEPT = frozenset((
    "name", "title", "description", "identifier", "publisher", "contributor", "keyword", "language", "issued", "modified",
    "version", "temporal", "spatial", "distribution", "access",
))  # fmt: skip


class SchemaOrg:
    """The profile `schemaorg`; slim, so most of a dataset is a recorded loss, and texts are in one language."""

    name = "schemaorg"
    title = "schema.org Dataset"
    formats = (Format("schema.jsonld", 'application/ld+json; profile="https://schema.org/"'),)
    losses = frozenset(Dataset.__dataclass_fields__) - _KEPT

    def split(self, body: bytes, media_type: str = "") -> Iterable[Any]:
        """Yield each Dataset of a document: one object, a list, or an `@graph`."""
        try:
            document = plain_keys(load_json(body))
        except Refused as refused:
            yield {"problem": [refused.problem.code, refused.problem.message]}
            return
        nodes = list(_nodes(document))
        known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
        found = [node for node in nodes if is_a(node, "Dataset")]
        for node in found:
            yield _in_place(node, known, ())
        if not found:
            yield {"problem": ["no-dataset", "There is no schema.org Dataset in this document; check its @type."]}

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read a record that `split` gave."""
        if not isinstance(record, dict) or "problem" in record:
            code, message = record["problem"] if isinstance(record, dict) else ("not-an-object", "A Dataset is an object.")
            return Reading({}, (Problem(str(code), "", str(message)),))
        return read_dataset(plain_keys(record), context)

    def write(self, dataset: Dataset, context: WriteContext, extension: str = "") -> bytes:
        """Write the slim form."""
        return json.dumps({"@context": "https://schema.org/", **slim(dataset, context)}, ensure_ascii=False, indent=1).encode()

    def write_catalog(self, page: CatalogPage, context: WriteContext, extension: str = "") -> bytes:
        """Write one page as a DataCatalog."""
        document = {"@context": "https://schema.org/", **_catalog(context), "dataset": [slim(d, context) for d in page.datasets]}
        return json.dumps(document, ensure_ascii=False, indent=1).encode()


def embedded(dataset: Dataset, context: WriteContext) -> str:
    """Return the slim form for a script element of a page: no `<`, `>` or `&` stands in it."""
    words = PROFILE.write(dataset, context).decode()
    return words.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def is_a(node: dict[str, Any], name: str) -> bool:
    """Tell whether a node has a type."""
    types = node.get("@type", ())
    return name in ([types] if isinstance(types, str) else types)


def slim(dataset: Dataset, context: WriteContext) -> dict[str, Any]:
    """Return the Dataset as plain JSON values, without empty ones."""
    address, language = context.dataset_url(dataset.name), context.language
    licenses = {one.license for one in dataset.distribution if one.license}
    values = {
        "@type": "Dataset",
        "@id": address,
        "name": pick(dataset.title, language).words,
        "description": pick(dataset.description, language).words[:5000],
        "url": address,
        "identifier": dataset.identifier,
        "license": licenses.pop() if len(licenses) == 1 else "",
        "creator": [
            {"@type": "Organization", "name": pick(one.name, language).words, "roleName": one.role}
            for one in dataset.contributor
        ],
        "publisher": _publisher(dataset, context),
        "datePublished": dataset.issued,
        "dateModified": dataset.modified,
        "version": dataset.version,
        "keywords": [word for words in dataset.keyword.values() for word in words],
        "inLanguage": list(dataset.language),
        "spatialCoverage": [_place(place, language) for place in dataset.spatial],
        "temporalCoverage": [f"{one.start or '..'}/{one.end or '..'}" for one in dataset.temporal],
        "isAccessibleForFree": dataset.access.level is AccessLevel.OPEN,
        "distribution": [_download(dataset, one, context) for one in dataset.distribution],
        "includedInDataCatalog": _catalog(context),
    }
    return _filled(values)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", [], {}, None)}


def _publisher(dataset: Dataset, context: WriteContext) -> dict[str, Any]:
    if not dataset.publisher:
        return {}
    title = pick(dataset.publisher.title, context.language).words or dataset.publisher.name
    return {"@type": "Organization", "@id": context.agency_url(dataset.publisher.name), "name": title}


def _place(place: Any, language: str) -> dict[str, Any]:
    box = place.bbox
    shape = {"@type": "GeoShape", "box": f"{box.south!r} {box.west!r} {box.north!r} {box.east!r}"} if box else {}
    return _filled({"@type": "Place", "@id": place.uri, "name": pick(place.name, language).words, "geo": shape})


def _download(dataset: Dataset, one: Distribution, context: WriteContext) -> dict[str, Any]:
    checksum = one.checksum.value if one.checksum and one.checksum.algorithm == "sha256" else ""
    values = {
        "@type": "DataDownload",
        "@id": context.resource_url(dataset.name, one.id),
        "name": pick(one.title, context.language).words,
        "description": pick(one.description, context.language).words,
        "contentUrl": one.download_url,
        "url": one.access_url,
        "encodingFormat": one.media_type or one.format,
        "contentSize": f"{one.byte_size} B" if one.byte_size is not None else one.size_text,
        "sha256": checksum,
        "license": one.license,
    }
    return _filled(values)


def _catalog(context: WriteContext) -> dict[str, Any]:
    return {"@type": "DataCatalog", "name": context.site_title, "url": f"{context.base_url}/"}


def _nodes(document: Any) -> Iterator[dict[str, Any]]:
    for one in document if isinstance(document, list) else [document]:
        if isinstance(one, dict):
            yield one
            for key in ("@graph", "dataset", "mainEntity"):
                if key in one:
                    yield from _nodes(one[key])


def _in_place(value: Any, known: dict[str, Any], above: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [_in_place(one, known, above) for one in value]
    if not isinstance(value, dict):
        return value
    address = value.get("@id")
    if set(value) == {"@id"} and address in known and address not in above and len(above) < MAX_NESTING:
        value = known[address]
    above = (*above, address) if isinstance(address, str) else above
    return {key: _in_place(inner, known, above) for key, inner in value.items() if key != "@context"}


PROFILE = SchemaOrg()
