"""DCAT-US 1.1 (Project Open Data), the `data.json` of American agencies; our other properties stand under `qoima`.

Texts are written in one language and kept whole in the extension. What the standard requires and nobody stated is written
so that it cannot be taken for a fact: 1970-01-01 for a missing date, an address that ends with `.invalid` for a missing e-mail.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from schemas.dataset import Dataset
from schemas.forms import dump_dataset
from schemas.problems import Problem
from schemas.profiles.base import CatalogPage, Document, Format, ReadContext, Reading, WriteContext
from schemas.profiles.dcat_us_reading import read_dataset
from schemas.profiles.dcat_us_writing import write_dataset
from schemas.profiles.json_records import items, not_an_object
from schemas.profiles.terms import leftover, regain

_SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"


class DcatUsProfile:
    """Datasets of `data.json`."""

    name = "dcat_us"
    title = "DCAT-US 1.1 (data.json)"
    formats = (Format("json", "application/vnd.dcat-us+json"),)
    losses: frozenset[str] = frozenset()

    def split(self, body: bytes, media_type: str = "") -> Iterable[Any]:
        """Yield the datasets of a catalogue one by one, or the one dataset that was given."""
        return items(body, "dataset")

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read a dataset of version 1.1, and what versions 1.0 and 3.0 share with it."""
        if not isinstance(record, Mapping):
            return not_an_object(record, "A dataset of data.json")
        if str(record.get("@type", "")).endswith("Catalog"):
            message = "This catalogue has no list `dataset`; only datasets that stand in that list are read."
            return Reading({}, (Problem("no-datasets", "/dataset", message),))
        problems: list[Problem] = []
        document = read_dataset(record, context, problems)
        return Reading(regain(document, record.get("qoima")), tuple(problems))

    def write(self, dataset: Dataset, context: WriteContext, extension: str = "") -> bytes:
        """Write one dataset."""
        return json.dumps(entry(dataset, context), ensure_ascii=False, indent=1).encode()

    def write_catalog(self, page: CatalogPage, context: WriteContext, extension: str = "") -> bytes:
        """Write a whole `data.json`; the standard knows no pages."""
        head = {
            "@context": f"{_SCHEMA}/catalog.jsonld", "@id": page.self_url, "@type": "dcat:Catalog", "conformsTo": _SCHEMA,
            "describedBy": f"{_SCHEMA}/catalog.json", "dataset": [entry(dataset, context) for dataset in page.datasets],
        }  # fmt: skip
        return json.dumps(head, ensure_ascii=False).encode()


def entry(dataset: Dataset, context: WriteContext) -> Document:
    """Return a dataset as an entry of `data.json`, with what the standard cannot hold in the extension."""
    document = dump_dataset(dataset)
    made = write_dataset(document, context)
    back = read_dataset(made, ReadContext(language=context.language), [])
    extension = leftover(document, back)
    return made | ({"qoima": extension} if extension else {})


PROFILE = DcatUsProfile()
