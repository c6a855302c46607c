"""`datastore_search`: rows of a table, filtered, searched and sorted."""

import csv
import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from catalog.tables.query.page import Column, Row
from catalog.tables.query.service import OFFSET
from catalog.tables.query.table import Table
from catalog.tables.query.tree import ROW, Order, Selection, together
from web.api.ckan.base import Action, Arguments, flag, invalid, listed, mapped, whole
from web.api.ckan.filters import conditions, orders, searches
from web.api.ckan.resources import ID, asked_table, described
from web.catalog import catalog

LIMIT, MOST = 100, 32_000
"""Rows of an answer where nothing is said, and at most."""
SIZE = 8 * 2**20
"""Characters of an answer at most; `limit` of the answer tells how many rows fitted."""
FORMATS = ("objects", "lists", "csv", "tsv")


def _run(given: Arguments) -> dict[str, Any]:
    table = asked_table(given)
    wanted, numbered = _selection(given, table)
    offset, limit = whole(given, "offset", 0, OFFSET), whole(given, "limit", LIMIT, MOST)
    form = str(given.get("records_format") or FORMATS[0])
    if form not in FORMATS:
        raise invalid(records_format=f"Must be one of {', '.join(FORMATS)}")
    page = catalog().rows.select(table, wanted, offset, limit, size=SIZE)
    applied = len(page.rows) if page.truncated else limit
    numbers = [{"id": ID, "type": "int"}] if numbered else []
    body = {
        "resource_id": given["resource_id"], "fields": [*numbers, *described(wanted.columns)],
        "records": _records(form, wanted.columns, page.rows, numbered=numbered), "records_format": form,
        "limit": applied, "offset": offset, "include_total": flag(given, "include_total", default=True),
        **{name: given[name] for name in ("filters", "q", "sort") if given.get(name)},
        "_links": _links(given, offset, applied),
    }  # fmt: skip
    cut = [{ID: row.number + 1, "fields": row.cut} for row in page.rows if row.cut]
    total = {"total": page.total, "total_was_estimated": False} if body["include_total"] else {}
    return {**body, **total, **({"truncated_cells": cut} if cut else {}), **_next(given, page.rows, wanted.order)}


def _selection(given: Arguments, table: Table) -> tuple[Selection, bool]:
    """Return what is asked for, and whether rows show their number."""
    fields, distinct = listed(given, "fields"), flag(given, "distinct")
    numbered = not distinct and (not fields or ID in fields)
    for name in fields:
        if name not in table.named and not (name == ID and numbered):
            raise invalid(fields=f'field "{name[:100]}" not in table')
    columns = table.chosen(tuple(name for name in fields if name in table.named))
    order = orders(str(given.get("sort") or ""), table)
    if distinct and any(one.column not in {column.name for column in columns} for one in order):
        raise invalid(sort="With distinct only the fields of the answer can be sorted by")
    asked = mapped(given, "q") if str(given.get("q", "")).lstrip().startswith("{") else given.get("q")
    where = together(*conditions(mapped(given, "filters"), table), *searches(asked, table))
    return Selection(columns=columns, where=where, order=order, distinct=distinct), numbered


def _records(form: str, columns: tuple[Column, ...], rows: tuple[Row, ...], *, numbered: bool) -> Any:
    values = [((row.number + 1, *row.values) if numbered else row.values) for row in rows]
    if form == "lists":
        return [list(row) for row in values]
    if form == "objects":
        names = [*([ID] if numbered else []), *(column.name for column in columns)]
        return [dict(zip(names, row, strict=True)) for row in values]
    text = io.StringIO()
    csv.writer(text, delimiter="\t" if form == "tsv" else ",", lineterminator="\n").writerows(values)
    return text.getvalue()


def _links(given: Arguments, offset: int, limit: int) -> dict[str, str]:
    kept: Mapping[str, Any] = {name: value for name, value in given.items() if name != "offset" and isinstance(value, str)}
    start = "/api/3/action/datastore_search?" + urlencode(kept)
    return {"start": start, "next": f"{start}&offset={offset + limit}"}


def _next(given: Arguments, rows: tuple[Row, ...], order: tuple[Order, ...]) -> dict[str, Any]:
    """Return the filter for the rows after these, where they are sorted by their number."""
    if not flag(given, "include_next_page") or not rows or order not in ((), (Order(ROW),)):
        return {}
    return {"next_page": {"filters": {**mapped(given, "filters"), ID: {"gt": rows[-1].number + 1}}}}


ACTION = Action(
    name="datastore_search",
    about="Rows of a table. Arguments: resource_id (the id of a file, or <dataset>/<file>), filters, q, distinct, limit (100, at "
    f"most {MOST:,}), offset, fields, sort, include_total, records_format ({', '.join(FORMATS)}), include_next_page.",
    run=_run,
)
