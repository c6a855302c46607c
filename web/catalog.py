"""The only way from a view to the catalogue: `catalog()` and `current_actor()`."""

from typing import TYPE_CHECKING, cast

from flask import current_app, g

from catalog.access.base import VISITOR, Actor

if TYPE_CHECKING:
    from catalog.bootstrap import Catalog


def catalog() -> "Catalog":
    """Return the catalogue that the site was made with."""
    return cast("Catalog", current_app.extensions["qoima-catalog"])


def current_actor() -> Actor:
    """Return who asks, as `web.identity` found out."""
    return cast(Actor, g.get("actor", VISITOR))
