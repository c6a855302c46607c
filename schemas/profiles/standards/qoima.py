"""Qoima's own JSON form of a dataset, without any loss: for harvesting one Qoima from another, and for backups."""

import json
from collections.abc import Iterable
from typing import Any

from schemas.dataset import Dataset
from schemas.forms import dump_dataset
from schemas.profiles.base import CatalogPage, Format, ReadContext, Reading, WriteContext
from schemas.profiles.json_records import not_an_object, parsed


class QoimaProfile:
    """Documents as `schemas.forms.load_dataset` takes them; a catalogue is an object with the list `datasets`."""

    name = "qoima"
    title = "Qoima JSON"
    formats = (Format("json", "application/vnd.qoima+json"),)
    losses: frozenset[str] = frozenset()

    def split(self, body: bytes, media_type: str = "") -> Iterable[Any]:
        """Yield the documents of a catalogue, or the one that was given."""
        given = parsed(body)
        return given["datasets"] if isinstance(given, dict) and isinstance(given.get("datasets"), list) else [given]

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Take the document as it is."""
        if not isinstance(record, dict):
            return not_an_object(record, "A dataset document")
        return Reading(record)

    def write(self, dataset: Dataset, context: WriteContext, extension: str = "") -> bytes:
        """Write one document."""
        return _json(dump_dataset(dataset))

    def write_catalog(self, page: CatalogPage, context: WriteContext, extension: str = "") -> bytes:
        """Write a page of documents."""
        return _json({"datasets": [dump_dataset(dataset) for dataset in page.datasets], "page": page.page, "pages": page.pages})


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


PROFILE = QoimaProfile()
