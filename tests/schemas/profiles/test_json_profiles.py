"""CKAN, Data Package, DCAT-US and our own JSON: nothing is lost on the way out and back, nothing raises on the way in."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.access import AccessLevel, AccessRule
from schemas.dataset import Dataset
from schemas.forms import load_dataset
from schemas.problems import Severity, has_errors
from schemas.profiles import profiles
from schemas.profiles.base import CatalogPage
from tests.builders import ENGLISH, SITE, a_dataset, a_distribution, read_all, there_and_back
from tests.payloads import payload
from tests.schemas.profiles.rich import rich_dataset

NAMES = ("ckan", "datapackage", "dcat_us", "qoima")
CORPUS = Path(__file__).resolve().parents[2] / "corpus"

VARIANTS = {
    "rich": rich_dataset(),
    "bare": Dataset(name="bare-one", title={"en": "Bare"}),
    "foreign words only": Dataset(name="kk-one", title={"kk": "Су қоймасы"}, description={"ko": "저수지"}),
    "no file": a_dataset(distribution=()),
    "twins": a_dataset(distribution=(a_distribution(id="a"), a_distribution(id="a-2"), a_distribution(id="A"))),
    "nothing to link": a_dataset(distribution=(a_distribution(id="x", download_url="", license="", format=""),)),
    "closed": a_dataset(access=AccessRule(level=AccessLevel.CLOSED, reason={"en": "Secret"})),
    "year only": a_dataset(modified="2015", issued="2014-03"),
    "long": a_dataset(description={"en": "word" * 5000}, rights={"en": "r" * 300}, keyword={"en": ("k" * 1500,)}),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_dataset_comes_back_as_it_was(name, variant):
    assert there_and_back(profiles()[name], VARIANTS[variant]) == VARIANTS[variant]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.json")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_record_of_our_corpus_is_read_and_comes_back(path):
    profile = profiles()[path.parent.name]
    found = read_all(profile, path.read_bytes())
    assert found
    for dataset, problems in found:
        assert dataset is not None, problems
        assert there_and_back(profile, dataset) == dataset


@pytest.mark.parametrize("name", NAMES)
def test_a_catalogue_of_several_comes_back_one_by_one(name):
    both = [a_dataset(), replace(rich_dataset(), name="air-two")]
    page = CatalogPage(datasets=both, self_url="https://data.example/all.json", total=2)
    assert [dataset for dataset, _ in read_all(profiles()[name], profiles()[name].write_catalog(page, SITE))] == both


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=150, deadline=None)
@given(body=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
@example(body=b"[" * 100_000)
@example(body=b'{"dataset": [{"title": "a"}, ')
@example(body=b'{"a": 1' + b"0" * 5000 + b"}")
@example(body=b'["\\ud800"]')
def test_junk_never_raises(name, body):
    for dataset, problems in read_all(profiles()[name], body):
        assert dataset is not None or has_errors(problems)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_a_record_with_one_damaged_value_never_raises(name, data):
    record = json.loads(profiles()[name].write(rich_dataset(), SITE))
    record.pop("qoima", None)
    _damage(record, data, data.draw(JSON))
    dataset, problems = load_dataset(profiles()[name].read(record, ENGLISH).document)
    assert dataset is not None or problems


def _damage(value: object, data: st.DataObject, junk: object) -> None:
    while True:
        keys = sorted(value) if isinstance(value, dict) else range(len(value))
        key = data.draw(st.sampled_from(keys))
        inner = value[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            value[key] = junk
            return
        value = inner


PACKAGES = (
    ("au_data.gov.au/ckan-server-dataset-sample-response-with-extras", 1),
    ("au_data.gov.au/ckan-server-dataset-sample-response", 1),
    ("ch_envidat/package_search", 2), ("ch_envidat/package_show", 1), ("ch_zurich/ckan_package_search", 3),
    ("fr_dkan/dkan-french-w-license", 1), ("uk_birmingham/package_search", 10),
    ("uk_data.gov.uk_2014-2015/package-show-frozen-animals", 1), ("uk_data.gov.uk_2014-2015/package_show-toilets", 1),
    ("uk_data.gov.uk_2014-2015/rest-dataset-cadastral", 1), ("uk_data.gov.uk_2014-2015/rest-dataset-defence", 1),
    ("uk_data.gov.uk_2014-2015/rest-dataset-frozen-animals", 1), ("uk_data.gov.uk_2014-2015/rest-dataset-pollinator", 1),
    ("uk_data.gov.uk_2014-2015/rest-dataset-toilets", 1), ("uk_data.gov.uk_2014-2015/rest-frozen-animals", 1),
    ("uk_data.gov.uk_cassette_2015/package_show", 1), ("uk_data.gov.uk_cassette_2015/rest_package", 1),
    ("us_catalog.data.gov/catalog.datas.gov.package_search_10rows", 10),
)  # fmt: skip


@pytest.mark.parametrize(("path", "count"), PACKAGES)
def test_every_real_package_is_loaded_and_survives_each_standard(path, count):
    found = read_all(profiles()["ckan"], payload(f"a_ckan/{path}.json").read_bytes())
    assert len([dataset for dataset, _ in found if dataset]) == count
    for dataset, _ in found:
        assert [there_and_back(profiles()[name], dataset) == dataset for name in NAMES] == [True] * len(NAMES)


@pytest.mark.parametrize("path", ["ch_envidat/tag_list", "uk_data.gov.uk_cassette_2015/rest_group_not_found"])
def test_what_is_no_package_is_explained(path):
    found = read_all(profiles()["ckan"], payload(f"a_ckan/{path}.json").read_bytes())
    assert found
    assert all(dataset is None and problems[0].code == "not-an-object" for dataset, problems in found)


def test_every_real_descriptor_is_loaded_and_survives_each_standard():
    paths = sorted(payload("h_frictionless").rglob("datapackage.json"))
    assert len(paths) >= 30
    for path in paths:
        ((dataset, problems),) = read_all(profiles()["datapackage"], path.read_bytes())
        assert dataset is not None, (path, problems)
        lost = [name for name in NAMES if there_and_back(profiles()[name], dataset) != dataset]
        assert lost == [], path


def test_an_extension_of_another_shape_is_ignored():
    for junk in (7, [], {"distribution": 3}, {"distribution": {"a": 1}}):
        record = {
            "name": "wells",
            "title": "Wells",
            "qoima": junk,
            "resources": [{"name": "a", "path": "https://a.example/b.csv"}],
        }
        assert load_dataset(profiles()["datapackage"].read(record, ENGLISH).document)[0] is not None


def test_a_link_that_cannot_be_used_is_told_and_kept():
    record = {"name": "wells", "title": "Wells", "resources": [{"id": "a", "url": "wells on request", "format": "CSV"}]}
    ((dataset, problems),) = read_all(profiles()["ckan"], json.dumps(record).encode())
    assert [(problem.code, problem.severity) for problem in problems] == [("no-address", Severity.WARNING)]
    assert dataset and dataset.distribution[0].raw == {"url": "wells on request"}
