"""What Whoosh is told to keep: postings by language, and one column of facts per dataset."""

import numpy as np
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence, Format, Positions

FORMAT_VERSION = 3
TEXT_LANGUAGES = ("kk", "ru", "en", "other")
FORMS = "forms"
TITLES = "titles"
FACTS = "facts"


def text_field(language: str) -> str:
    """Return the field that holds the terms of a language."""
    return f"text_{language}"


class PackedPositions(Positions):  # type: ignore[misc]
    """Positions of a term as 16-bit numbers: a fifth of the time and space of Whoosh's pickles."""

    def encode(self, poslist: "list[int]") -> bytes:
        return np.array(poslist, "<u2").tobytes()

    def decode_positions(self, valuestring: bytes) -> "list[int]":
        return list(np.frombuffer(valuestring, "<u2").tolist())

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 2


class Postings(FieldType):  # type: ignore[misc]
    """A field whose postings are laid by our own writer."""

    indexed, stored, unique = True, False, False
    analyzer = vector = column_type = None

    def __init__(self, format_: Format, scorable: bool) -> None:
        self.format, self.scorable = format_, scorable


def schema() -> Schema:
    """Return the fields: terms by language with positions, unstemmed forms (all, and of titles), and the facts."""
    texts = {text_field(language): Postings(PackedPositions(), True) for language in TEXT_LANGUAGES}
    return Schema(**texts, **{FORMS: Postings(Existence(), False), TITLES: Postings(Existence(), False), FACTS: COLUMN()})


def codec() -> W3Codec:
    """Return Whoosh's codec without length statistics (they serve its own scorer only) and with light compression."""
    light = W3Codec(compression=1)
    light.length_stats = False
    return light
