"""Access on request: the form of a dataset, one's own requests and grants, and the inbox of an agency."""

from flask import Blueprint

from schemas.texts import Text
from web.catalog import catalog
from web.surfaces import Lets, declared

blueprint = declared(Blueprint("requests", __name__), Lets.OWN, changes="own")


def title_of(name: str) -> Text:
    """Return the title of a dataset, also of one that is not public any more: only those who had to do with it are told."""
    with catalog().store.read() as work:
        record = work.datasets.get(name)
    return record.dataset.title if record else {"und": name}


from web.pages.requests import asking, inbox, outgoing  # noqa: E402, F401 - they add their views
