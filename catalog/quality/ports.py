"""What the audit asks of the database; the adapter is in `catalog/adapters/sql`."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from catalog.quality.evidence import LinkFacts
from catalog.quality.links import Link, LinkCheck
from catalog.quality.records import Audit, Confirmed, Stamp, Standing, Step


class Quality(Protocol):
    """Audits of datasets, what they were made from, and the links that they look after."""

    def stamps(self, basis: str, *, names: Sequence[str]) -> list[Stamp]:
        """Return how the inputs of datasets look under the rules `basis`, now and when they were last audited."""
        ...

    def stamped(self, basis: str, *, after: int, limit: int, source: str | None = None) -> tuple[list[Stamp], int]:
        """Return the stamps of published datasets (of a source) after number `after`, and the number to go on from."""
        ...

    def latest(self, names: Sequence[str]) -> dict[str, Audit]: ...
    def history(self, name: str, *, limit: int = 100) -> list[Audit]:
        """Return the audits of a dataset, newest first."""
        ...

    def page(self, *, after: int = 0, names: Sequence[str] | None = None, limit: int = 100) -> list[Audit]:
        """Return audits (of some datasets) in the order they were made, after number `after`."""
        ...

    def mark(self) -> tuple[int, ...]:
        """Return what is another one after every new audit and every change of a dataset."""
        ...

    def standings(self, labels: frozenset[str], agency: str = "") -> list[Standing]:
        """Return how published datasets (of an agency) that carry one of the labels stand."""
        ...

    def steps(self, labels: frozenset[str], agency: str = "") -> list[Step]:
        """Return every change of their scores, oldest first."""
        ...

    def add(self, audit: Audit, stamp: str) -> bool:
        """Add an audit; tells whether the band of the dataset changed."""
        ...

    def confirm(self, held: Sequence[Confirmed]) -> None:
        """Say that audits still hold."""
        ...

    def watch(self, wanted: Mapping[str, set[str]], now: str) -> None:
        """Say which addresses of datasets link checks look after; new ones are due at once."""
        ...

    def links_of(self, names: Sequence[str]) -> dict[str, dict[str, LinkFacts]]:
        """Return what is known of the addresses of datasets, by dataset and address."""
        ...

    def due_links(self, now: str, limit: int) -> list[Link]:
        """Return links that are due, longest first; so is one whose date lies further ahead than any delay."""
        ...

    def save_link(self, link: Link, check: LinkCheck) -> None: ...
    def postpone(self, host: str, until: str) -> None:
        """Let every link of a host wait until then."""
        ...

    def users(self, key: str) -> list[str]:
        """Return the datasets that use a link."""
        ...

    def unfixed(self, before: str, limit: int) -> list[str]:
        """Return stored bytes that came in or were hashed before a moment, longest ago first, by SHA-256."""
        ...

    def put_fixity(self, sha256: str, state: str, at: str) -> None: ...
    def holders(self, sha256: str) -> list[str]:
        """Return the datasets with a file of these bytes."""
        ...

    def fixity(self, hashes: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Return how stored bytes were found last, with the time, by SHA-256."""
        ...
