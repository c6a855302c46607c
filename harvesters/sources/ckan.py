"""CKAN and DKAN portals by the Action API v3 (`package_search`; `package_list` and `package_show` where that fails).

A page after the first that is empty before the declared count, or that brings nothing new, ends the walk as a Problem: the
listing is then not complete. A gap that comes from repeated identifiers alone is only told.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from harvesters.base import Checkpoint, Fetching, HarvestRecord, Option
from harvesters.http import FetchError
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem, Severity

MAX_PAGES = 20_000
GROWTH = 1.5
"""A portal that gives more than this many times the records it declared at first (and `SPARE` more) has no end."""
SPARE = 1000
MAX_FAILURES = 10
"""Records in a row that cannot be fetched, before the portal counts as out of order; those it does not have do not count."""
_GONE = frozenset({403, 404, 410})
_TOO_MUCH = frozenset({"too-large", "too-slow"})


class CkanSource:
    """CKAN, DKAN and what speaks like them."""

    name = "ckan"
    title = "CKAN or DKAN portal (Action API)"
    incremental = True
    options = (
        Option(name="rows", title="Records a page", default="200"),
        Option(name="fq", title="Filter query, such as organization:water-agency"),
        Option(name="rate", title="Requests a second", default="5"),
    )

    def records(self, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
        """Yield every package of the portal."""
        try:
            yield from _Search(fetching).walk()
        except FetchError as error:
            if error.code != "status" or error.status not in (400, 404, 405, 501) or fetching.resume:
                raise
            yield from _listed(fetching)

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        """Return the link of a file."""
        return distribution.download_url


class _Search:
    """A walk over `package_search`."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._rows = max(1, min(1000, int(fetching.option("rows", "200"))))
        self._start = int(fetching.resume or 0)
        self._seen: set[str] = set()
        self._total = 0

    def walk(self) -> Iterator[HarvestRecord | Checkpoint | Problem]:
        first, repeated, declared = self._start, 0, 0
        for _ in range(MAX_PAGES):
            page = self._page()
            declared = declared or max(self._total, first)
            if self._start > declared * GROWTH + SPARE:
                yield _broken(f"The portal declared {declared} records and has no end after {self._start}; the walk was stopped.")
                return
            fresh = [item for item in page if _identifier(item) not in self._seen]
            repeated += len(page) - len(fresh)
            self._start += len(page)
            yield from map(_record, fresh)
            self._seen |= {_identifier(item) for item in page}
            if page and not fresh:
                yield _broken(f"The portal repeats its pages; {len(self._seen)} of {self._total} records came.")
                return
            if self._start >= self._total or not page:
                break
            yield Checkpoint(str(self._start), self._total)
        else:
            yield _broken(f"The portal gave more than {MAX_PAGES:,} pages; the walk was stopped.")
            return
        if self._start < self._total:
            yield _broken(f"The portal declares {self._total} records but its pages end after {self._start}.")
        elif repeated:
            message = f"{repeated} records came twice, since the portal changed while it was read."
            yield Problem("repeated-records", "", message, Severity.WARNING)
        yield Checkpoint(str(max(self._start, first)), self._total)

    def _page(self) -> list[Any]:
        """Fetch a page; one that is too heavy is asked for in halves."""
        while True:
            query = {"rows": self._rows, "start": self._start, "sort": "id asc", "fq": self._filter()}
            try:
                result = call(self._fetching, "package_search", query)
            except FetchError as error:
                if error.code not in _TOO_MUCH or self._rows <= 1:
                    raise
                self._rows //= 2
                continue
            if not isinstance(result, dict) or not isinstance(result.get("results"), list):
                raise _not_ckan("The answer of package_search has no list of results")
            self._total = _count(result)
            return list(result["results"])

    def _filter(self) -> str | None:
        since = f"metadata_modified:[{self._fetching.since} TO *]" if self._fetching.since else ""
        return " ".join(filter(None, (self._fetching.option("fq"), since))) or None


def call(fetching: Fetching, action: str, query: dict[str, Any]) -> Any:
    """Call an action and return its result; a failure is a FetchError with the portal's own words."""
    url = f"{fetching.source.url.rstrip('/')}/api/3/action/{action}"
    headers = {"Authorization": fetching.secrets["key"]} if fetching.secrets.get("key") else {}
    params = {key: value for key, value in query.items() if value is not None}
    answer = fetching.http.get_json(url, params=params, headers=headers)
    if not isinstance(answer, dict):
        raise _not_ckan(f"The answer of {action} is not an object")
    if answer.get("success") is False:
        error = answer.get("error")
        words = error.get("message") if isinstance(error, dict) else error
        raise FetchError("refused", f"The portal refused {action}: {str(words)[:300]}.")
    return answer.get("result", answer)


def _listed(fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
    names = call(fetching, "package_list", {})
    if not isinstance(names, list):
        yield _broken("The answer of package_list is no list.")
        return
    failures = 0
    for name in sorted(str(name) for name in names):
        try:
            found = call(fetching, "package_show", {"id": name})
            yield _record(found[0] if isinstance(found, list) and found else found)
            failures = 0
        except FetchError as error:
            failures += error.status not in _GONE
            if failures >= MAX_FAILURES:
                raise
            yield Problem(error.code, f"/{name}", f"The record {name} could not be fetched: {error}")
    yield Checkpoint("", len(names))


def _record(item: Any) -> HarvestRecord:
    modified = str(item.get("metadata_modified") or "") if isinstance(item, dict) else ""
    return HarvestRecord(identifier=_identifier(item), body=item, profile="ckan", modified=modified)


def _identifier(item: Any) -> str:
    return str(item.get("id") or item.get("name") or "") if isinstance(item, dict) else str(item)[:100]


def _count(result: Mapping[str, Any]) -> int:
    count = result.get("count") or 0
    if isinstance(count, str) and count.isascii() and count.isdigit():
        count = int(count[:12])
    if isinstance(count, int) and count >= 0:
        return count
    raise _not_ckan("The count of package_search is no number")


def _not_ckan(what: str) -> FetchError:
    return FetchError("not-ckan", f"{what}; check that the address of the source is that of a CKAN portal.")


def _broken(message: str) -> Problem:
    return Problem("incomplete-listing", "", message)


SOURCE = CkanSource()
