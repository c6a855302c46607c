"""The pages on which the staff of an agency works: its desk, its datasets with their histories, its harvest sources."""

from flask import Blueprint

from web.catalog import catalog
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("staff", __name__), Lets.STAFF, changes="dataset:edit")


def tools() -> dict[str, object]:
    """Return what templates call to tell a person's name."""
    return {"called": lambda id: catalog().people.named(id).get(id, id)}


from web.pages.staff import desk, managing, personal, sources  # noqa: E402, F401 - they add their views
