"""DCAT-US: the `data.json` of an agency, the whole catalogue in one answer; accepted by its shape, whatever the host."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from harvesters.base import Checkpoint, Fetching, HarvestRecord, Option
from harvesters.http import FetchError
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.forms import canonical
from schemas.problems import Problem, Severity

_NESTED = ("catalog", "datasetSeries", "service", "record")
"""Lists of DCAT-US 3.0 that may hold more datasets."""


class DcatUsSource:
    """One record per entry of the list `dataset`; `source.url` is the host, or the address of the file itself."""

    name = "dcat_us"
    title = "DCAT-US catalogue (data.json)"
    incremental = False
    options: tuple[Option, ...] = ()

    def records(self, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
        """Yield every dataset of the catalogue; there are no pages, so an interrupted run reads it anew."""
        answer = fetching.http.get_json(address(fetching.source.url))
        entries = answer.get("dataset") if isinstance(answer, Mapping) else answer
        if not isinstance(entries, list):
            raise FetchError("not-data-json", "The answer has no list `dataset`; give the address of a data.json file.")
        yield from (_unread(key) for key in _NESTED if isinstance(answer, Mapping) and answer.get(key))
        yield from _records(entries)
        yield Checkpoint("", len(entries))

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        """Return the link of a file."""
        return distribution.download_url


def address(url: str) -> str:
    """Return the address of the catalogue: the one given where it names a JSON file, else `/data.json` below it."""
    return url if url.partition("?")[0].endswith(".json") else f"{url.rstrip('/')}/data.json"


def identifier(entry: Any) -> str:
    """Return what tells an entry from others: its identifier, else the SHA-1 of title and landing page, else of all it says."""
    given = entry.get("identifier") if isinstance(entry, Mapping) else None
    if isinstance(given, Mapping):
        given = given.get("@id") or given.get("identifier") or given.get("notation") or given.get("@value")
    if isinstance(given, str | int) and str(given).strip():
        return str(given).strip()
    named = [entry.get(key) for key in ("title", "landingPage")] if isinstance(entry, Mapping) else []
    text, _ = canonical(named if any(named) else entry)
    return hashlib.sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def _records(entries: list[Any]) -> Iterator[HarvestRecord | Problem]:
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        key = identifier(entry)
        if key in seen:
            message = f"The identifier {key[:200]} stands twice in the catalogue; only its first dataset is taken."
            yield Problem("repeated-identifier", f"/dataset/{index}/identifier", message, Severity.WARNING)
            continue
        seen.add(key)
        modified = entry.get("modified") if isinstance(entry, Mapping) else ""
        yield HarvestRecord(identifier=key, body=entry, profile="dcat_us", modified=str(modified or ""))


def _unread(key: str) -> Problem:
    message = f"The catalogue has a list `{key}` (DCAT-US 3.0), which is not read; only the datasets in `dataset` are."
    return Problem("not-read", f"/{key}", message, Severity.WARNING)


SOURCE = DcatUsSource()
