"""What a kind of source is: it fetches and yields raw records; it knows no database, no retries and no log."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from catalog.harvests.records import HarvestSource
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.plugins import discover
from schemas.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestRecord:
    """One raw item. `identifier` is stable in its source; `body` (JSON values) is what the reader `profile` reads.

    `modified` is the source's own stamp, compared as text only.
    """

    identifier: str
    body: Any
    profile: str
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Said after each page: everything before is delivered, and `token` lets `records` go on from here.

    `total` is the number of records that the source declares, if it does: a hint for the progress bar, no truth.
    """

    token: str
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One setting of a source kind, for the form and for `qoima source add --option name=value`."""

    name: str
    title: str
    default: str = ""
    secret: bool = False


class Http(Protocol):
    """The guarded client as sources see it; every method raises `harvesters.http.FetchError` with a whole sentence.

    `get_json` and `get_text` read a bounded body; `params` become the query string; `base` of a source is `source.url`.
    """

    def get_json(self, url: str, *, params: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None) -> Any: ...

    def get_text(self, url: str, *, params: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None,
                 accept_status: tuple[int, ...] = ()) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """What a source gets for one run: its settings, the client, where to go on (`resume`) and what is already known."""

    source: HarvestSource
    http: Http
    resume: str = ""
    since: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)

    def option(self, name: str, default: str = "") -> str:
        """Return an option of the source as text."""
        return str(self.source.options.get(name, default))


class SourceKind(Protocol):
    """A kind of source. `records` yields records, a Checkpoint after each page, and Problems with the source itself.

    A Problem of severity error means that the listing is not complete, so nothing counts as vanished.
    `incremental` tells that `since` (the greatest `modified` of the last complete run) narrows the listing.
    """

    name: str
    title: str
    options: tuple[Option, ...]
    incremental: bool

    def records(self, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]: ...

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        """Return the address to fetch the bytes from now (a presigned link, say), empty when they are not to be had."""
        ...


@lru_cache
def source_kinds() -> dict[str, SourceKind]:
    """Return the kinds of source by name."""
    from harvesters import sources

    return discover(sources, "SOURCE")
