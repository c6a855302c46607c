"""Facet: licence of the files."""

from catalog.records import CatalogRecord, FileRecord
from catalog.search.facets import Facet
from schemas.texts import Picked
from schemas.vocabularies import vocabulary


def _values(record: CatalogRecord, files: tuple[FileRecord, ...]) -> tuple[str, ...]:
    terms = vocabulary("licences")
    given = dict.fromkeys(distribution.license for distribution in record.dataset.distribution)
    return tuple(term.code if (term := terms.find(iri)) else iri for iri in given if iri)


def _label(code: str, language: str) -> Picked:
    return vocabulary("licences").label(code, language)


FACET = Facet(name="licence", title="Licence", values=_values, label=_label, order=40)
