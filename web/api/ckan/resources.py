"""Tables as resources of CKAN's datastore: found by id, described by its types."""

from collections.abc import Iterable
from typing import Any

from catalog.errors import NotFound
from catalog.tables.query.page import Column, Kind
from catalog.tables.query.table import Table
from schemas.texts import pick
from web.api.ckan.base import Arguments, invalid, needed
from web.catalog import catalog, current_actor

ID = "_id"
"""The number of a row, from 1; the first field of every table."""
_TYPES = {
    Kind.INTEGER: "int", Kind.NUMBER: "numeric", Kind.DECIMAL: "numeric", Kind.BOOLEAN: "bool", Kind.DATE: "date",
    Kind.DATETIME: "timestamp", Kind.TIME: "time", Kind.TEXT: "text", Kind.OTHER: "json",
}  # fmt: skip


def asked_table(given: Arguments, name: str = "resource_id") -> Table:
    """Return the table of a resource: `<dataset>/<file>`, or the id of a file alone where one dataset has it.

    Raises NotFound, Denied, or Refused where several datasets have a file of that id.
    """
    resource, actor = needed(given, name), current_actor()
    dataset, _, distribution = resource.partition("/")
    if not distribution:
        holders = [entry.dataset.name for entry in catalog().reading.holding(actor, resource)]
        if len(holders) > 1:
            raise invalid(**{name: f"Several datasets have a file of this id; ask for one as {holders[0]}/{resource}"})
        if not holders:
            raise NotFound(f'Resource "{resource[:100]}" was not found.')
        dataset, distribution = holders[0], resource
    return catalog().rows.table(actor, dataset, distribution)


def described(columns: Iterable[Column]) -> list[dict[str, Any]]:
    """Return columns as fields; `info` is our description of them."""
    return [{"id": column.name, "type": _TYPES[column.kind], "info": _info(column)} for column in columns]


def _info(column: Column) -> dict[str, Any]:
    field, language = column.field, catalog().settings.default_language
    codes = {category.value: pick(category.label, language).words for category in field.categories}
    told = {
        "label": pick(field.title, language).words, "notes": pick(field.description, language).words,
        "type_override": field.type if field.type != "any" else "", "unit": field.unit, "codes": codes,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}
