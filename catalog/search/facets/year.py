"""Facet: year of the last update."""

import re

from catalog.records import CatalogRecord, FileRecord
from catalog.search.facets import Facet

_YEAR = re.compile(r"\d{4}", re.ASCII)


def _values(record: CatalogRecord, files: tuple[FileRecord, ...]) -> tuple[str, ...]:
    match = _YEAR.match(record.dataset.modified or record.dataset.issued or record.updated)
    return (match.group(),) if match else ()


FACET = Facet(name="year", title="Year of update", values=_values, order=70)
