"""DCAT-AP: what is written comes back, what is harvested is loaded or explained, nothing raises."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.dataset import Dataset
from schemas.forms import canonical, load_dataset
from schemas.profiles.base import CatalogPage, ReadContext, WriteContext
from schemas.profiles.standards.dcat import PROFILE
from tests.payloads import payload
from tests.schemas.profiles.rich import rich_dataset

HOME = WriteContext(base_url="https://data.example")
US = ReadContext(base_url="https://data.example")
EXTENSIONS = ("ttl", "rdf", "xml", "jsonld", "n3", "nt")


def loaded(record: object, context: ReadContext = US) -> Dataset | None:
    return load_dataset(PROFILE.read(record, context).document)[0]


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize("dataset", [rich_dataset(), Dataset(name="bare-one", title={"en": "Bare"})], ids=("rich", "bare"))
def test_a_dataset_comes_back_as_it_was(extension, dataset):
    (record,) = PROFILE.split(PROFILE.write(dataset, HOME, extension))
    assert PROFILE.read(record, US).problems == ()
    assert loaded(record) == dataset


def test_the_record_depends_neither_on_order_nor_on_blank_labels():
    lines = [
        b"_:d <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .",
        b'_:d <http://purl.org/dc/terms/identifier> "7" .',
        b"_:d <http://purl.org/dc/terms/temporal> _:t1 .",
        b"_:d <http://purl.org/dc/terms/temporal> _:t2 .",
        b'_:t1 <http://www.w3.org/ns/dcat#startDate> "2020" .',
        b'_:t2 <http://www.w3.org/ns/dcat#startDate> "2021" .',
    ]
    hashes = set()
    for seed in range(5):
        random.Random(seed).shuffle(lines)
        body = b"\n".join(lines).replace(b"_:t", b"_:x%d" % seed)
        hashes.add(canonical(next(iter(PROFILE.split(body, "application/n-triples"))))[1])
    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "a">]><r>&a;</r>', "doctype"),
        (b'{"@context": "http://127.0.0.1/c", "@id": "http://a/"}', "remote-context"),
        (b'{"@context": {"@import": "file:///etc/passwd"}}', "remote-context"),
        (b'{"http://a/b":[' * 20_000 + b"1" + b"]}" * 20_000, "too-deep"),
        (b"<http://a> <http://b> .", "not-rdf"),
        ('<?xml version="1.0"?><r/>'.encode("utf-16"), "wrong-encoding"),
    ],
)
def test_what_is_dangerous_or_broken_becomes_one_problem(body, code):
    (record,) = PROFILE.split(body)
    assert [problem.code for problem in PROFILE.read(record, US).problems] == [code]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.sampled_from(EXTENSIONS).flatmap(lambda e: _damaged(e))))
def test_junk_never_raises(body):
    for record in PROFILE.split(body):
        load_dataset(PROFILE.read(record, US).document)


def _damaged(extension: str) -> st.SearchStrategy[bytes]:
    body = PROFILE.write(Dataset(name="x-1", title={"en": "T"}), HOME, extension)
    return st.tuples(st.integers(0, len(body)), st.binary(max_size=4)).map(lambda cut: body[: cut[0]] + cut[1] + body[cut[0] :])


def test_a_stated_right_that_nobody_knows_closes_the_bytes():
    body = b"""@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
        <http://a/1> a dcat:Dataset ; dct:title "T" ; dct:accessRights "ask Bob" ; dct:accrualPeriodicity "whenever" ."""
    (record,) = PROFILE.split(body)
    dataset = loaded(record)
    assert dataset and dataset.access.level == "closed"
    assert set(dataset.raw) == {"dct:accessRights", "dct:accrualPeriodicity"}


def test_pages_of_the_catalogue_are_linked_by_one_hydra_view():
    def page(number: int) -> str:
        page = CatalogPage(
            datasets=[rich_dataset()], self_url="https://data.example/catalog.ttl?q=a", page=number, pages=2, total=101
        )
        return PROFILE.write_catalog(page, HOME).decode()

    assert "hydra:next <https://data.example/catalog.ttl?q=a&page=2>" in page(1)
    assert "hydra:next" not in page(2)
    assert page(1).count("hydra:PartialCollectionView") == 1


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("no_norway/difi-dataset-2017-10-19.jsonld", 33),
        ("no_norway/gdoc-data-2017-10-19.ttl", 133),
        ("no_norway/nav-2017-10-31.ttl", 42),
        ("de_govdata_paged/catalog-endpoint.rdf", 6),
        ("uk_scotland_hub/edinburgh.json", 44),
    ],
)
def test_real_catalogues_are_loaded_whole(path, count):
    records = list(PROFILE.split(payload(f"f_dcat/{path}").read_bytes()))
    assert len(records) == count
    assert all(loaded(record) for record in records)


def test_every_real_file_is_loaded_or_explained():
    refused = {}
    for path in sorted(payload("f_dcat").glob("*/*")):
        for record in PROFILE.split(path.read_bytes()):
            reading = PROFILE.read(record, US)
            if load_dataset(reading.document)[0] is None:
                refused[path.name] = reading.problems[0].code
    assert refused == {"evian.json": "remote-context", "geonetwork.xml": "not-rdf"}


def test_two_datasets_of_one_page_do_not_mix():
    both = [rich_dataset(), replace(rich_dataset(), name="water", identifier="x-2", title={"en": "Water"})]
    page = CatalogPage(datasets=both, self_url="https://data.example/catalog.ttl", total=2)
    assert [loaded(record) for record in PROFILE.split(PROFILE.write_catalog(page, HOME))] == both
