"""Conversions between values of our records and RDF, tolerant of what portals write."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from schemas.dates import iso_date
from schemas.forms.derive import form_for
from schemas.profiles.rdf.graph import WORDS as _WORDS
from schemas.profiles.rdf.graph import Object, iri, json_literal, link, literal, reference, typed
from schemas.profiles.rdf.records import Node
from schemas.profiles.rdf.terms import Kind, Reader, Shape, Writing, read_node, write_node
from schemas.vocabularies import vocabulary

LABELS = ("rdfs:label", "dct:title", "skos:prefLabel", "foaf:name", "schema:name", "dct:description", "skos:notation")
_REPAIRED_LANGUAGES = {"no": "nb", "kr": "ko", "kz": "kk"}
_DATATYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
WEB = re.compile(r"(?i)(?:https?|ftp)://[^\s/]+\S*$|(?:urn|mailto|tel):\S")


def language_of(node: Node, reader: Reader) -> str:
    """Return the language of a literal in BCP 47 case, well-known slips repaired."""
    tag = str(node.get("@language", "")) or reader.language
    first, *rest = tag.split("-")
    first = _REPAIRED_LANGUAGES.get(first.lower(), first.lower())
    return "-".join((first, *(part.title() if len(part) == 4 else part.upper() for part in rest)))


def words_of(node: Node) -> str:
    """Return the words of a literal, of a labelled node, or the IRI; empty when there is nothing to read."""
    if "@value" in node:
        return str(node["@value"]).strip()
    for label in LABELS:
        for value in node.get(label, ()):
            if value.get("@value", "").strip():
                return str(value["@value"]).strip()
    return str(node.get("@id", ""))


def address_of(node: Node) -> str:
    """Return the IRI of a node, the words behind an IRI of ours, or the words of a literal."""
    address = str(node.get("@id") or words_of(node))
    return unquote(address[len(_WORDS) :]) if address.startswith(_WORDS) else address


def json_of(values: list[Node]) -> Any:
    """Return the JSON value of the first literal that is one, else None."""
    for node in values:
        try:
            return json.loads(node.get("@value", ""))
        except (ValueError, RecursionError):
            continue
    return None


def _write_text(writing: Writing, subject: str, predicate: str, value: Any) -> None:
    for language, words in value.items():
        writing.graph.add(subject, predicate, literal(words, language))


def _read_text(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
    found: dict[str, str] = {}
    unused: list[Node] = []
    for node in _labels(values):
        language, words = language_of(node, reader), str(node.get("@value", "")).strip()
        if "@value" not in node or (found.get(language, words) != words and words):
            unused.append(node)
        elif words:
            found[language] = words
    return found, unused


def _labels(values: Iterable[Node]) -> Iterable[Node]:
    for node in values:
        inner = next((node[label] for label in LABELS if node.get(label)), None) if "@value" not in node else None
        yield from inner or [node]


def _write_statement(kind: str) -> Callable[[Writing, str, str, Any], None]:
    def write(writing: Writing, subject: str, predicate: str, value: Any) -> None:
        node = f"{subject}#{predicate.partition(':')[2]}"
        writing.graph.add(subject, predicate, term_node(node))
        writing.graph.type(node, kind)
        _write_text(writing, node, "rdfs:label", value)

    return write


def term_node(subject: str) -> Any:
    """Return the node of an IRI that we made ourselves."""
    return iri(subject) or literal(subject)


def _write_keywords(writing: Writing, subject: str, predicate: str, value: Any) -> None:
    for language, words in value.items():
        for word in words:
            writing.graph.add(subject, predicate, literal(word, language))


def _read_keywords(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
    found: dict[str, list[str]] = {}
    for node in values:
        if words := words_of(node):
            found.setdefault(language_of(node, reader), []).append(words)
    return {language: list(dict.fromkeys(words)) for language, words in found.items()}, []


def _write_words(writing: Writing, subject: str, predicate: str, value: Any) -> None:
    for words in (value,) if isinstance(value, str) else value:
        writing.graph.add(subject, predicate, literal(words))


def _read_words(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
    found = [node for node in values if words_of(node)]
    return (words_of(found[0]) if found else None), found[1:]


def _write_date(writing: Writing, subject: str, predicate: str, value: str) -> None:
    writing.graph.add(subject, predicate, date_literal(value))


def date_literal(value: str) -> Object:
    """Return a date in ISO 8601 as a literal of the datatype that is as exact."""
    return typed(value, _DATATYPES.get(len(value), "xsd:dateTime"))


def _read_date(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
    dates = [(iso_date(words_of(node)), node) for node in values if words_of(node)]
    good = sorted(date for date, _ in dates if date)
    return (good[-1] if good else None), [node for date, node in dates if not date]


def _write_links(writing: Writing, subject: str, predicate: str, value: Any) -> None:
    for address in (value,) if isinstance(value, str) else value:
        writing.graph.add(subject, predicate, link(address))


def _write_references(writing: Writing, subject: str, predicate: str, value: Any) -> None:
    for words in (value,) if isinstance(value, str) else value:
        writing.graph.add(subject, predicate, reference(words))


def _read_link(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
    found, unused = _read_links(values, reader)
    return (found[0] if found else None), unused + [{"@id": one} for one in found[1:]]


def _read_links(values: list[Node], reader: Reader) -> tuple[list[str], list[Node]]:
    addresses = [(node.get("@id") or words_of(node), node) for node in values]
    good = [address.strip() for address, _ in addresses if WEB.match(address.strip())]
    return list(dict.fromkeys(good)), [node for address, node in addresses if address and not WEB.match(address.strip())]


def _read_references(values: list[Node], reader: Reader) -> tuple[list[str], list[Node]]:
    return list(dict.fromkeys(words for node in values if (words := address_of(node)))), []


def number(datatype: str, convert: Callable[[float], Any]) -> Kind:
    """Return the kind of a number; takes `43008.0` where a whole number is due."""

    def write(writing: Writing, subject: str, predicate: str, value: Any) -> None:
        writing.graph.add(subject, predicate, typed(repr(value), datatype))

    def read(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
        for place, node in enumerate(values):
            try:
                return convert(float(words_of(node))), values[:place] + values[place + 1 :]
            except (ValueError, OverflowError):
                continue
        return None, values

    return Kind(write, read)


def _write_flag(writing: Writing, subject: str, predicate: str, value: bool) -> None:
    if value:
        writing.graph.add(subject, predicate, typed("true", "xsd:boolean"))


def document(record: type | None = None) -> Kind:
    """Return the kind of a value that is written as the JSON of its form (rdf:JSON)."""

    def write(writing: Writing, subject: str, predicate: str, value: Any) -> None:
        plain = form_for(record).dump(value) if record else value
        if plain:
            writing.graph.add(subject, predicate, json_literal(plain))

    def read(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
        found = json_of(values)
        return (found, []) if isinstance(found, dict) else (None, values)

    return Kind(write, read)


def coded(name: str, *, many: bool = False, code: bool = False, keep_iris: bool = True) -> Kind:
    """Return the kind of entries of a vocabulary, written as authority IRIs; the document holds codes where `code` is set.

    Words and other spellings are looked up; unknown IRIs stay where `keep_iris` is set.
    """

    def write(writing: Writing, subject: str, predicate: str, value: Any) -> None:
        for one in (value,) if isinstance(value, str) else value:
            entry = vocabulary(name).find(one)
            authority = (entry.data.get("eu") or entry.iri) if entry and code else (entry.iri if entry else "")
            back = vocabulary(name).find(authority) if authority else None
            exact = back is not None and one in (back.code, back.iri)
            writing.graph.add(subject, predicate, reference(authority if authority and exact else one))

    def read(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
        found, unused = [], []
        for node in values:
            entry = next((t for w in (address_of(node), words_of(node)) if w and (t := vocabulary(name).find(w))), None)
            if entry:
                found.append(entry.code if code else entry.iri or entry.code)
            elif keep_iris and (words := address_of(node) if node.get("@id") or code else ""):
                found.append(words)
            elif words_of(node):
                unused.append(node)
        found = list(dict.fromkeys(found))
        return (found, unused) if many else ((found[0] if found else None), unused + [{"@id": x} for x in found[1:]])

    return Kind(write, read)


def nested(shape: Shape, name: str, *, many: bool = True, address: Callable[[Writing, Any], str] | None = None,
           read: Callable[[Node, Reader], tuple[Any, bool]] | None = None) -> Kind:  # fmt: skip
    """Return the kind of records that are nodes of their own, by default fragments `#name-1` of their subject."""

    def write(writing: Writing, subject: str, predicate: str, value: Any) -> None:
        records = value if isinstance(value, tuple) else (value,)
        for place, record in enumerate(records, 1):
            own = address(writing, record) if address else ""
            node = own if own and iri(own) else f"{subject}{'-' if '#' in subject else '#'}{name}-{place}"
            writing.graph.add(subject, predicate, term_node(node))
            write_node(writing, term_node(node).value, shape, record)

    def read_all(values: list[Node], reader: Reader) -> tuple[Any, list[Node]]:
        found, unused = [], []
        for node in values:
            made, complete = (read or _plain)(node, reader)
            if made:
                found.append(made)
            if not complete or not made:
                unused.append(node)
        unused = [node for node in unused if words_of(node) or len(node) > 0]
        return (found, unused) if many else ((found[0] if found else None), unused)

    def _plain(node: Node, reader: Reader) -> tuple[Any, bool]:
        made, left = read_node(node, shape, reader)
        return made, not left

    return Kind(write, read_all)


TEXT = Kind(_write_text, _read_text)
KEYWORDS = Kind(_write_keywords, _read_keywords)
WORDS = Kind(_write_words, _read_words)
DATE = Kind(_write_date, _read_date)
LINK = Kind(_write_links, _read_link)
LINKS = Kind(_write_links, _read_links)
REFERENCES = Kind(_write_references, _read_references)
FLAG = Kind(_write_flag, lambda values, reader: (any(words_of(node) in ("true", "1") for node in values), []))


def statement(kind: str) -> Kind:
    """Return the kind of a text in a node of its own, such as dct:RightsStatement."""
    return Kind(_write_statement(kind), _read_text)
