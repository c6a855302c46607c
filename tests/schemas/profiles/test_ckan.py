"""CKAN packages: what clients expect is written, what portals say of their own is kept, machinery is not."""

import json
from typing import Any

import pytest

from schemas.dataset import Dataset
from schemas.forms import load_dataset
from schemas.profiles.standards.ckan import PROFILE, package
from tests.builders import ENGLISH, SITE, a_dataset


def one(**record: Any) -> Dataset:
    dataset, problems = load_dataset(PROFILE.read({"name": "wells", "title": "Wells"} | record, ENGLISH).document)
    assert dataset is not None, problems
    return dataset


def extras(**said: Any) -> dict[str, Any]:
    return {"extras": [{"key": key, "value": value} for key, value in said.items()]}


@pytest.mark.parametrize(
    "envelope", [lambda p: p, lambda p: [p], lambda p: {"success": True, "result": p}, lambda p: {"results": [p]}]
)
def test_every_envelope_is_opened(envelope):
    record = {"name": "wells", "title": "Wells"}
    assert list(PROFILE.split(json.dumps(envelope(record)).encode())) == [record]


def test_own_keys_of_a_portal_are_kept_and_its_machinery_is_not():
    dataset = one(mandate="Water Act", tracking_summary={"total": 9}, **extras(jurisdiction="North", harvest_object_id="x1"))
    assert dataset.raw == {"mandate": "Water Act", "jurisdiction": "North"}


def test_words_that_no_vocabulary_knows_are_kept():
    dataset = one(license_id="ask-us", **extras(update_frequency="whenever", spatial="the north"))
    assert dataset.raw == {"license_id": "ask-us", "update_frequency": "whenever", "spatial": "the north"}
    assert (dataset.accrual_periodicity, dataset.spatial) == ("", ())


def test_what_became_a_property_is_not_kept_twice():
    said = {"update_frequency": "monthly", "temporal_coverage-from": "2001", "temporal_coverage-to": "2002"}
    file = {"id": "a", "url": "https://water.example/a.csv"}
    dataset = one(license_id="cc-by", resources=[file], **extras(**said))
    assert dataset.raw == {}
    assert one(license_id="cc-by").raw == {"license_id": "cc-by"}, "it is files that have a licence"
    assert (dataset.temporal[0].start, dataset.temporal[0].end) == ("2001", "2002")


@pytest.mark.parametrize(("said", "level"), [("public", "open"), ("restricted public", "on-request"), ("non-public", "closed")])
def test_a_stated_access_level_holds(said, level):
    assert one(**extras(accessLevel=said)).access.level == level


def test_a_file_keeps_the_keys_of_its_portal():
    item = {"id": "a", "url": "https://a.example/b c.csv", "describedBy": "https://a.example/d", "revision_id": "r1"}
    (file,) = one(resources=[item]).distribution
    assert file.download_url == "https://a.example/b%20c.csv"
    assert file.raw == {"url": "https://a.example/b c.csv", "describedBy": "https://a.example/d"}


def test_a_map_service_is_a_service_and_a_page_is_no_file():
    items = [{"url": "https://a.example/wms", "format": "WMS"}, {"url": "https://a.example/about", "format": "HTML"}]
    dataset = one(resources=items)
    assert [each.endpoint_url for each in dataset.service] == ["https://a.example/wms"]
    assert [each.download_url for each in dataset.distribution] == ["", ""]


def test_clients_find_the_keys_they_rely_on():
    made = package(a_dataset(), SITE)
    needed = {
        "id",
        "name",
        "title",
        "notes",
        "tags",
        "resources",
        "organization",
        "owner_org",
        "extras",
        "num_resources",
        "state",
    }
    assert needed <= set(made)
    assert made["license_id"] and made["num_resources"] == len(made["resources"]) == 1
    assert {"id", "package_id", "url", "format", "name", "position", "last_modified"} <= set(made["resources"][0])
    assert made["metadata_modified"] == "2025-06-30T00:00:00.000000"
