"""DMI (Denmark): the collections of its OGC API Features services and the forecast models of its STAC API.

Collections, landing pages and STAC answers follow the documented shape, not a recorded answer; recorded are one page of
metObs observations and the OpenAPI of metObs.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit, urlunsplit

from harvesters.base import Checkpoint, Fetching, HarvestRecord, Option
from harvesters.http.errors import FetchError
from schemas.dataset import Dataset
from schemas.distribution import Distribution
from schemas.problems import Problem, Severity

FORECAST = "forecastdata"
MAX_PAGES = 100
"""Pages of one collections list."""

_STABLE = ("type", "title", "roles")
"""What of a STAC asset does not change from one model run to the next."""


class Dmi:
    """One record per collection of a service and per forecast model; `source.url` is the host, without `/v2`."""

    name = "dmi"
    title = "DMI open data (OGC API Features and STAC)"
    incremental = False
    options: tuple[Option, ...] = (
        Option(name="services", title="Services, separated by commas", default="metObs,climateData,oceanObs,lightningdata"),
        Option(name="forecast", title="Harvest the forecast models too (yes or no)", default="yes"),
        Option(
            name="extract", title="Interval of the copied extracts (from/to)",
            default="2025-01-01T00:00:00Z/2025-01-01T01:00:00Z",
        ),
        Option(name="rows", title="Most features of a copied extract", default="50000"),
    )  # fmt: skip

    def records(self, fetching: Fetching) -> Iterator[HarvestRecord | Checkpoint | Problem]:
        """Yield the collections service by service; the token names the last service that is done."""
        services = [name for part in fetching.option("services", self.options[0].default).split(",") if (name := part.strip())]
        if fetching.option("forecast", "yes").casefold() in ("yes", "true", "1"):
            services.append(FORECAST)
        done = services.index(fetching.resume) + 1 if fetching.resume in services else 0
        for service in services[done:]:
            try:
                yield from _service(fetching, service)
            except FetchError as error:
                yield Problem(error.code, "", f"The service {service} was not read to its end: {error}")
            yield Checkpoint(service)

    def file_url(self, fetching: Fetching, dataset: Dataset, distribution: Distribution) -> str:
        """Return the address of an extract, with the key where one is set."""
        key = fetching.secrets.get("key", "")
        url = distribution.download_url
        return f"{url}{'&' if '?' in url else '?'}{urlencode({'api-key': key})}" if url and key else url


def _service(fetching: Fetching, service: str) -> Iterator[HarvestRecord | Problem]:
    root = _root(fetching, service)
    about = {} if service == FORECAST else _about(fetching, root)
    seen: set[str] = set()
    for collection in _collections(fetching, f"{root}/collections"):
        if isinstance(collection, Problem):
            yield collection
            continue
        identifier = str(collection["id"])
        if identifier in seen:
            yield Problem("repeated-identifier", "", f"{service} lists the collection {identifier} twice.", Severity.WARNING)
            continue
        seen.add(identifier)
        body = {"service": service, "root": root, "collection": collection, "about": about}
        if service == FORECAST:
            body["assets"] = _assets(fetching, root, identifier)
        yield HarvestRecord(identifier=f"{service}/{identifier}", body=body, profile="dmi")


def _root(fetching: Fetching, service: str) -> str:
    base = fetching.source.url.rstrip("/").removesuffix("/v2").removesuffix("/v1")
    return f"{base}/v1/{service}" if service == FORECAST else f"{base}/v2/{service}"


def _headers(fetching: Fetching) -> dict[str, str]:
    key = fetching.secrets.get("key", "")
    return {"X-Gravitee-Api-Key": key} if key else {}


def _about(fetching: Fetching, root: str) -> dict[str, Any]:
    """Return title, description and API description of a service from its landing page, nothing when that fails."""
    try:
        page = fetching.http.get_json(f"{root}/", headers=_headers(fetching))
    except FetchError:
        return {}
    if not isinstance(page, Mapping):
        return {}
    described = next((link for rel in ("service-desc", "service-doc") if (link := _link(page, rel))), "")
    facts = {name: page[name] for name in ("title", "description") if isinstance(page.get(name), str)}
    return {**facts, "service-desc": urljoin(f"{root}/", described)} if described else facts


def _collections(fetching: Fetching, url: str) -> Iterator[dict[str, Any] | Problem]:
    visited: set[str] = set()
    while url and url not in visited and len(visited) < MAX_PAGES:
        visited.add(url)
        answer = fetching.http.get_json(url, headers=_headers(fetching))
        listed = answer.get("collections") if isinstance(answer, Mapping) else None
        if not isinstance(listed, list):
            message = f"{urlsplit(url).path} holds no list of collections; check the source's address."
            yield Problem("unexpected-answer", "", message)
            return
        yield from (_collection(entry) for entry in listed)
        url = _next(url, answer) if listed else ""
    if url:
        message = f"{urlsplit(url).path} leads back to pages already read, or to more than {MAX_PAGES} pages."
        yield Problem("endless-pager", "", message)


def _collection(entry: Any) -> dict[str, Any] | Problem:
    if isinstance(entry, Mapping) and isinstance(entry.get("id"), str) and entry["id"].strip():
        return dict(entry)
    return Problem("no-identifier", "", "The list holds a collection without an id; it was left out.", Severity.WARNING)


def _link(page: Mapping[str, Any], rel: str) -> str:
    links = page.get("links")
    found = (link for link in links if isinstance(link, Mapping)) if isinstance(links, list) else ()
    return next((link["href"] for link in found if link.get("rel") == rel and isinstance(link.get("href"), str)), "")


def _next(url: str, page: Mapping[str, Any]) -> str:
    """Return the next page at the host we already talk to: links name other gateways, and keys stay with their host."""
    link = _link(page, "next")
    if not link:
        return ""
    here, there = urlsplit(url), urlsplit(urljoin(url, link))
    return urlunsplit((here.scheme, here.netloc, there.path, there.query, ""))


def _assets(fetching: Fetching, root: str, collection: str) -> dict[str, Any]:
    """Return the kinds of files of a model from one item; DMI names the member `asset`, STAC `assets`."""
    try:
        answer = fetching.http.get_json(
            f"{root}/collections/{quote(collection, safe='')}/items", params={"limit": 1}, headers=_headers(fetching)
        )
        item = answer["features"][0]
        assets = item.get("assets") or item.get("asset") or {}
        return {str(key): {name: asset[name] for name in _STABLE if name in asset} for key, asset in assets.items()}
    except (FetchError, AttributeError, KeyError, IndexError, TypeError):
        return {}


SOURCE = Dmi()
