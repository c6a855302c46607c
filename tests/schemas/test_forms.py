"""Forms: every problem at once with its place, bounded input, and documents that come back as they were."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.agents import Agency
from schemas.forms import canonical, dump_agency, dump_dataset, load_agency, load_dataset
from schemas.forms.rules import MAX_ITEMS, MAX_TEXT
from tests.builders import a_dataset, a_distribution
from tests.schemas.profiles.rich import rich_dataset

WELLS = {"name": "wells", "title": {"en": "Wells"}}


def codes(document: object) -> list[tuple[str, str]]:
    return sorted((problem.code, problem.path) for problem in load_dataset(document)[1])


@pytest.mark.parametrize("dataset", [rich_dataset(), a_dataset()], ids=("rich", "plain"))
def test_a_dataset_survives_its_document_and_json(dataset):
    assert load_dataset(json.loads(json.dumps(dump_dataset(dataset)))) == (dataset, [])


def test_an_agency_survives_its_document():
    agency = Agency(name="water-agency", title={"kk": "Су агенттігі"}, homepage="https://water.example")
    assert load_agency(dump_agency(agency)) == (agency, [])


def test_empty_properties_are_not_written():
    assert set(dump_dataset(load_dataset(WELLS)[0])) <= {"name", "title", "access", "license_asserted", "ml", "responsibility"}


def test_every_problem_is_told_at_once_with_its_place():
    document = {
        "name": "No Name", "title": {}, "issued": "yesterday", "landing_page": "javascript:alert(1)", "colour": "red",
        "access": {"embargo": "soon", "expires": "1.2.2027"},
        "distribution": [{"id": "a"}, {"download_url": "x", "byte_size": -1, "checksum": {"algorithm": "md5", "value": "zz"}}],
        "spatial": [{"bbox": {"west": 0, "south": -91, "east": 181, "north": 0}}],
    }  # fmt: skip
    assert codes(document) == sorted([
        ("not-a-name", "/name"), ("missing", "/title"), ("not-a-date", "/issued"), ("not-an-address", "/landing_page"),
        ("not-a-date", "/access/embargo"), ("not-a-date", "/access/expires"),
        ("unknown-field", "/colour"), ("missing", "/distribution/1/id"), ("not-an-address", "/distribution/1/download_url"),
        ("out-of-range", "/distribution/1/byte_size"), ("not-a-checksum", "/distribution/1/checksum/value"),
        ("out-of-range", "/spatial/0/bbox/south"), ("out-of-range", "/spatial/0/bbox/east"),
    ])  # fmt: skip


def test_messages_are_whole_sentences():
    _, problems = load_dataset({"name": "!", "title": 3, "issued": "x", "distribution": 7, "access": {"level": "secret"}})
    assert len(problems) == 5
    assert all(problem.message[0].isupper() and problem.message.endswith(".") for problem in problems)


@pytest.mark.parametrize("document", [None, 7, "text", [], [WELLS]])
def test_what_is_no_object_is_told(document):
    assert load_dataset(document)[0] is None
    assert [code for code, _ in codes(document)] == ["not-an-object"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"description": {"en": "x" * (MAX_TEXT + 1)}}, ("too-long", "/description")),
        ({"page": ["https://a.example/"] * (MAX_ITEMS + 1)}, ("too-many", "/page")),
        ({"keyword": {"en": ["x"] * (MAX_ITEMS + 1)}}, ("not-keywords", "/keyword")),
    ],
    ids=("text", "list", "keywords"),
)
def test_input_is_bounded(change, problem):
    assert codes(WELLS | change) == [problem]


def test_texts_are_cleaned_of_what_nobody_sees():
    dataset, _ = load_dataset(WELLS | {"title": {"en": " We\u200blls\u202e \x00\r\n"}, "description": "e\u0301"})
    assert dataset and (dataset.title, dataset.description) == ({"en": "Wells"}, {"und": "é"})


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_are_numbers(number):
    assert codes(WELLS | {"spatial_resolution_in_meters": number}) == [("wrong-type", "/spatial_resolution_in_meters")]


def test_equal_documents_have_equal_hashes_whatever_their_order():
    one, other = {"a": 1, "b": {"c": 2, "d": "ү"}}, {"b": {"d": "ү", "c": 2}, "a": 1}
    assert canonical(one) == canonical(other)
    assert canonical(one)[1] != canonical(one | {"a": 2})[1]


def test_a_lone_surrogate_does_not_stop_the_hash():
    assert len(canonical({"a": "\ud800"})[1]) == 64


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(sorted(dump_dataset(rich_dataset())))


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, JSON, max_size=4))
def test_no_document_raises(changes):
    dataset, problems = load_dataset(WELLS | changes)
    assert (dataset is None) == bool(problems)


def test_a_distribution_of_a_dataset_with_thousands_is_taken():
    files = tuple(a_distribution(id=f"r-{number}") for number in range(4040))
    assert load_dataset(dump_dataset(a_dataset(distribution=files)))[0] == a_dataset(distribution=files)
