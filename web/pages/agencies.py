"""Agencies: the list, and one agency with its newest datasets."""

from flask import Blueprint, render_template, request

from web.catalog import catalog, current_actor
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("agencies", __name__), Lets.METADATA)
SIZE = 50
NEWEST = 20


@blueprint.get("/organization/")
def index() -> str:
    """Show agencies by name, a page at a time."""
    found = catalog().reading.agencies(request.args.get("after", "")[:200], SIZE + 1)
    shown = found[:SIZE]
    after = shown[-1][0].name if len(found) > SIZE else ""
    return render_template("agencies.html", agencies=shown, after=after, total=catalog().reading.counts().agencies)


@blueprint.get("/organization/<name>")
def show(name: str) -> str:
    """Show an agency."""
    agency = catalog().reading.agency(name)
    newest = catalog().reading.newest(current_actor(), NEWEST, name)
    return render_template("agency.html", agency=agency, newest=newest, size=NEWEST)
