"""The JSON-LD context of Croissant 1.1, and how ids and texts are said under it.

schema.org stands under https: with http, which the specification shows, mlcroissant finds no dataset.
"""

import re
from collections.abc import Mapping
from typing import Any

from schemas.identifiers import slug
from schemas.texts import UNDETERMINED, Text

CROISSANT = "http://mlcommons.org/croissant/1.1"
RAI = "http://mlcommons.org/croissant/RAI/1.0"
MEDIA_TYPE = f'application/ld+json; profile="{CROISSANT}"'
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_OWN_TERMS = (
    "annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "excludes", "extract", "field",
    "fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5",
    "parentField", "path", "readLines", "recordSet", "references", "regex", "repeated", "replace", "samplingRate",
    "sdVersion", "separator", "source", "subField", "transform", "unArchive",
)  # fmt: skip
_PREFIXES = {
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "ddi-stats": "http://rdf-vocabulary.ddialliance.org/cv/SummaryStatisticType/2.1.2/",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "prov": "http://www.w3.org/ns/prov#",
    "qoima": "urn:qoima:terms#",
    "wd": "http://www.wikidata.org/entity/",
}


def context(language: str) -> dict[str, Any]:
    """Return the context; texts that are no language map are in `language`."""
    return {
        "@language": language,
        "@vocab": "https://schema.org/",
        **_PREFIXES,
        **{name: f"cr:{name}" for name in _OWN_TERMS},
        "conformsTo": "dct:conformsTo",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "description": {"@container": "@language"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "name": {"@container": "@language"},
    }


def language_map(text: Text) -> dict[str, str]:
    """Return a text by language, for `name` and `description` only; a code that JSON-LD would refuse is `und`."""
    found: dict[str, str] = {}
    for code, words in text.items():
        if words:
            found.setdefault(code if _LANGUAGE.fullmatch(code) else UNDETERMINED, words)
    return found


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what says something."""
    return {key: value for key, value in values.items() if value not in ("", [], {}, None)}


class Ids:
    """Gives every thing of one document an id of its own, of ASCII letters: mlcroissant merges equal ones without a word."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, words: str, *, under: str = "", otherwise: str = "thing") -> str:
        """Return `under` followed by the words as a slug, numbered where it is taken."""
        wanted = under + (slug(words) or otherwise)
        number, found = 1, wanted
        while found in self._taken:
            number += 1
            found = f"{wanted}-{number}"
        self._taken.add(found)
        return found
