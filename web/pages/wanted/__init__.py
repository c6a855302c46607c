"""The board of missing data: to read, to ask and to vote, and the answers of agencies and stewards."""

from flask import Blueprint

from catalog.wanted.seeing import Seen
from schemas.agents import Agency
from web.catalog import catalog, current_actor
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("wanted", __name__, url_prefix="/wanted"), Lets.METADATA)
MOST_AGENCIES = 1000
"""Agencies that a list offers."""


def seen(id: str) -> Seen:
    """Return a request as the reader may see it."""
    return catalog().wanted.get(current_actor(), id)


def agencies() -> list[Agency]:
    """Return the agencies that a request can be addressed to."""
    return [one for one, _ in catalog().reading.agencies("", MOST_AGENCIES)]


from web.pages.wanted import answering, asking, board  # noqa: E402, F401 - they add their views
