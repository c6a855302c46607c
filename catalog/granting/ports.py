"""What access on request asks of the database; the adapter is in `catalog/adapters/sql`."""

from collections.abc import Sequence
from typing import Protocol

from catalog.granting.records import AccessRequest, Grant, RequestState


class Requests(Protocol):
    """Requests for access."""

    def get(self, id: str) -> AccessRequest | None: ...
    def add(self, request: AccessRequest) -> None: ...
    def change(self, request: AccessRequest, before: RequestState) -> bool:
        """Replace a request unless its state is another than `before` by now; tells whether it was replaced."""
        ...

    def of_account(self, account: str, limit: int = 200) -> list[AccessRequest]: ...
    def of_agency(self, agency: str, limit: int = 200) -> list[AccessRequest]:
        """Return requests to an agency: those that wait first, by the day they are due."""
        ...

    def unconfirmed(self, behalf: str) -> list[AccessRequest]:
        """Return the requests that wait for those on whose behalf they are, the oldest first."""
        ...

    def due(self, day: str) -> list[AccessRequest]:
        """Return the requests that wait for the agency and are due by a day, the earliest first."""
        ...


class Grants(Protocol):
    """Grants, which are never removed."""

    def add(self, grant: Grant) -> None: ...
    def revoke(self, id: str, at: str, because: str) -> bool:
        """Revoke a grant; tells whether it was not revoked before."""
        ...

    def use(self, id: str) -> bool:
        """Count a use of a grant; tells whether it was neither revoked nor used up."""
        ...

    def of_account(self, account: str) -> list[Grant]: ...
    def of_request(self, request: str) -> Grant | None: ...
    def of_requests(self, requests: Sequence[str]) -> dict[str, Grant]:
        """Return the grants that requests led to, by request."""
        ...
