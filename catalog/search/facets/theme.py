"""Facet: EU data theme."""

from catalog.records import CatalogRecord, FileRecord
from catalog.search.facets import Facet
from schemas.texts import Picked
from schemas.vocabularies import vocabulary


def _values(record: CatalogRecord, files: tuple[FileRecord, ...]) -> tuple[str, ...]:
    terms = vocabulary("themes")
    return tuple(term.code if (term := terms.find(iri)) else iri.rsplit("/", 1)[-1] for iri in record.dataset.theme)


def _label(code: str, language: str) -> Picked:
    return vocabulary("themes").label(code, language)


FACET = Facet(name="theme", title="Theme", values=_values, label=_label, order=20)
