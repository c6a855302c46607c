"""Serves recorded CKAN answers as their portals would: one page of a search, or packages one by one; nothing is invented.

What was stored without its envelope gets one; pages after the recorded one are empty under the declared count; lists of names
are made of the recorded packages (the documented shape, not a recorded answer).
"""

import json
from collections.abc import Mapping
from typing import Any

from tests.loopback import Answer, Request, Route, json_answer
from tests.payloads import payload

ACTION = "/api/3/action/"
SEARCHES = {
    "a_ckan/uk_birmingham/package_search.json": (10, 38),
    "a_ckan/us_catalog.data.gov/catalog.datas.gov.package_search_10rows.json": (10, 249_942),
    "a_ckan/ch_zurich/ckan_package_search.json": (3, 102),
    "a_ckan/ch_envidat/package_search.json": (2, 858),
}
"""Recorded searches: records in them, records that the portal declared."""
SHOWS = (
    "a_ckan/uk_data.gov.uk_2014-2015/package-show-frozen-animals.json",
    "a_ckan/uk_data.gov.uk_2014-2015/package_show-toilets.json",
    "a_ckan/uk_data.gov.uk_cassette_2015/package_show.json",
    "a_ckan/au_data.gov.au/ckan-server-dataset-sample-response-with-extras.json",
    "a_ckan/au_data.gov.au/ckan-server-dataset-sample-response.json",
    "a_ckan/fr_dkan/dkan-french-w-license.json",
    "a_ckan/ch_envidat/package_show.json",
)
GROUPS = ("a_ckan/ch_zurich/ckan_group_show.json", "a_ckan/ch_envidat/organization_show.json")
"""Groups and organisations with whole packages inside."""
NAMES = (
    "a_ckan/uk_data.gov.uk_2014-2015/organization-show-peterborough.json",
    "a_ckan/uk_data.gov.uk_2014-2015/organization_show-ni-spatial.json",
    "a_ckan/uk_data.gov.uk_cassette_2015/organization_show.json",
)
"""Organisations with the names of their packages only."""
REST = (
    "a_ckan/uk_data.gov.uk_2014-2015/rest-dataset-cadastral.json",
    "a_ckan/uk_data.gov.uk_2014-2015/rest-dataset-defence.json",
    "a_ckan/uk_data.gov.uk_2014-2015/rest-dataset-frozen-animals.json",
    "a_ckan/uk_data.gov.uk_2014-2015/rest-dataset-pollinator.json",
    "a_ckan/uk_data.gov.uk_2014-2015/rest-dataset-toilets.json",
    "a_ckan/uk_data.gov.uk_2014-2015/rest-frozen-animals.json",
    "a_ckan/uk_data.gov.uk_cassette_2015/rest_package.json",
)
"""Packages of the older REST API, which differ in shape."""


def read(path: str) -> Any:
    """Return what a recorded answer holds, without its envelope."""
    answer = json.loads(payload(path).read_text("utf-8"))
    return answer["result"] if isinstance(answer, Mapping) and "result" in answer else answer


def enveloped(result: Any) -> dict[str, Any]:
    """Return an answer of the Action API."""
    return {"success": True, "result": result}


def search(path: str) -> dict[str, Route]:
    """Return a portal with one recorded page of package_search."""
    recorded = read(path)

    def answer(request: Request) -> Any:
        return enveloped(recorded if request.params.get("start", "0") == "0" else {**recorded, "results": []})

    return {f"{ACTION}package_search": answer}


def shows(results: Mapping[str, Any], listed: list[str] | None = None) -> dict[str, Route]:
    """Return a portal without search: its names, and what package_show gives for each that was recorded."""

    def show(request: Request) -> Answer:
        found = results.get(request.params["id"])
        return json_answer(enveloped(found)) if found else json_answer(_NOT_FOUND, 404)

    return {
        f"{ACTION}package_list": lambda request: enveloped(sorted(results) if listed is None else listed),
        f"{ACTION}package_show": show,
    }


_NOT_FOUND = {"success": False, "error": {"__type": "Not Found Error", "message": "Not found"}}


def package(result: Any) -> dict[str, Any]:
    """Return the package of a result of package_show; DKAN gives a list of one."""
    found: dict[str, Any] = result[0] if isinstance(result, list) else result
    return found


def shown(*paths: str) -> dict[str, Any]:
    """Return recorded results of package_show by name."""
    results = [read(path) for path in paths]
    return {package(result)["name"]: result for result in results}


def grouped(path: str) -> dict[str, Any]:
    """Return the packages inside a recorded group or organisation by name."""
    return {item["name"]: item for item in read(path).get("packages", []) if isinstance(item, Mapping)}
