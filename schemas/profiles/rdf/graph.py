"""A graph being written: subjects are IRIs, never blank nodes, so that the same dataset always gives the same bytes."""

import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from schemas.profiles.rdf.namespaces import expand
from schemas.texts import UNDETERMINED

WORDS = "urn:qoima:words:"
Object = NamedNode | Literal
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]")
_XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f]")


class Graph:
    """Subjects in the order in which they were first met, each with its (predicate, object) pairs in order, without repeats."""

    def __init__(self) -> None:
        self.nodes: dict[str, dict[tuple[str, Object], None]] = {}

    def add(self, subject: str, predicate: str, value: Object) -> None:
        """State a fact; `predicate` is a prefixed name."""
        self.nodes.setdefault(subject, {})[(predicate, value)] = None

    def type(self, subject: str, *classes: str) -> None:
        """State the classes (prefixed names) of a subject."""
        for name in classes:
            self.add(subject, "rdf:type", term(name))


@lru_cache(maxsize=1024)
def term(name: str) -> NamedNode:
    """Return the node of a prefixed name."""
    return NamedNode(expand(name))


def iri(words: str) -> NamedNode | None:
    """Return an absolute IRI as a node, forbidden characters escaped; None where `words` is none."""
    if not _SCHEME.match(words):
        return None
    for spelling in (_FORBIDDEN.sub(lambda match: quote(match[0]), words), quote(words, safe=":/?#[]@!$&'()*+,;=~-._")):
        try:
            return NamedNode(spelling)
        except ValueError:
            continue
    return None


def link(words: str) -> Object:
    """Return an IRI, or the words as a literal where they are none."""
    return iri(words) or literal(words)


def reference(words: str) -> NamedNode:
    """Return an IRI, or words in an IRI of ours (`urn:qoima:words:`), where DCAT-AP takes no literal."""
    return iri(words) or NamedNode(WORDS + quote(words, safe=""))


def literal(words: str, language: str = UNDETERMINED) -> Literal:
    """Return words with their language; `und`, tags that are no BCP 47 and characters that XML cannot carry are left away."""
    words = _XML_FORBIDDEN.sub("", words)
    if language != UNDETERMINED:
        try:
            return Literal(words, language=language)
        except ValueError:
            pass
    return Literal(words)


def typed(words: str, datatype: str) -> Literal:
    """Return a literal of a datatype given as a prefixed name."""
    return Literal(_XML_FORBIDDEN.sub("", words), datatype=term(datatype))


def json_literal(document: Any) -> Literal:
    """Return JSON values as a literal (rdf:JSON) in canonical form: sorted keys, no blanks."""
    words = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Literal(_XML_FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", words), datatype=term("rdf:JSON"))
