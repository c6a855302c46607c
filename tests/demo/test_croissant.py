"""Croissant end to end: what the demo offers is fetched over HTTP by mlcroissant, validated, and every RecordSet loads."""

import json
import urllib.request
from collections.abc import Iterator
from itertools import islice
from typing import Any

import mlcroissant
import pytest
from etils import epath
from mlcroissant._src.core import constants

from catalog.access import SYSTEM
from catalog.records import PARQUET
from schemas.profiles.croissant.checking import problems
from tests.demo.conftest import Demo

pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning"),
]


@pytest.fixture
def cache(tmp_path, monkeypatch) -> None:
    """Keep what mlcroissant fetches apart: it remembers files by their addresses."""
    monkeypatch.setattr(constants, "DOWNLOAD_PATH", epath.Path(tmp_path))


def datasets(demo: Demo) -> Iterator[tuple[str, int]]:
    """Yield every dataset with a version, and how many tables were made of its files."""
    with demo.catalog.store.read() as work:
        names = [record.dataset.name for record in work.datasets.page(limit=1000)]
        versions = work.versions.latest(names)
    for name, version in versions.items():
        yield name, sum(1 for file in version.files for made in file.derived if made.name == PARQUET and made.rows)


def document(demo: Demo, name: str) -> Any:
    with urllib.request.urlopen(f"{demo.url}/dataset/{name}/croissant.jsonld", timeout=20) as answer:
        return json.load(answer)


def test_every_table_of_the_demo_loads_over_http(demo: Demo, cache: None) -> None:
    loaded = 0
    for name, tables in datasets(demo):
        if name in unlicensed(demo):
            continue
        url = f"{demo.url}/dataset/{name}/croissant.jsonld"
        dataset = mlcroissant.Dataset(jsonld=url)
        assert not dataset.metadata.ctx.issues.errors, name
        for record_set in dataset.metadata.record_sets:
            (record,) = islice(dataset.records(record_set.uuid), 1)
            assert set(record) == {field.uuid for field in record_set.fields}, name
            loaded += 1
        assert len([one for one in dataset.metadata.record_sets if not one.data]) >= tables
    assert loaded >= 40


def unlicensed(demo: Demo) -> set[str]:
    """Return the datasets of the demo whose portals state no licence."""
    entries = [demo.catalog.reading.entry(SYSTEM, name) for name, _ in datasets(demo)]
    return {one.dataset.name for one in entries if not any(d.license or d.rights for d in one.dataset.distribution)}


def test_what_is_missing_is_said_where_there_is_no_document(demo: Demo) -> None:
    for name in unlicensed(demo):
        answer = demo.client.get(f"/dataset/{name}/croissant.jsonld")
        assert answer.status_code == 404
        assert "licence is missing" in answer.json["detail"]


def test_every_document_is_what_the_specification_asks_for(demo: Demo) -> None:
    offered = [name for name, _ in datasets(demo) if name not in unlicensed(demo)]
    assert len(offered) >= 40
    for name in offered:
        assert problems(document(demo, name)) == []


def test_it_is_linked_on_the_page_and_found_at_the_address_of_the_hub_and_of_the_version(demo: Demo) -> None:
    name = next(name for name, tables in datasets(demo) if tables and name not in unlicensed(demo))
    answers = [
        demo.client.get(path)
        for path in (f"/dataset/{name}/croissant.jsonld", f"/api/datasets/{name}/croissant",
                     f"/dataset/{name}/versions/1/croissant.jsonld")
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert answers[0].content_type == 'application/ld+json; profile="http://mlcommons.org/croissant/1.1"'
    assert f"{demo.url}/dataset/{name}/croissant.jsonld" in demo.client.get(f"/dataset/{name}").text
    assert demo.client.get(f"/dataset/{name}/versions/99/croissant.jsonld").status_code == 404
    assert demo.client.get("/dataset/no-such-dataset/croissant.jsonld").status_code == 404


def test_other_forms_keep_their_addresses(demo: Demo) -> None:
    name = next(name for name, _ in datasets(demo))
    asked = demo.client.get(f"/dataset/{name}", headers={"Accept": "application/ld+json"})
    assert asked.data == demo.client.get(f"/dataset/{name}.jsonld").data
    assert demo.client.get(f"/dataset/{name}/schemaorg.jsonld").json["@type"] == "Dataset"
