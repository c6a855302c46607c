"""Facet: band of the metadata quality (MQA)."""

from catalog.quality.bands import label
from catalog.records import CatalogRecord, FileRecord
from catalog.search.facets import Facet


def _values(record: CatalogRecord, files: tuple[FileRecord, ...]) -> tuple[str, ...]:
    return (record.quality,) if record.quality else ()


FACET = Facet(name="quality", title="Quality", values=_values, label=label, order=55)
