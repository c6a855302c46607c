"""Signed links: `/link/<signed>/<name of the file>` gives a file for a few minutes without a session or a token."""

from flask import Blueprint, Response

from web.catalog import catalog
from web.machines.downloads import sent
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("links", __name__), Lets.BYTES, Lets.OWN)


@blueprint.get("/link/<signed>/<path:filename>")
def file(signed: str, filename: str) -> Response:
    """Send the file of a link."""
    return sent(catalog().links.open(signed[:2000]))
