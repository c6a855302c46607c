"""Facet: who publishes."""

from catalog.records import CatalogRecord, FileRecord
from catalog.search.facets import Facet


def _values(record: CatalogRecord, files: tuple[FileRecord, ...]) -> tuple[str, ...]:
    return (record.dataset.publisher.name,) if record.dataset.publisher else ()


FACET = Facet(name="agency", title="Agency", values=_values, order=10)
