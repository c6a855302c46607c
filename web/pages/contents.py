"""What a file holds beside its table, as its page shows it: a drawing of shapes, a tree, entries and pictures of an archive."""

import json
from collections.abc import Mapping
from typing import Any

from catalog.errors import CatalogError
from catalog.records import CONTENTS, VersionFile
from web.catalog import catalog, current_actor

MOST = 2**20
"""Bytes of contents that a page reads."""


def contents(dataset: str, number: int, held: VersionFile) -> Mapping[str, Any] | None:
    """Return the contents of a file of a version by the contract of `catalog.tables.contents`, None where none were made."""
    made = next((one for one in held.derived if one.name == CONTENTS and one.byte_size <= MOST), None)
    if made is None:
        return None
    try:
        opened = catalog().versions.open_made(current_actor(), dataset, number, held.distribution, CONTENTS)
    except CatalogError:
        return None
    found: Mapping[str, Any] = json.loads(b"".join(opened.stream(0, None)))
    return found

