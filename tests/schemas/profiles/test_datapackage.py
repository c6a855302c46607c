"""Data packages: Frictionless finds every written descriptor valid, and both versions are read."""

import json
from dataclasses import replace
from typing import Any

import pytest
from frictionless import Package
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.dataset import Dataset
from schemas.forms import load_dataset
from schemas.profiles.base import ReadContext
from schemas.profiles.published import Published
from schemas.profiles.standards.datapackage import PROFILE, resource
from schemas.table import Category, Field, TableSchema
from tests.builders import ENGLISH, SITE, a_dataset, a_distribution, read_all, there_and_back
from tests.payloads import payload
from tests.schemas.profiles.made_tables import a_table
from tests.schemas.profiles.rich import rich_dataset


def faults(dataset: Dataset) -> list[str]:
    return [error.message for error in Package.metadata_validate(written(dataset))]


def written(dataset: Dataset) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(PROFILE.write(dataset, SITE))
    return made


def with_table(*fields: Field, **keys: Any) -> Dataset:
    return a_dataset(distribution=(a_distribution(table_schema=TableSchema(fields=fields, **keys)),))


def one(**record: Any) -> Dataset:
    dataset, problems = load_dataset(PROFILE.read({"name": "wells", "title": "Wells"} | record, ENGLISH).document)
    assert dataset is not None, problems
    return dataset


DATASETS = {
    "rich": rich_dataset(),
    "no file": a_dataset(distribution=()),
    "alike": a_dataset(
        distribution=(a_distribution(id="a"), a_distribution(id="A"), a_distribution(id="a-2"), a_distribution(id="수"))
    ),
    "unknown type": with_table(Field(name="a", type="no-such-type")),
    "wrong format": with_table(Field(name="a", type="string", format="%Y"), Field(name="b", type="geojson", format="x")),
    "wrong constraint": with_table(
        Field(name="a", type="integer", constraints={"pattern": "x", "required": "yes", "minimum": 0})
    ),
    "wrong example": with_table(Field(name="a", type="integer", example="abc")),
    "own options": with_table(
        Field(name="a", type="number", options={"decimalChar": ",", "bareNumber": "no", "name": "z", "x": 1})
    ),
    "codes": with_table(
        Field(name="a", type="string", categories=(Category(value="1", label={"kk": "бір"}), Category(value="2")))
    ),
    "items of an unknown type": with_table(Field(name="a", type="list", options={"itemType": "0"})),
    "columns alike": with_table(Field(name="a"), Field(name="a")),
    "keys of nothing": with_table(
        Field(name="a"),
        primary_key=("b",),
        unique_keys=(("a",), ("c",)),
        foreign_keys=({"fields": "a"}, {"fields": ["a"], "reference": {}}),
    ),
    "missing values": with_table(Field(name="a", missing_values=("-", "n/a")), missing_values=("", "x")),
}


@pytest.mark.parametrize("name", DATASETS)
def test_a_written_descriptor_is_valid_and_comes_back(name):
    assert faults(DATASETS[name]) == []
    assert there_and_back(PROFILE, DATASETS[name]) == DATASETS[name]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
JUNK = st.none() | st.booleans() | st.integers(-9, 9) | WORDS | st.lists(WORDS, max_size=2)
FIELDS = st.builds(
    Field,
    name=WORDS,
    example=st.just("") | WORDS,
    format=st.sampled_from(["default", "any", "email", "%d", "array", "x"]),
    type=st.sampled_from(
        ["any", "string", "integer", "number", "boolean", "date", "list", "geopoint", "geojson", "year", "money"]
    ),
    constraints=st.dictionaries(st.sampled_from(["required", "unique", "enum", "minimum", "minLength", "pattern", "junk"]), JUNK),
    options=st.dictionaries(st.sampled_from(["bareNumber", "decimalChar", "trueValues", "itemType", "own"]), JUNK),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(FIELDS, max_size=4), st.lists(WORDS, max_size=2))
def test_whatever_a_table_says_the_descriptor_is_valid(fields, key):
    dataset = with_table(*fields, primary_key=tuple(key), unique_keys=(tuple(key),))
    assert faults(dataset) == []


def test_real_descriptors_are_written_valid():
    paths = sorted(payload("h_frictionless").rglob("datapackage.json"))
    assert paths
    for path in paths:
        ((dataset, _),) = read_all(PROFILE, path.read_bytes())
        assert dataset is not None
        assert faults(dataset) == [], path


def test_real_packages_of_portals_become_valid_descriptors():
    from schemas.profiles.standards.ckan import PROFILE as CKAN

    found = read_all(CKAN, payload("a_ckan/us_catalog.data.gov/catalog.datas.gov.package_search_10rows.json").read_bytes())
    assert [faults(dataset) for dataset, _ in found if dataset] == [[]] * 10


def test_a_relative_path_is_joined_to_the_place_of_the_descriptor_and_kept_without_one():
    record = {"name": "wells", "title": "Wells", "resources": [{"name": "a", "path": "data/a.csv"}]}
    placed = load_dataset(PROFILE.read(record, ReadContext(base_url="https://a.example/pkg")).document)[0]
    assert placed and placed.distribution[0].download_url == "https://a.example/pkg/data/a.csv"
    assert one(**record).distribution[0].path == "data/a.csv"


def test_what_no_property_holds_is_kept():
    dataset = one(image="https://a.example/i.png", resources=[{"name": "a", "path": "https://a.example/a.csv", "views": [1]}])
    assert (dataset.raw, dataset.distribution[0].raw) == ({"image": "https://a.example/i.png"}, {"views": [1]})


def test_contributors_have_their_parts_and_the_publisher_is_the_agency():
    dataset = one(
        contributors=[
            {"title": "Office", "roles": ["publisher"]},
            {"title": "Ann", "roles": ["author", "wrangler"]},
            {"email": "x"},
        ]
    )
    assert dataset.publisher and dataset.publisher.name == "office"
    assert [(each.name["en"], each.role) for each in dataset.contributor] == [("Ann", "author"), ("Ann", "wrangler")]


def test_the_first_version_is_read():
    fields = {
        "fields": [{"name": "id", "type": "integer"}],
        "primaryKey": "id",
        "foreignKeys": [{"fields": "id", "reference": {"fields": "id"}}],
    }
    dataset = one(license="odc-pddl", resources=[{"name": "a", "url": "https://a.example/a.csv", "schema": fields}])
    table = dataset.distribution[0].table_schema
    assert dataset.distribution[0].license == "http://opendatacommons.org/licenses/pddl/1.0/"
    assert table and table.primary_key == ("id",)
    assert table.foreign_keys == ({"fields": ["id"], "reference": {"resource": "", "fields": ["id"]}},)
    assert faults(dataset) == []


def test_what_we_hold_stands_at_addresses_that_never_change_with_the_tables_behind(tmp_path):
    fields = [Field(name="Аты", constraints={"required": True}), Field(name="year", type="year"), Field(name="at", type="time")]
    profile = {"columns": [{"name": "year", "missing": 1}]}
    table = a_table(tmp_path, "wells-csv", {"Аты": ["a", "b"], "year": [1, None], "at": ["1", "2"]}, fields, statistics=profile)
    held = replace(table.parquet, url="https://data.example/dataset/wells/versions/3/files/wells-csv/wells.csv")
    published = Published(version="2.1.0", at="2025-07-01T00:00:00Z", files={"wells-csv": held}, tables={"wells-csv": table})
    made = json.loads(PROFILE.write(a_dataset(), replace(SITE, published=published)))
    assert list(Package.metadata_validate(made)) == []
    original, parquet = made["resources"]
    assert (made["version"], made["created"], original["path"]) == ("2.1.0", published.at, held.url)
    assert (parquet["name"], parquet["path"]) == ("wells-csv-parquet", table.parquet.url)
    assert parquet["hash"] == f"sha256:{table.parquet.sha256}"
    assert [(one["name"], one["type"]) for one in parquet["schema"]["fields"]] == [
        ("Аты", "string"), ("year", "number"), ("at", "string"),
    ]  # fmt: skip
    ((back, _),) = read_all(PROFILE, json.dumps(made).encode())
    assert back == a_dataset()


@pytest.mark.parametrize(("path", "code", "told"), [
    ("a.csv", "CSV", True), ("a.geojson", "GEOJSON", True), ("a.pdf", "PDF", True), ("a.zip", "ZIP", False),
    ("a.json", "JSON", False), ("a.csv.gz", "CSV", False), ("a.xlsx", "XLSX", False), ("a.parquet", "PARQUET", False),
])  # fmt: skip
def test_sizes_stand_where_frictionless_counts_them(path, code, told):
    one = a_distribution(download_url=f"https://water.example/{path}", format=code, byte_size=12)
    made = written(a_dataset(distribution=(one,)))
    assert ("bytes" in made["resources"][0]) is told
    assert there_and_back(PROFILE, a_dataset(distribution=(one,))).distribution[0].byte_size == 12


def test_a_file_has_a_descriptor_of_its_own():
    made = resource(a_dataset(), SITE, "wells-csv")
    assert made and made["$schema"].endswith("/dataresource.json")
    assert {key: value for key, value in made.items() if key != "$schema"} == written(a_dataset())["resources"][0]
    assert resource(a_dataset(), SITE, "nothing") is None
