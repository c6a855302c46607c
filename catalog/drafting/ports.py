"""What drafts ask of the database; the adapter is in `catalog/adapters/sql`."""

from collections.abc import Iterable
from typing import Protocol

from catalog.records import Draft, DraftState


class Drafts(Protocol):
    """What agencies prepare."""

    def get(self, id: str) -> Draft | None: ...
    def of_dataset(self, name: str, agency: str = "") -> Draft | None:
        """Return the draft that was begun from a published dataset; with an `agency`, its draft of that name, new or not."""
        ...

    def add(self, draft: Draft) -> None: ...
    def change(self, draft: Draft, revision: int) -> bool:
        """Replace the draft unless its revision is another than `revision` by now; tells whether it was replaced."""
        ...

    def remove(self, id: str) -> None: ...
    def page(
        self, agencies: Iterable[str], *, state: DraftState | None = None, before: str = "", limit: int = 100
    ) -> list[Draft]:
        """Return drafts of agencies, last changed first."""
        ...

    def due(self, now: str, limit: int = 100) -> list[Draft]: ...
