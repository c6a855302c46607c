"""data.gov.sg (Singapore): datasets, collections and column metadata of the v2 API, files by initiate and poll.

The answers follow the documented shape, not a recorded answer; recorded are only cut excerpts of collections and metadata.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from harvesters.base import Checkpoint, Fetching, HarvestRecord, Option
from harvesters.http.errors import FetchError
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem, Severity
from schemas.profiles.reading import words

MAX_PAGES = 5000
"""Pages of one list (462 pages of datasets were reported in 2026)."""
WAITS = (1, 2, 4, 8, 8, 8, 8, 8, 8)
"""Seconds between the questions whether a file is ready; links live for an hour."""

MAX_FAILURES = 10
"""Datasets in a row whose metadata cannot be had, before the portal counts as out of order."""

_API = "v2/public/api"
_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,100}")


class DataGovSg:
    """One record per dataset: its list entry, its metadata and its collections. `source.url` is the host of the v2 API."""

    name = "datagovsg"
    title = "data.gov.sg (Singapore, v2 API)"
    incremental = False
    options = (
        Option(name="downloads", title="Address of the download API, where it is another host"),
        Option(name="rows", title="Address of the site with the rows service and the pages, where it is another host"),
    )

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep

    def records(self, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
        """Yield the datasets page by page; the token is the number of the last page that is done."""
        done = int(fetching.resume) if re.fullmatch(r"\d{1,6}", fetching.resume, re.ASCII) else 0
        listing = _Listing(fetching, "datasets", first=done + 1)
        try:
            groups = _Listing(fetching, "collections")
            collections = {words(entry["collectionId"]): entry for entries in groups for entry in entries}
            yield from groups.problems()
            for entries in listing:
                yield from _described(fetching, entries, collections)
                yield from listing.problems()
                yield Checkpoint(str(listing.page), listing.total)
            if not done:
                yield from listing.gap()
        except _Refused as refusal:
            yield Problem("refused", "", f"{refusal} The harvest ended there; check the address of the source and try again.")

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        """Ask for the file and return its presigned link, which lives for an hour; only CSV files must be asked for.

        Raises FetchError when the portal refuses, or does not have the file ready in time.
        """
        if not _IDENTIFIER.fullmatch(dataset.identifier):
            return ""
        base = fetching.option("downloads") or fetching.source.url
        root = f"{base.rstrip('/')}/v1/public/api/datasets/{dataset.identifier}"
        try:
            if distribution.format == "CSV":
                _data(fetching, f"{root}/initiate-download")
            return self._polled(fetching, f"{root}/poll-download")
        except _Refused as refusal:
            raise FetchError("refused", f"The portal does not give the file. {refusal}") from None

    def _polled(self, fetching: Fetching, url: str) -> str:
        for wait in (*WAITS, 0):
            link = _data(fetching, url).get("url")
            if isinstance(link, str) and link.startswith(("https://", "http://")):
                return link
            if wait:
                self._sleep(wait)
        raise FetchError("not-ready", f"The portal did not have the file ready after {sum(WAITS)} seconds; harvest again later.")


class _Refused(Exception):
    """An answer of the portal that is an error by its envelope, whatever its status."""


def _data(fetching: Fetching, url: str, **params: Any) -> Mapping[str, Any]:
    """Return `data` of an answer `{code, data, errorMsg}`; raises _Refused when `code` is not 0."""
    key = fetching.secrets.get("key", "")
    answer = fetching.http.get_json(url, params=params or None, headers={"x-api-key": key} if key else {})
    if not isinstance(answer, Mapping) or answer.get("code", 0) not in (0, "0"):
        said = str(answer.get("errorMsg") or answer.get("code"))[:300] if isinstance(answer, Mapping) else "no object"
        raise _Refused(f"The portal answered an error: {said.rstrip('.')}.")
    if not isinstance(data := answer.get("data"), Mapping):
        raise _Refused("The portal answered nothing under `data`.")
    return data


@dataclass(slots=True)
class _Listing:
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
            data, self.page = _data(self.fetching, url, page=page), page
            entries, pages = data.get(self.what), data.get("pages")
            self.total = total if isinstance(total := data.get("totalRowCount"), int) else self.total
            if not isinstance(entries, list):
                raise _Refused(f"Page {page} holds no list of {self.what}.")
            before = len(self.seen)
            yield [entry for entry in entries if self._new(entry)]
            if not entries or (isinstance(pages, int) and page >= pages):
                return
            if len(self.seen) == before:
                raise _Refused(f"Page {page} of the {self.what} repeats the pages before it.")
        raise _Refused(f"There are more than {MAX_PAGES} pages of {self.what}.")

    def _new(self, entry: Any) -> bool:
        identifier = words(entry.get(f"{self.what.removesuffix('s')}Id")) if isinstance(entry, Mapping) else ""
        if not _IDENTIFIER.fullmatch(identifier):
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


def _described(
    fetching: Fetching, entries: list[Mapping[str, Any]], collections: Mapping[str, Mapping[str, Any]]
) -> Iterator[HarvestRecord]:
    failures = 0
    for entry in entries:
        record = _record(fetching, entry, collections)
        yield record
        failures = failures + 1 if "error" in record.body else 0
        if failures >= MAX_FAILURES:
            raise _Refused(f"The metadata of {failures} datasets in a row cannot be had. {record.body['error']}")


_KEPT = ("collectionId", "name", "description", "frequency", "sources")
"""What of a collection belongs to its datasets; its own stamps would mark all of them as changed."""


def _record(fetching: Fetching, entry: Mapping[str, Any], collections: Mapping[str, Mapping[str, Any]]) -> HarvestRecord:
    """Return a dataset's record; with `error` where its metadata cannot be had, so that its last good version is kept."""
    identifier = words(entry["datasetId"])
    body: dict[str, Any] = {"dataset": dict(entry)}
    try:
        body["metadata"] = dict(_data(fetching, f"{fetching.source.url.rstrip('/')}/{_API}/datasets/{identifier}/metadata"))
        body["collections"] = [{key: c[key] for key in _KEPT if key in c} for c in _of(identifier, body["metadata"], collections)]
    except (_Refused, FetchError) as error:
        body["error"] = str(error)
    modified = body.get("metadata", entry).get("lastUpdatedAt") or entry.get("lastUpdatedAt")
    return HarvestRecord(identifier=identifier, body=body, profile="datagovsg", modified=str(modified or ""))


def _of(
    identifier: str, metadata: Mapping[str, Any], collections: Mapping[str, Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    named = metadata.get("collectionIds")
    keys = {words(key) for key in named} if isinstance(named, list) else set()
    for key, collection in collections.items():
        children = collection.get("childDatasets")
        if key in keys or (isinstance(children, list) and identifier in children):
            yield collection


SOURCE = DataGovSg()
