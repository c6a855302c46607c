"""What the board of missing data asks of the database; the adapter is in `catalog/adapters/sql`."""

from collections.abc import Sequence
from typing import Protocol

from catalog.wanted.records import Order, Sought, Wanted


class Board(Protocol):
    """Requests for data, with their votes."""

    def get(self, id: str) -> Wanted | None: ...
    def add(self, wanted: Wanted) -> None: ...
    def change(self, wanted: Wanted) -> bool:
        """Replace the revision before this one, but for its votes; tells whether it was still the newest."""
        ...

    def page(self, sought: Sought, order: Order = Order.NEWEST, *, skip: int = 0, limit: int = 20) -> list[Wanted]: ...
    def count(self, sought: Sought) -> int: ...
    def alike(self, words: Sequence[str], limit: int) -> list[Wanted]:
        """Return public requests that have one of the words in their title, those with most votes first."""
        ...

    def vote(self, id: str, account: str, at: str) -> bool:
        """Count a vote; tells whether the account had not voted for it before."""
        ...

    def unvote(self, id: str, account: str) -> bool:
        """Take a vote back; tells whether there was one."""
        ...

    def voted(self, account: str, ids: Sequence[str]) -> set[str]:
        """Return which of the requests an account has voted for."""
        ...

    def due(self, day: str) -> list[Wanted]:
        """Return public requests that wait and are due by a day, but for those that were told of since they are overdue."""
        ...

    def remind(self, id: str, day: str) -> None:
        """Keep the day of a reminder; no new revision comes of it."""
        ...

    def voters(self, id: str, limit: int) -> list[str]: ...
