"""Facet: who may have the files."""

from catalog.records import CatalogRecord, FileRecord
from catalog.search.facets import Facet
from schemas.texts import Picked
from schemas.vocabularies import vocabulary


def _values(record: CatalogRecord, files: tuple[FileRecord, ...]) -> tuple[str, ...]:
    return (record.dataset.access.level.value,)


def _label(code: str, language: str) -> Picked:
    return vocabulary("access_levels").label(code, language)


FACET = Facet(name="access", title="Access", values=_values, label=_label, order=50)
