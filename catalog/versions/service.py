"""Numbers the states of datasets' files."""

from catalog.clock import Clock
from catalog.ports import Store
from catalog.records import Version
from catalog.versions.cutting import Cutting


class Versioning:
    """Cuts versions and reads them."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._cutting = Cutting(store, clock)

    def cut(self, dataset: str) -> Version | None:
        """Write the next version of a dataset; None while a file waits for its check, and where nothing changed."""
        return self._cutting.cut(dataset)

    def cut_waiting(self, source: str) -> int:
        """Write the next version of every dataset of a source whose files changed; returns how many were written."""
        return self._cutting.cut_waiting(source)
