"""`datastore_info`: the fields of a table and its size."""

from typing import Any

from web.api.ckan.base import Action, Arguments
from web.api.ckan.resources import ID, asked_table, described


def _run(given: Arguments) -> dict[str, Any]:
    name = "id" if given.get("id") else "resource_id"
    table = asked_table(given, name)
    meta = {"id": given[name], "count": table.made.rows, "size": table.made.byte_size, "table_type": "BASE TABLE", "aliases": []}
    return {"meta": meta, "fields": [{"id": ID, "type": "int"}, *described(table.columns)]}


ACTION = Action(
    name="datastore_info", about="Fields and size of a table. Argument: id, as resource_id of datastore_search.", run=_run
)
