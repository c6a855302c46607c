"""`/dataset/<name>/resource/<file>/rows.csv` and its like: the rows of a table that pass a filter, as a file."""

from collections.abc import Mapping
from urllib.parse import quote

from flask import Blueprint, Response, abort, request, url_for

from catalog.errors import Invalid, NotFound
from catalog.records import PARQUET
from catalog.tables.query.service import MOST, TooManyRows
from catalog.tables.query.table import Table
from catalog.tables.query.writing import FORMS
from catalog.versions.addresses import made_path
from schemas.problems import Problem
from web.catalog import catalog, current_actor
from web.machines.exports import base_url
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("selections", __name__), Lets.BYTES)
PARAMETERS: Mapping[str, str] = {
    "where": 'Filter such as `"column" = \'text\' AND ("other" > 5 OR "third" IS NULL)`',
    "orderby": 'Columns to sort by, such as `"column" DESC, "other"`',
    "query": "Words that must all stand in the texts of a row, in any case",
    "columns": "Columns to give, with commas between them; may be repeated",
    "split": "Split of the table; all rows where none is named",
}
"""What may be asked, with its meaning."""


@blueprint.get("/dataset/<name>/resource/<distribution>/rows.<extension>")
def rows(name: str, distribution: str, extension: str) -> Response:
    """Send the rows that are asked for."""
    form = FORMS.get(extension) or abort(404)
    asked = _asked()
    table = catalog().rows.table(current_actor(), name, distribution, asked["split"])
    wanted = table.selection(asked["where"], asked["orderby"], asked["query"], _columns(frozenset(table.named)))
    try:
        made = Response(catalog().rows.stream(table, wanted, form), content_type=form.media_type)
    except TooManyRows as error:
        raise TooManyRows(error.total, f" at {_whole(table)}") from None
    made.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}-{distribution}.{extension}', safe='')}"
    made.headers["X-Total-Count"], made.headers["X-Rows-Limit"] = str(catalog().rows.count(table, wanted)), str(MOST)
    made.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    made.headers["Access-Control-Allow-Origin"] = "*"
    made.headers["Access-Control-Expose-Headers"] = "X-Total-Count, X-Rows-Limit"
    made.headers["Cache-Control"] = "max-age=30"
    described = url_for("descriptions.table", name=name, distribution=distribution)
    made.headers["Link"] = f'<{described}>; rel="service-desc"; type="application/vnd.oai.openapi+json"'
    return made


def _whole(table: Table) -> str:
    """Return the address of the table's Parquet in the newest version, else of the page of the file."""
    try:
        version = catalog().versions.with_table(current_actor(), table.dataset, table.file.distribution)
    except NotFound:
        return base_url() + url_for("file.show", name=table.dataset, distribution=table.file.distribution)
    return base_url() + made_path(version, table.file.distribution, PARQUET)


def _asked() -> Mapping[str, str]:
    """Return the parameters by name; raises Invalid for those that mean nothing here."""
    unknown = [name for name in request.args if name not in PARAMETERS]
    if unknown:
        message = f"There is no parameter {unknown[0][:100]!r}; there are: {', '.join(PARAMETERS)}."
        raise Invalid(message, [Problem("bad-parameter", f"/{unknown[0][:100]}", message)])
    return {name: request.args.get(name, "") for name in PARAMETERS}


def _columns(known: frozenset[str]) -> tuple[str, ...]:
    """Return the columns named, where a name that holds a comma may stand alone."""
    given = request.args.getlist("columns")
    parts = (part for value in given for part in ((value,) if value in known else value.split(",")))
    return tuple(part if part in known else part.strip() for part in parts if part.strip())
