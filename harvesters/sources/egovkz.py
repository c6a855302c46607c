"""data.egov.kz (Kazakhstan): the list of datasets, their passports, and what agencies host behind `/proxy/`.

List, count, `/meta`, `/api/v4` and `/proxy` follow the documented shape, not a recorded answer; recorded are five passports with
rows as `/proxy/` gave them, one failed proxy answer, and a crawl of the portal's pages.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from harvesters.base import Checkpoint, Fetching, HarvestRecord, Option
from harvesters.http.errors import FetchError
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.identifiers import short_hash
from schemas.problems import Problem, Severity

PER_PAGE = 10
"""The portal gives no more, whatever one asks for."""
MAX_PAGES = 10_000

_XHR = {"X-Requested-With": "XMLHttpRequest"}
_LISTS = ("datasets", "content", "items", "data")
_TOTALS = ("totalCount", "count", "total")
_ABSENT = (403, 404, 410)


class EgovKz:
    """One record per dataset of the list: its entry, its passport, and facts about rows that came with it."""

    name = "egovkz"
    title = "data.egov.kz (Kazakhstan)"
    incremental = False
    options: tuple[Option, ...] = (
        Option(name="rows", title="Most rows of a copied table", default="10000"),
    )

    def records(self, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
        """Yield the datasets page by page; the token is the number of the next page."""
        total = _total(fetching)
        seen: set[str] = set()
        pages: set[str] = set()
        start = int(fetching.resume) if fetching.resume.isdecimal() else 1
        for page in range(start, start + MAX_PAGES):
            entries = _page(fetching, page)
            if isinstance(entries, Problem):
                yield entries
                return
            if not entries or not _is_new(entries, pages):
                yield from _loop(bool(entries), page, total, len(seen), start)
                return
            for entry in entries:
                yield _delivered(fetching, entry, seen)
            yield Checkpoint(str(page + 1), total)
        yield Problem("endless-pager", "", f"The list has more than {MAX_PAGES} pages; the rest was not read.")

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        """Return the address of the rows with the key, which stands in no stored address."""
        url = distribution.access_url
        if "/proxy/" in url:
            asked: dict[str, str] = {}
        elif "/api/v4/" in url:
            rows = fetching.option("rows", "10000")
            asked = {"source": json.dumps({"from": 0, "size": int(rows) if rows.isdecimal() else 10_000})}
        else:
            return ""
        key = fetching.secrets.get("key", "")
        query = urlencode({**({"apiKey": key} if key else {}), **asked})
        return f"{url}?{query}" if query else url


def _base(fetching: Fetching) -> str:
    return fetching.source.url.rstrip("/")


def _key(fetching: Fetching) -> dict[str, str]:
    key = fetching.secrets.get("key", "")
    return {"apiKey": key} if key else {}


def _total(fetching: Fetching) -> int | None:
    """Return the number that the portal counts, a hint only."""
    try:
        answer = fetching.http.get_json(
            f"{_base(fetching)}/datasets/getdatasetsrecount", params={"status": "PUBLISHED"}, headers=_XHR
        )
    except FetchError:
        return None
    if isinstance(answer, Mapping):
        answer = next((answer[name] for name in _TOTALS if name in answer), None)
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None


def _page(fetching: Fetching, page: int) -> list[Any] | Problem:
    params = {"page": page, "count": PER_PAGE, "text": "", "status": "PUBLISHED"}
    answer = fetching.http.get_json(f"{_base(fetching)}/datasets/getdatasetsre", params=params, headers=_XHR)
    if isinstance(answer, Mapping):
        answer = next((answer[name] for name in _LISTS if isinstance(answer.get(name), list)), None)
    if isinstance(answer, list):
        return answer
    return Problem("unexpected-answer", "", f"Page {page} of the list holds no datasets; check the source's address.")


def _is_new(entries: list[Any], pages: set[str]) -> bool:
    page = short_hash(json.dumps(entries, sort_keys=True), length=16)
    if page in pages:
        return False
    pages.add(page)
    return True


def _loop(repeats: bool, page: int, total: int | None, seen: int, start: int) -> Iterator[Problem]:
    """Say what is odd about the end of the list: a page again where more was promised, or fewer records than counted."""
    if repeats and (total is None or seen < total):
        yield Problem("endless-pager", "", f"Page {page} of the list repeats an earlier one; what follows was not read.")
    elif total is not None and start == 1 and seen < total:
        message = f"The portal counts {total} datasets and lists {seen} different ones."
        yield Problem("fewer-than-counted", "", message, Severity.WARNING)


def _delivered(fetching: Fetching, entry: Any, seen: set[str]) -> HarvestRecord | Problem:
    uri = entry.get("apiUri") if isinstance(entry, Mapping) else None
    if not isinstance(uri, str) or not uri.strip():
        return Problem("no-identifier", "", "The list holds an entry without `apiUri`; it was left out.", Severity.WARNING)
    if uri in seen:
        message = f"The list gives {uri} again; the first entry was taken."
        return Problem("repeated-identifier", "", message, Severity.WARNING)
    seen.add(uri)
    modified = str(entry.get("modifiedDate") or "")
    return HarvestRecord(identifier=uri, body=_body(fetching, entry, uri), profile="egovkz", modified=modified)


def _body(fetching: Fetching, entry: Mapping[str, Any], uri: str) -> dict[str, Any]:
    body: dict[str, Any] = {"entry": dict(entry), "version": _version(entry)}
    try:
        passport = _get(fetching, f"/meta/{quote(uri, safe='')}/{body['version']}", {})
        if passport is None or _is_url(passport.get("apiUri")) or _is_url(uri):
            hosted = _hosted(fetching, uri, passport, body)
            passport = passport or hosted
        body["passport"] = passport or {}
    except FetchError as error:
        body["failure"] = str(error)
    return body


def _version(entry: Mapping[str, Any]) -> str:
    given = str(entry.get("version") or "1").strip()
    return f"v{given}" if given.isdecimal() else given


def _is_url(words: Any) -> bool:
    return isinstance(words, str) and words.startswith(("http://", "https://"))


def _hosted(
    fetching: Fetching, uri: str, passport: Mapping[str, Any] | None, body: dict[str, Any]
) -> Mapping[str, Any] | None:
    """Ask the agency through the proxy: it answers `{meta, data}`. Its failure is noted where the passport is known anyway."""
    try:
        answer = _get(fetching, f"/proxy/{quote(uri, safe='')}", _key(fetching))
    except FetchError as error:
        if passport is None:
            raise
        body["no_data"] = str(error)
        answer = None
    if answer is None or not isinstance(answer.get("meta"), Mapping):
        body["hosted"] = passport is not None
        return None
    body["hosted"] = True
    body["data"] = _facts(answer["data"]) if "data" in answer else {}
    return dict(answer["meta"])


def _get(fetching: Fetching, path: str, params: Mapping[str, str]) -> Mapping[str, Any] | None:
    """Return an object, None where there is none; a failure inside a good status is a failure (Spring's error body)."""
    try:
        answer = fetching.http.get_json(_base(fetching) + path, params=params)
    except FetchError as error:
        if error.status in _ABSENT:
            return None
        raise
    if not isinstance(answer, Mapping):
        raise FetchError("unexpected-answer", f"{path} is no JSON object.")
    if isinstance(answer.get("status"), int) and answer["status"] >= 400:
        raise FetchError("status", f"{path} answers {answer['status']} {answer.get('error') or ''}.".replace(" .", "."))
    return answer


def _facts(data: Any) -> dict[str, Any]:
    """Return the number of rows, and the columns in order with the kinds of JSON values met in each."""
    rows = [row for row in data if isinstance(row, Mapping)] if isinstance(data, list) else []
    columns: dict[str, set[str]] = {}
    for row in rows:
        for name, value in row.items():
            columns.setdefault(str(name), set()).add(_kind(value))
    return {"rows": len(rows), "columns": {name: sorted(kinds - {""}) for name, kinds in columns.items()}}


def _kind(value: Any) -> str:
    """Return the Table Schema type of a JSON value; digits in a text stay a text, for the codes that lead with zeros."""
    kinds = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"))
    return "" if value is None else next((name for kind, name in kinds if isinstance(value, kind)), "any")


SOURCE = EgovKz()
