"""Harvested RDF becomes triples within limits: no DOCTYPE, no remote context, no exception; nothing is ever fetched."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse

from schemas.problems import Problem

MAX_BYTES = 64 * 2**20
MAX_TRIPLES = 2_000_000
MAX_DEPTH = 100
"""Nested objects and lists of JSON-LD; the parser of pyoxigraph 0.5.13 crashes the process at some thousand lists."""

_BY_MEDIA_TYPE = {
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "text/n3": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/xml": RdfFormat.RDF_XML,
    "text/xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
}
_ODD_XML_ENCODINGS = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-8|us-ascii|iso-8859-1|windows-125)""", re.I)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


class Refused(Exception):
    """A document that is not read, with the Problem that says why; it never leaves this package."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, "", message)


def triples(body: bytes, media_type: str = "", base_iri: str = "") -> list[Triple]:
    """Read a document as triples; raises Refused. `media_type` may be missing or wrong: the content decides."""
    if len(body) > MAX_BYTES:
        raise Refused("too-large", f"The document has {len(body):,} bytes; at most {MAX_BYTES:,} are read. Split it into pages.")
    format = _format(body, media_type)
    if format == RdfFormat.RDF_XML:
        _check_xml(body)
    if format == RdfFormat.JSON_LD:
        _check_json(load_json(body))
    return _parsed(body, format, base_iri)


def load_json(body: bytes) -> Any:
    """Read JSON of bounded depth; raises Refused."""
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        raise Refused("not-json", f"This is not valid JSON ({error}); ask the portal to repair it.") from None
    if any(depth > MAX_DEPTH for depth, _ in _walk(document)):
        raise _too_deep()
    return document


def _parsed(body: bytes, format: RdfFormat, base_iri: str) -> list[Triple]:
    body = body.removeprefix(b"\xef\xbb\xbf")
    base_iri = base_iri or "urn:qoima:document"
    try:
        found = _read(body, format, base_iri, lenient=False)
    except (SyntaxError, ValueError, OSError) as error:
        try:  # portals write IRIs with blanks and brackets; the strict message is the one that helps
            found = _read(body, format, base_iri, lenient=True)
        except (SyntaxError, ValueError, OSError):
            message = f"This is not valid {format.name} ({error}); ask the portal to repair it."
            raise Refused("not-rdf", message) from None
    if len(found) > MAX_TRIPLES:
        raise Refused("too-large", f"The document has more than {MAX_TRIPLES:,} triples; split it into pages.")
    return [triple for triple in found if not isinstance(triple.object, Triple)]


def _read(body: bytes, format: RdfFormat, base_iri: str, lenient: bool) -> list[Triple]:
    quads = parse(body, format=format, base_iri=base_iri, rename_blank_nodes=True, lenient=lenient)
    return [quad.triple for quad in islice(quads, MAX_TRIPLES + 1)]


def _format(body: bytes, media_type: str) -> RdfFormat:
    start = body[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"[") and not _turtle_node(start):
        return RdfFormat.JSON_LD
    if start.startswith((b"<?xml", b"<rdf:", b"<!", b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        return RdfFormat.RDF_XML
    return _BY_MEDIA_TYPE.get(media_type.partition(";")[0].strip().lower(), RdfFormat.TURTLE)


def _turtle_node(start: bytes) -> bool:
    return re.match(rb"\[\s*(?:a\s|<|\w*:|\]\s*[.\w<])", start) is not None


def _check_xml(body: bytes) -> None:
    if b"\x00" in body[:1024] or _ODD_XML_ENCODINGS.match(body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()):
        raise Refused("wrong-encoding", "RDF/XML is read in UTF-8 or a Latin or Cyrillic 8-bit encoding; ask for UTF-8.")
    if _DOCTYPE.search(body):
        raise Refused("doctype", "XML with a DOCTYPE or entities is not read; ask the portal for plain RDF/XML or Turtle.")


def _check_json(document: Any) -> None:
    for _, value in _walk(document):
        if isinstance(value, dict) and ("@import" in value or _remote(value.get("@context"))):
            message = "The JSON-LD needs a @context from another address, which is never fetched; ask for it inline."
            raise Refused("remote-context", message)


def _remote(context: Any) -> bool:
    return isinstance(context, str) or (isinstance(context, list) and any(isinstance(one, str) for one in context))


def _walk(document: Any) -> Iterator[tuple[int, Any]]:
    waiting = [(1, document)]
    while waiting:
        depth, value = waiting.pop()
        yield depth, value
        if isinstance(value, dict | list) and depth <= MAX_DEPTH:
            waiting += [(depth + 1, inner) for inner in (value.values() if isinstance(value, dict) else value)]


def _too_deep() -> Refused:
    return Refused("too-deep", f"The JSON nests deeper than {MAX_DEPTH} levels; no catalogue needs that.")
