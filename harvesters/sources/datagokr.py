"""data.go.kr (Korea): the list of open APIs in its catalogue service, one dataset per `list_id`.

The envelope and the paging are the documented shape, not a recorded answer; recorded are the entries, with keys renamed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from harvesters.base import Checkpoint, Fetching, HarvestRecord, Option
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem, Severity

PER_PAGE = 1000
MAX_PAGES = 10_000
LIST = "/api/15077093/v1/open-data-list"


class DataGoKr:
    """One record per `list_id`; the list has a row per operation, so the rows of one dataset repeat its entry."""

    name = "datagokr"
    title = "data.go.kr (Korea), list of open APIs"
    incremental = False
    options: tuple[Option, ...] = (Option(name="site", title="Address of the dataset pages", default="https://www.data.go.kr"),)

    def records(self, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
        """Yield the datasets page by page; the token is the number of the next page. The portal counts operations only."""
        seen: set[str] = set()
        start = int(fetching.resume) if fetching.resume.isdecimal() else 1
        last: list[Any] = []
        for page in range(start, start + MAX_PAGES):
            rows = _page(fetching, page)
            if isinstance(rows, Problem):
                yield rows
                return
            if rows and rows == last:
                yield Problem("endless-pager", "", f"Page {page} of the list repeats the one before; what follows was not read.")
            if not rows or rows == last:
                return
            yield from _fresh(rows, seen)
            yield Checkpoint(str(page + 1))
            last = rows
        yield Problem("endless-pager", "", f"The list has more than {MAX_PAGES} pages; the rest was not read.")

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        """Return nothing: the list holds services, no files."""
        return ""


def _page(fetching: Fetching, page: int) -> list[Any] | Problem:
    key = fetching.secrets.get("key", "")
    headers = {"Authorization": f"Infuser {key}"} if key else {}
    url = fetching.source.url.rstrip("/") + LIST
    answer = fetching.http.get_json(url, params={"page": page, "perPage": PER_PAGE}, headers=headers)
    rows = answer.get("data") if isinstance(answer, Mapping) else None
    if isinstance(rows, list):
        return rows
    return Problem("unexpected-answer", "", f"Page {page} of the list holds no rows; check the source's address and key.")


def _fresh(rows: list[Any], seen: set[str]) -> Iterator[HarvestRecord | Problem]:
    for row in rows:
        identifier = str(row.get("list_id") or "").strip() if isinstance(row, Mapping) else ""
        if not identifier:
            yield Problem("no-identifier", "", "The list holds a row without `list_id`; it was left out.", Severity.WARNING)
        elif identifier not in seen:
            seen.add(identifier)
            yield HarvestRecord(identifier=identifier, body=dict(row), profile="datagokr")


SOURCE = DataGoKr()
