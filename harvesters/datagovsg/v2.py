"""The lists of the v2 API of data.gov.sg: datasets with their metadata, and collections."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from harvesters.base import Checkpoint, Fetching, HarvestRecord
from harvesters.datagovsg.answers import IDENTIFIER, Patience, Refused, data_of
from schemas.problems import Problem, Severity
from schemas.profiles.reading import words

MAX_PAGES = 5000
"""Pages of one list (462 pages of datasets were reported in 2026)."""

_API = "v2/public/api"
_KEPT = ("collectionId", "name", "description", "frequency", "sources")
"""What of a collection belongs to its datasets; its own stamps would mark all of them as changed."""


def datasets(fetching: Fetching, done: int) -> Iterator[HarvestRecord | Checkpoint | Problem]:
    """Yield the datasets of the v2 API after page `done`."""
    groups, listing, patience = Listing(fetching, "collections"), Listing(fetching, "datasets", first=done + 1), Patience()
    collections = {words(entry["collectionId"]): entry for entries in groups for entry in entries}
    yield from groups.problems()
    for entries in listing:
        for entry in entries:
            identifier = words(entry["datasetId"])
            yield patience.described(identifier, {"dataset": dict(entry)}, partial(_metadata, fetching, identifier, collections))
        yield from listing.problems()
        yield Checkpoint(str(listing.page), listing.total)
    if not done:
        yield from listing.gap()


def _metadata(fetching: Fetching, identifier: str, collections: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    metadata = dict(data_of(fetching, f"{fetching.source.url.rstrip('/')}/{_API}/datasets/{identifier}/metadata"))
    found = [{key: entry[key] for key in _KEPT if key in entry} for entry in _of(identifier, metadata, collections)]
    return {"metadata": metadata, "collections": found}


def _of(
    identifier: str, metadata: Mapping[str, Any], collections: Mapping[str, Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    named = metadata.get("collectionIds")
    keys = {words(key) for key in named} if isinstance(named, list) else set()
    for key, collection in collections.items():
        children = collection.get("childDatasets")
        if key in keys or (isinstance(children, list) and identifier in children):
            yield collection


@dataclass(slots=True)
class Listing:
    """The pages of one list, each entry once; `page` is the last one read, `total` what the portal declares."""

    fetching: Fetching
    what: str
    first: int = 1
    page: int = 0
    total: int | None = None
    seen: set[str] = field(default_factory=set)
    found: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[list[Mapping[str, Any]]]:
        url = f"{self.fetching.source.url.rstrip('/')}/{_API}/{self.what}"
        for page in range(self.first, MAX_PAGES + 1):
            data, self.page = data_of(self.fetching, url, page=page), page
            entries, pages = data.get(self.what), data.get("pages")
            self.total = total if isinstance(total := data.get("totalRowCount"), int) else self.total
            if not isinstance(entries, list):
                raise Refused(f"Page {page} holds no list of {self.what}.")
            before = len(self.seen)
            yield [entry for entry in entries if self._new(entry)]
            if not entries or (isinstance(pages, int) and page >= pages):
                return
            if len(self.seen) == before:
                raise Refused(f"Page {page} of the {self.what} repeats the pages before it.")
        raise Refused(f"There are more than {MAX_PAGES} pages of {self.what}.")

    def _new(self, entry: Any) -> bool:
        identifier = words(entry.get(f"{self.what.removesuffix('s')}Id")) if isinstance(entry, Mapping) else ""
        if not IDENTIFIER.fullmatch(identifier):
            self._warn("no-identifier", f"Page {self.page} of the {self.what} has an entry without usable id; it was left out.")
        elif identifier in self.seen:
            self._warn("repeated-identifier", f"{identifier} is listed twice; the first entry was taken.")
        else:
            self.seen.add(identifier)
            return True
        return False

    def _warn(self, code: str, message: str) -> None:
        self.found.append(Problem(code, "", message, Severity.WARNING))

    def problems(self) -> list[Problem]:
        """Return what was met since the last call."""
        met, self.found = self.found, []
        return met

    def gap(self) -> Iterator[Problem]:
        """Tell where the portal declares more than it lists."""
        if self.total is not None and self.total > len(self.seen):
            message = f"The portal declares {self.total:,} datasets and lists {len(self.seen):,}; it hides some from its list."
            yield Problem("fewer-than-declared", "", message, Severity.WARNING)
