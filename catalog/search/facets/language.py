"""Facet: language of the data, or of their title where nobody said."""

from catalog.records import CatalogRecord, FileRecord
from catalog.search.facets import Facet
from schemas.texts import UNDETERMINED, Picked
from schemas.vocabularies import vocabulary


def _values(record: CatalogRecord, files: tuple[FileRecord, ...]) -> tuple[str, ...]:
    terms = vocabulary("languages")
    given = record.dataset.language or tuple(code for code in record.dataset.title if code != UNDETERMINED)
    return tuple(term.code if (term := terms.find(iri)) else iri.rsplit("/", 1)[-1].lower() for iri in given)


def _label(code: str, language: str) -> Picked:
    return vocabulary("languages").label(code, language)


FACET = Facet(name="language", title="Language", values=_values, label=_label, order=60)
