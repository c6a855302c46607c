"""Looks whether addresses still answer: due ones only, hosts side by side but each by itself, politely; it always ends."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from catalog.bootstrap import Catalog
from catalog.clock import stamp
from catalog.quality.links import Link, LinkCheck, after
from catalog.quality.waking import wake
from harvesters.http import FetchError, HttpClient, Limits
from harvesters.http.client import Looked
from schemas.dates import utc

PARALLEL, BATCH = 16, 2000
PER_HOST, WINDOW = 180, timedelta(seconds=360)
"""So many checks of a host, then the rest of its links wait so long."""
SILENT, SILENCE = 3, timedelta(hours=1)
"""After so many time-outs in a row a host is left alone so long."""
THROTTLED = timedelta(seconds=86_400)
LIMITS = Limits(connect=5, idle=5, total=10, retries=0, redirects=5)
_DATA = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".ods", ".json", ".geojson", ".zip", ".parquet", ".xml"})
_KINDS = {
    "too-slow": "timeout", "tls": "tls", "connection": "broken", "cut-off": "error", "blocked-address": "refused",
    "bad-address": "refused", "redirect-refused": "refused",
}  # fmt: skip
_PAGE = 4096
Progress = Callable[[int, int | None], None]


@dataclass(slots=True)
class LinkCounts:
    """What a run did; `postponed` links wait for their host."""

    checked: int = 0
    ok: int = 0
    failed: int = 0
    postponed: int = 0


def check_links(
    catalog: Catalog, progress: Progress = lambda done, total: None, *, limits: Limits = LIMITS, most: int = 50_000
) -> LinkCounts:
    """Check the links that are due; each result is saved at once, so a killed run goes on where it stopped."""
    counts, spent = LinkCounts(), defaultdict[str, int](int)
    while counts.checked < most:
        with catalog.store.read() as work:
            due = work.quality.due_links(stamp(catalog.clock), BATCH)
        if not due:
            break
        by_host: dict[str, list[Link]] = defaultdict(list)
        for link in due:
            by_host[link.host].append(link)
        with _client(catalog, by_host, limits) as http, ThreadPoolExecutor(PARALLEL) as pool:
            jobs = [pool.submit(_host, catalog, http, host, links, spent) for host, links in by_host.items()]
            for job in jobs:
                _add(counts, job.result())
                progress(counts.checked + counts.postponed, None)
    return counts


def _client(catalog: Catalog, hosts: Iterable[str], limits: Limits) -> HttpClient:
    settings = catalog.settings
    return HttpClient(
        allow=settings.harvest_allow, ports=[host for host in hosts if ":" in host], limits=limits,
        user_agent=f"Qoima/{version('qoima')} link check (+{settings.contact or settings.public_url})",
    )  # fmt: skip


def _host(catalog: Catalog, http: HttpClient, host: str, links: list[Link], spent: dict[str, int]) -> LinkCounts:
    """Check the links of one host one after another until they are done, or the host wants to be left alone."""
    counts, silent = LinkCounts(), 0
    for place, link in enumerate(links):
        wait = WINDOW if spent[host] >= PER_HOST else SILENCE if silent >= SILENT else None
        if wait is None:
            check = look(http, link, stamp(catalog.clock))
            spent[host] += 1
            _save(catalog, link, check)
            counts.checked += 1
            counts.ok += check.kind == "ok"
            counts.failed += check.kind != "ok"
            silent = silent + 1 if check.kind == "timeout" else 0
            wait = THROTTLED if check.kind == "throttled" else None
        if wait is not None:
            rest = len(links) - place - (1 if wait == THROTTLED else 0)
            counts.postponed += rest
            with catalog.store.write() as work:
                work.quality.postpone(host, utc(catalog.clock() + wait))
            break
    return counts


def look(http: HttpClient, link: Link, now: str) -> LinkCheck:
    """Ask for the head, and for the whole where the head says too little; never raises."""
    began, method = time.monotonic(), "HEAD"
    try:
        found = http.look(link.url, "HEAD")
        if _says_little(found):
            method = "GET"
            found = http.look(link.url, "GET")
        kind, status = _kind(link, found), found.status
    except FetchError as error:
        kind, status = _KINDS.get(error.code, "error"), error.status
        if kind in ("error", "broken", "timeout") and method == "HEAD":
            method = "GET"
            kind, status = _again(http, link)
    except Exception:  # the border of one link: whatever a host does, the others are checked
        kind, status = "error", 0
    return LinkCheck(at=now, kind=kind, status=status, method=method, milliseconds=int(1000 * (time.monotonic() - began)))


def _again(http: HttpClient, link: Link) -> tuple[str, int]:
    try:
        found = http.look(link.url, "GET")
        return _kind(link, found), found.status
    except FetchError as error:
        return _KINDS.get(error.code, "error"), error.status
    except Exception:  # as above
        return "error", 0


def _says_little(found: Looked) -> bool:
    if found.status == 429:
        return False
    page = found.media_type == "text/html" and (found.length or 0) < _PAGE
    return found.status >= 400 or page or (found.length is None and not found.last_modified)


def _kind(link: Link, found: Looked) -> str:
    if found.status < 400:
        promised = PurePosixPath(urlsplit(link.url).path).suffix.lower() in _DATA
        return "wrong-content" if promised and found.media_type == "text/html" else "ok"
    return {404: "broken", 410: "broken", 401: "forbidden", 403: "forbidden", 429: "throttled"}.get(found.status, "error")


def _save(catalog: Catalog, link: Link, check: LinkCheck) -> None:
    stands = after(link, check)
    with catalog.store.write() as work:
        work.quality.save_link(stands, check)
        if (stands.verdict, stands.kind) != (link.verdict, link.kind):
            for dataset in work.quality.users(link.key):
                wake(work, dataset, "", check.at)


def _add(counts: LinkCounts, more: LinkCounts) -> None:
    counts.checked += more.checked
    counts.ok += more.ok
    counts.failed += more.failed
    counts.postponed += more.postponed
