"""Tells new, changed and unchanged records apart by the hash of what the source said."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from catalog.harvests.records import HarvestedRecord
from harvesters.base import HarvestRecord
from schemas.forms import canonical

READER_VERSION = "1"
"""Part of every hash: raising it makes all records count as changed, so that a better reader reads them again."""


class Standing(StrEnum):
    """How a record compares with what is remembered of it."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Compared:
    """A record with its hash and standing."""

    record: HarvestRecord
    raw_hash: str
    standing: Standing
    known: HarvestedRecord | None


def compare(record: HarvestRecord, known: Mapping[str, HarvestedRecord]) -> Compared:
    """Compare a record with what is remembered of its source."""
    raw_hash = canonical([READER_VERSION, record.profile, _content(record.body)])[1]
    old = known.get(record.identifier)
    standing = Standing.NEW if old is None else Standing.UNCHANGED if old.raw_hash == raw_hash else Standing.CHANGED
    return Compared(record, raw_hash, standing, old)


def _content(body: Any) -> Any:
    """Leave out what changes with every answer and says nothing of the data (CKAN's own counters)."""
    return {k: v for k, v in body.items() if k not in _VOLATILE} if isinstance(body, Mapping) else body


_VOLATILE = frozenset({"tracking_summary", "cache_last_updated", "num_views"})
