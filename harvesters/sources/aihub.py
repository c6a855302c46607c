"""AI Hub (Korea): the list of datasets, the file tree of each, its page, and a catalogue with details where one is named.

List and pages follow the documented shape, not a recorded answer; recorded are one tree, one answer to an unknown key, and
a catalogue with details that others put together. Both text addresses may answer 502 with a correct body.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from harvesters.base import Checkpoint, Fetching, HarvestRecord, Option
from harvesters.http.errors import FetchError
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem, Severity

PAGE = 25
"""Records between two checkpoints."""

_ENTRY = re.compile(r"\s*(\d{1,12})\s*,\s*(.*\S)\s*")
_WRONG_BUT_RIGHT = (502,)
_ON = ("yes", "true", "1")


class AIHub:
    """One record per dataset key; its files are for approved residents, so no bytes are ever fetched."""

    name = "aihub"
    title = "AI Hub (Korea)"
    incremental = False
    options: tuple[Option, ...] = (
        Option(name="site", title="Address of the dataset pages", default="https://www.aihub.or.kr"),
        Option(name="pages", title="Read the dataset pages too (yes or no)", default="yes"),
        Option(name="catalogue", title="Address of a JSON list with details by id"),
    )

    def records(self, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
        """Yield the datasets in the order of the list; the token is the last key delivered."""
        text = fetching.http.get_text(_url(fetching, "/info/dataset.do"), accept_status=_WRONG_BUT_RIGHT)
        entries, problems = _entries(text)
        yield from problems
        details: dict[str, Any] = {}
        for item in _details(fetching):
            if isinstance(item, Problem):
                yield item
            else:
                details[str(item["id"])] = item
        keys = list(entries)
        start = keys.index(fetching.resume) + 1 if fetching.resume in entries else 0
        for number, key in enumerate(keys[start:], start + 1):
            yield _record(fetching, key, entries[key], details.get(key))
            if number % PAGE == 0:
                yield Checkpoint(key, len(keys))

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        """Return nothing: a download needs an approval in the name of a resident."""
        return ""


def _url(fetching: Fetching, path: str) -> str:
    return fetching.source.url.rstrip("/") + path


def _entries(text: str) -> tuple[dict[str, str], list[Problem]]:
    """Return the titles by key, and what is wrong with the list."""
    entries: dict[str, str] = {}
    problems = []
    for match in filter(None, map(_ENTRY.fullmatch, text.splitlines())):
        if match[1] in entries:
            message = f"The list gives the key {match[1]} twice; the first entry was taken."
            problems.append(Problem("repeated-identifier", "", message, Severity.WARNING))
        entries.setdefault(match[1], match[2])
    if not entries:
        message = "The list of AI Hub holds no `key, title` line; check the source's address."
        problems.append(Problem("unexpected-answer", "", message))
    return entries, problems


def _details(fetching: Fetching) -> Iterator[Mapping[str, Any] | Problem]:
    address = fetching.option("catalogue")
    if not address:
        return
    try:
        listed = fetching.http.get_json(urljoin(_url(fetching, "/"), address))
    except FetchError as error:
        yield Problem(error.code, "", f"The catalogue with details was not read: {error}")
        return
    if not isinstance(listed, list):
        yield Problem("unexpected-answer", "", "The catalogue with details is no list; correct the option `catalogue`.")
        return
    yield from (item for item in listed if isinstance(item, Mapping) and "id" in item)


def _record(fetching: Fetching, key: str, title: str, details: Mapping[str, Any] | None) -> HarvestRecord:
    site = fetching.option("site", AIHub.options[0].default).rstrip("/")
    body: dict[str, Any] = {"key": key, "title": title, "catalogue": details or {}}
    body["landing_page"] = f"{site}/aihubdata/data/view.do?dataSetSn={key}"
    try:
        body["tree"] = fetching.http.get_text(_url(fetching, f"/info/{key}.do"), accept_status=_WRONG_BUT_RIGHT)
        body["page"] = _page(fetching, body["landing_page"])
    except FetchError as error:
        body["failure"] = str(error)
    return HarvestRecord(identifier=key, body=body, profile="aihub", modified=str(body["catalogue"].get("updated") or ""))


def _page(fetching: Fetching, address: str) -> str:
    """Return the page's HTML, empty where there is none; other failures are the record's, lest it lose what it had."""
    if fetching.option("pages", "yes").casefold() not in _ON:
        return ""
    try:
        return fetching.http.get_text(address)
    except FetchError as error:
        if error.status in (404, 410):
            return ""
        raise


SOURCE = AIHub()
