"""How a dataset is written: one file per standard in `standards`, one per portal's own form in `portals`."""

from functools import lru_cache

from schemas.plugins import discover
from schemas.profiles.base import Profile, Reader


@lru_cache
def profiles() -> dict[str, Profile]:
    """Return the standards that Qoima reads and writes, by name."""
    from schemas.profiles import standards

    return discover(standards, "PROFILE")


@lru_cache
def readers() -> dict[str, Reader]:
    """Return everything that turns a harvested record into a dataset document: standards and portals' own forms."""
    from schemas.profiles import portals

    return {**profiles(), **discover(portals, "READER")}
