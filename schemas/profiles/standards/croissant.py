"""Croissant 1.1 with RAI 1.0: a dataset described so that `mlcroissant` validates it and loads every table.

What others publish as Croissant is read as the schema.org Dataset that it is; its RecordSets are kept as they came.
"""

import json
from collections.abc import Iterable
from typing import Any

from schemas.access import AccessLevel
from schemas.dataset import Dataset
from schemas.profiles.base import CatalogPage, Format, ReadContext, Reading, WriteContext
from schemas.profiles.croissant.context import MEDIA_TYPE
from schemas.profiles.croissant.document import croissant
from schemas.profiles.json_records import not_an_object, parsed
from schemas.profiles.rdf.schemaorg_reading import plain_keys, read_dataset

_KEPT = frozenset(("name", "title", "description", "publisher", "keyword", "issued", "modified", "distribution"))


class CroissantProfile:
    """The profile `croissant`; `context.published` tells what may be told of the files."""

    name = "croissant"
    title = "Croissant"
    formats = (Format("croissant.jsonld", MEDIA_TYPE),)
    losses = frozenset(Dataset.__dataclass_fields__) - _KEPT

    def split(self, body: bytes, media_type: str = "") -> Iterable[Any]:
        """Yield the document, or those of a list."""
        found = parsed(body)
        yield from found if isinstance(found, list) else [found]

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read a document that `split` gave."""
        if not isinstance(record, dict):
            return not_an_object(record, "A Croissant document")
        reading = read_dataset(_tagged(plain_keys(record)), context)
        if record.get("usageInfo"):  # terms of others, which nothing here evaluates: harvesting never widens access
            reading.document["access"] = {"level": AccessLevel.CLOSED.value}
        return reading

    def write(self, dataset: Dataset, context: WriteContext, extension: str = "") -> bytes:
        """Write the document."""
        return json.dumps(croissant(dataset, context), ensure_ascii=False, indent=1).encode()

    def write_catalog(self, page: CatalogPage, context: WriteContext, extension: str = "") -> bytes:
        """Write the documents of a page as a list."""
        return json.dumps([croissant(dataset, context) for dataset in page.datasets], ensure_ascii=False, indent=1).encode()


def _tagged(value: Any) -> Any:
    """Return JSON values with the language maps of names and descriptions as tagged texts."""
    if isinstance(value, list):
        return [_tagged(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _texts(inner) if key in ("name", "description") else _tagged(inner) for key, inner in value.items()}


def _texts(value: Any) -> Any:
    if not isinstance(value, dict) or any(key.startswith("@") for key in value):
        return value
    return [{"@value": words, "@language": code} for code, words in value.items()]


PROFILE = CroissantProfile()
