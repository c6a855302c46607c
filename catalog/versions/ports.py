"""What versions ask of the database; the adapter is in `catalog/adapters/sql`."""

from collections.abc import Sequence
from typing import Protocol

from catalog.records import Version


class Versions(Protocol):
    """Immutable versions of datasets' files."""

    def of(self, dataset: str, *, before: int = 0, limit: int = 100) -> list[Version]:
        """Return versions of a dataset, newest first, from the one before number `before` on (0: from the newest)."""
        ...

    def get(self, dataset: str, number: int) -> Version | None: ...
    def latest(self, datasets: Sequence[str]) -> dict[str, Version]: ...
    def put(self, version: Version) -> None:
        """Add a version; of one that is there already only `croissant` may change."""
        ...

    def add(self, version: Version) -> bool:
        """Add a version unless its number is taken, also by somebody at the same moment; tells whether it was added."""
        ...

    def due(self, source: str, after: str, limit: int) -> list[str]:
        """Return datasets of a source, by name after `after`, that have changed since their newest version, or have
        bytes and no version, and of whose files none waits. A dataset may be among them that did not change.
        """
        ...

    def untried(self, after: str, limit: int, source: str = "") -> list[Version]:
        """Return the newest versions, of datasets (of a source) by name after `after`, that were not tried out as Croissant or
        did not load.
        """
        ...
