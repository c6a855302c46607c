"""Facet: file format."""

from catalog.records import CatalogRecord, FileRecord
from catalog.search.facets import Facet
from schemas.distribution import Distribution
from schemas.texts import Picked
from schemas.vocabularies import vocabulary


def _values(record: CatalogRecord, files: tuple[FileRecord, ...]) -> tuple[str, ...]:
    return tuple(code for distribution in record.dataset.distribution if (code := _code(distribution)))


def _code(distribution: Distribution) -> str:
    terms = vocabulary("media_types")
    term = terms.find(distribution.format) or terms.find(distribution.media_type)
    return term.code if term else distribution.format.strip().upper()[:40]


def _label(code: str, language: str) -> Picked:
    return vocabulary("media_types").label(code, language)


FACET = Facet(name="format", title="Format", values=_values, label=_label, order=30)
