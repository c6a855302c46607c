"""Facet: kind of source that a dataset was harvested from."""

from catalog.records import CatalogRecord, FileRecord
from catalog.search.facets import Facet


def _values(record: CatalogRecord, files: tuple[FileRecord, ...]) -> tuple[str, ...]:
    return (record.source_kind,) if record.source_kind else ()


FACET = Facet(name="source", title="Source", values=_values, order=80)
