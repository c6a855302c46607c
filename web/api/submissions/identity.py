"""Who publishes: somebody who is known."""

from catalog.access import Actor
from catalog.errors import Denied
from web.catalog import current_actor


def known_actor() -> Actor:
    """Return who asks; a visitor is refused before anything is read, so that nothing is learnt of what is there."""
    if current_actor().kind == "visitor":
        raise Denied("Publishing needs a token; make one on the page of your account.", "visitor")
    return current_actor()
