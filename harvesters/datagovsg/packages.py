"""The older form of data.gov.sg, until 2023: the names of all packages, and each package by its name."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from harvesters.base import Checkpoint, Fetching, HarvestRecord
from harvesters.datagovsg.answers import IDENTIFIER, Patience, Refused, result_of
from schemas.problems import Problem, Severity
from schemas.profiles.reading import words

BATCH = 100
"""Packages between two checkpoints."""


def packages(fetching: Fetching, done: int) -> Iterator[HarvestRecord | Checkpoint | Problem]:
    """Yield the packages of the older form after the first `done`."""
    names, patience = result_of(fetching, "package_list"), Patience()
    if not isinstance(names, list):
        raise Refused("The portal answered no list of packages.")
    for place, name in enumerate(names[done:], done + 1):
        if IDENTIFIER.fullmatch(words(name)):
            yield patience.described(words(name), {"dataset": {"datasetId": name}}, partial(_package, fetching, words(name)))
        else:
            message = f"Entry {place} of the list of packages is no name; it was left out."
            yield Problem("no-identifier", "", message, Severity.WARNING)
        if place % BATCH == 0 or place == len(names):
            yield Checkpoint(str(place), len(names))


def _package(fetching: Fetching, name: str) -> dict[str, Any]:
    found = result_of(fetching, "package_show", id=name)
    if not isinstance(found, Mapping):
        raise Refused("The portal answered no package.")
    return {"package": dict(found)}
