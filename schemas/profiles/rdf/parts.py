"""Parts of a dataset whose RDF is more than one value: periods, places, checksums, formats, identifiers, contributors."""

import re
from typing import Any
from urllib.parse import quote, unquote

from schemas.coverage import BoundingBox, Place
from schemas.dates import iso_date
from schemas.profiles.rdf.graph import iri, link, literal, reference, typed
from schemas.profiles.rdf.kinds import DATE, TEXT, address_of, words_of
from schemas.profiles.rdf.namespaces import IANA_MEDIA_TYPES
from schemas.profiles.rdf.records import Node
from schemas.profiles.rdf.terms import Kind, Reader, Shape, Term, Writing, read_node
from schemas.vocabularies import vocabulary

PERIOD = Shape(
    ("dct:PeriodOfTime",),
    (
        Term("start", "dcat:startDate", DATE, ("schema:startDate", "time:hasBeginning")),
        Term("end", "dcat:endDate", DATE, ("schema:endDate", "time:hasEnd")),
    ),
)
_GEOMETRIES = {"<": ("geo:asGML", "geo:gmlLiteral"), "{": ("geo:asGeoJSON", "geo:geoJSONLiteral")}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?")
_ALGORITHM = "http://spdx.org/rdf/terms#checksumAlgorithm_"
_ROLE = "urn:qoima:role:"


def read_period(node: Node, reader: Reader) -> tuple[Any, bool]:
    """Read a node, `start/end` or two dates on two lines; returns the document and whether all of it was used."""
    if "@value" not in node:
        made, left = read_node(node, PERIOD, reader)
        return made, not left and bool(made)
    parts = [iso_date(part) if part.strip(" .") else "" for part in re.split(r"/|\n", words_of(node)) if part.strip()]
    if not parts or len(parts) > 2 or None in parts:
        return None, False
    return {key: part for key, part in zip(("start", "end"), parts, strict=False) if part}, True


def write_places(writing: Writing, subject: str, predicate: str, value: tuple[Place, ...]) -> None:
    """Write places as dct:Location: at their IRI where they have one."""
    for position, place in enumerate(value, 1):
        node = (iri(place.uri) if place.uri else None) or link(f"{subject}#spatial-{position}")
        writing.graph.add(subject, predicate, node)
        writing.graph.type(node.value, "dct:Location")
        TEXT.write(writing, node.value, "skos:prefLabel", place.name)
        if place.bbox:
            writing.graph.add(node.value, "dcat:bbox", typed(_polygon(place.bbox), "geo:wktLiteral"))
        if place.geometry:
            shape = f"{subject}#spatial-{position}-geometry"
            name, datatype = _GEOMETRIES.get(place.geometry[0], ("geo:asWKT", "geo:wktLiteral"))
            writing.graph.add(node.value, "locn:geometry", link(shape))
            writing.graph.type(shape, "locn:Geometry")
            writing.graph.add(shape, name, typed(place.geometry, datatype))


def _geometry(node: Node) -> str:
    inner = (one for name in ("geo:asWKT", "geo:asGeoJSON", "geo:asGML") for one in node.get(name, []))
    return words_of(next(inner, node))


def _polygon(box: BoundingBox) -> str:
    east = box.east + 360 if box.east < box.west else box.east
    corners = ((box.west, box.north), (east, box.north), (east, box.south), (box.west, box.south), (box.west, box.north))
    return f"POLYGON(({', '.join(f'{x!r} {y!r}' for x, y in corners)}))"


def read_place(node: Node, reader: Reader) -> tuple[Any, bool]:
    """Read a location by IRI, label, box or geometry, or a text: `w,s,e,n`, WKT, or a name."""
    if "@value" in node:
        return _spatial_text(node, reader)
    left = {key: values for key, values in node.items() if key[0] != "@"}
    place: dict[str, Any] = {}
    address = str(node.get("@id", ""))
    if address and not (address.startswith(("file:", "urn:")) or "#spatial-" in address):
        place["uri"] = address
    for label in ("skos:prefLabel", "rdfs:label", "schema:name", "dct:title", "locn:geographicName"):
        if label in left and "name" not in place:
            place["name"], _ = TEXT.read(left.pop(label), reader)
    geometries = [_geometry(one) for key in ("dcat:bbox", "locn:geometry", "dcat:centroid") for one in left.pop(key, [])]
    boxes = [words_of(one) for one in node.get("dcat:bbox", [])]
    box = next((found for words in (boxes or geometries) if (found := box_of(words))), None)
    if box:
        place["bbox"] = box
    stated = [_geometry(one) for one in node.get("locn:geometry", [])]
    if stated and (boxes or not box):
        place["geometry"] = min(stated, key=lambda words: (words[:1] in "<{", words))
    return {key: value for key, value in place.items() if value}, not left


def _spatial_text(node: Node, reader: Reader) -> tuple[Any, bool]:
    words = words_of(node)
    if box := box_of(words):
        return {"bbox": box}, True
    if country := vocabulary("countries").find(words):
        return {"uri": country.iri, "name": {reader.language: words}}, True
    return ({"name": {str(node.get("@language", reader.language)): words}}, True) if 0 < len(words) <= 500 else (None, False)


def box_of(words: str) -> dict[str, float] | None:
    """Return the box around a WKT polygon, a GeoJSON polygon or `w,s,e,n`; None where there is no legal one."""
    numbers = [float(found) for found in _NUMBER.findall(words[:20_000])]
    shaped = words.lstrip().upper().startswith(("POLYGON", "ENVELOPE", "MULTIPOLYGON", "BOX", '{"TYPE"', "<HTTP"))
    if re.fullmatch(r"\s*(-?[\d.]+\s*[, ]\s*){3}-?[\d.]+\s*", words) and len(numbers) == 4:
        west, south, east, north = numbers
    elif words.lstrip().upper().startswith("ENVELOPE") and len(numbers) == 4:
        west, east, north, south = numbers
    elif shaped and len(numbers) >= 6 and len(numbers) % 2 == 0 and "crs" not in words.lower():
        xs, ys = numbers[::2], numbers[1::2]
        west, south, east, north = min(xs), min(ys), max(xs), max(ys)
    else:
        return None
    east = round(east - 360, 9) if east > 180 else east
    legal = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    return {"west": west, "south": south, "east": east, "north": north} if legal else None


def _write_checksum(writing: Writing, subject: str, predicate: str, value: Any) -> None:
    node = f"{subject}#checksum"
    writing.graph.add(subject, predicate, link(node))
    writing.graph.type(node, "spdx:Checksum")
    writing.graph.add(node, "spdx:algorithm", link(_ALGORITHM + quote(value.algorithm)))
    writing.graph.add(node, "spdx:checksumValue", typed(value.value, "xsd:hexBinary"))


def _read_checksum(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
    for place, node in enumerate(values):
        algorithm = next((words_of(one) for one in node.get("spdx:algorithm", [])), "")
        value = next((words_of(one) for one in node.get("spdx:checksumValue", [])), "")
        name = unquote(re.split(r"[_#/]", algorithm)[-1]).lower().replace("-", "")
        if name and re.fullmatch(r"[0-9a-fA-F]{8,128}", value):
            return {"algorithm": name, "value": value}, values[:place] + values[place + 1 :]
    return None, values


def _write_media_type(writing: Writing, subject: str, predicate: str, value: str) -> None:
    plain = re.fullmatch(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+", value)
    writing.graph.add(subject, predicate, link(IANA_MEDIA_TYPES + value) if plain else reference(value))


def _read_media_type(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
    for place, node in enumerate(values):
        words = address_of(node)
        entry = vocabulary("media_types").find(words)
        bare = re.sub(r"^https?://www\.iana\.org/assignments/media-types/", "", words)
        media_type = bare if re.fullmatch(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+", bare) else (entry and entry.data.get("media_type"))
        if media_type:
            return media_type, values[:place] + values[place + 1 :]
    return None, values


def _write_identifiers(writing: Writing, subject: str, predicate: str, value: tuple[str, ...]) -> None:
    for place, words in enumerate(value, 1):
        node = f"{subject}#identifier-{place}"
        writing.graph.add(subject, predicate, link(node))
        writing.graph.type(node, "adms:Identifier")
        writing.graph.add(node, "skos:notation", literal(words))


def _read_identifiers(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
    notations = (next((words_of(one) for one in node.get("skos:notation", [])), "") or words_of(node) for node in values)
    return list(dict.fromkeys(words for words in notations if words)), []


def _write_contributors(writing: Writing, subject: str, predicate: str, value: Any) -> None:
    graph = writing.graph
    for place, one in enumerate(value, 1):
        node, agent = f"{subject}#contributor-{place}", f"{subject}#contributor-{place}-agent"
        graph.add(subject, predicate, link(node))
        graph.type(node, "prov:Attribution")
        graph.add(node, "prov:agent", link(agent))
        graph.type(agent, "foaf:Agent")
        TEXT.write(writing, agent, "foaf:name", one.name)
        facts = (("foaf:homepage", one.url), ("foaf:mbox", one.email and f"mailto:{one.email}"))
        for name, words in facts:
            if words:
                graph.add(agent, name, link(words))
        if one.role:
            graph.add(node, "dcat:hadRole", link(_ROLE + quote(one.role, safe="")))


def _read_contributors(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
    found: list[Any] = []
    unused: list[Node] = []
    for node in values:
        agent = next(iter(node.get("prov:agent", [])), node)
        name, _ = TEXT.read(agent.get("foaf:name", []), reader)
        role = next((str(one.get("@id") or words_of(one)) for one in node.get("dcat:hadRole", [])), "")
        made = {
            "name": name,
            "role": unquote(role.removeprefix(_ROLE)) if role.startswith(_ROLE) else role,
            "url": next((address_of(one) for one in agent.get("foaf:homepage", [])), ""),
            "email": next((address_of(one) for one in agent.get("foaf:mbox", [])), "").removeprefix("mailto:"),
        }
        made = {key: value for key, value in made.items() if value}
        (found if made.get("name") or made.get("role") else unused).append(made if made.get("name") or made.get("role") else node)
    return found, unused


PLACES = Kind(write_places, lambda values, reader: _all(values, reader, read_place))
CHECKSUM = Kind(_write_checksum, _read_checksum)
MEDIA_TYPE = Kind(_write_media_type, _read_media_type)
IDENTIFIERS = Kind(_write_identifiers, _read_identifiers)
CONTRIBUTORS = Kind(_write_contributors, _read_contributors)


def _all(values: list[Node], reader: Reader, read: Any) -> tuple[list[Any], list[Node]]:
    made = [(read(node, reader), node) for node in values]
    return [one for (one, _), _ in made if one], [node for (one, complete), node in made if not (one and complete)]
