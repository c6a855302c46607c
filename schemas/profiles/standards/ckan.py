"""CKAN's package, as its Action API gives and takes it (v3, also v2's and DKAN's shapes); our other properties are extras.

Extras that CKAN lacks are written as one JSON text under the key `qoima`, so that a round trip loses nothing.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from schemas.dataset import Dataset
from schemas.forms import dump_dataset
from schemas.problems import Problem
from schemas.profiles.base import CatalogPage, Format, ReadContext, Reading, WriteContext
from schemas.profiles.ckan_reading import json_value, package_extras, read_package
from schemas.profiles.ckan_writing import write_package
from schemas.profiles.json_records import not_an_object, parsed
from schemas.profiles.terms import leftover, regain


class CkanProfile:
    """CKAN package dictionaries."""

    name = "ckan"
    title = "CKAN package"
    formats = (Format("json", "application/vnd.ckan.package+json"),)
    losses: frozenset[str] = frozenset()

    def split(self, body: bytes, media_type: str = "") -> Iterable[Any]:
        """Yield the packages of an answer, whatever envelope it has."""
        answer = parsed(body)
        result = answer.get("result", answer) if isinstance(answer, dict) else answer
        found = result.get("results", result) if isinstance(result, dict) else result
        yield from found if isinstance(found, list) else [found]

    def read(self, record: Any, context: ReadContext) -> Reading:
        """Read a package; DKAN gives it as a list of one."""
        if isinstance(record, list) and len(record) == 1:
            record = record[0]
        if not isinstance(record, Mapping):
            return not_an_object(record, "A CKAN package")
        extras, problems = package_extras(record), list[Problem]()
        document = read_package(record, extras, context, problems)
        return Reading(regain(document, json_value(extras.get("qoima"))), tuple(problems))

    def write(self, dataset: Dataset, context: WriteContext, extension: str = "") -> bytes:
        """Write a package."""
        return json.dumps(package(dataset, context), ensure_ascii=False, indent=1).encode()

    def write_catalog(self, page: CatalogPage, context: WriteContext, extension: str = "") -> bytes:
        """Write a page as the answer of `package_search`."""
        results = [package(dataset, context) for dataset in page.datasets]
        return json.dumps({"success": True, "result": {"count": page.total, "results": results}}, ensure_ascii=False).encode()


def package(dataset: Dataset, context: WriteContext) -> dict[str, Any]:
    """Return a dataset as a package with every key that clients expect (interoperability: CKAN 2.11)."""
    document = dump_dataset(dataset)
    made = write_package(document, context)
    back = read_package(made, {}, ReadContext(language=context.language), [])
    if extension := leftover(document, back):
        made["extras"].append({"key": "qoima", "value": json.dumps(extension, ensure_ascii=False)})
    return made


PROFILE = CkanProfile()
