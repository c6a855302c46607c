"""Whatever a portal sends, the reader of data.gov.sg gives a dataset or Problems, and never raises."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.harvests.records import HarvestSource
from harvesters.apply import read_record
from harvesters.base import HarvestRecord
from schemas.profiles.base import ReadContext
from schemas.profiles.portals.datagovsg import READER

CONTEXT = ReadContext(base_url="https://portal.example", language="en", license="https://data.gov.sg/open-data-licence")
SOURCE = HarvestSource(name="sg", kind="datagovsg", url="https://portal.example", language="en")
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=6,
)  # fmt: skip
KEYS = (
    "datasetId", "name", "description", "format", "createdAt", "coverageStart", "managedBy", "contactEmails", "datasetSize",
    "columnMetadata", "frequency", "sources", "title", "organization", "resources", "tags", "topics", "license_id", "id",
)  # fmt: skip
RECORDS = st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=6)
COLUMNS = st.fixed_dictionaries({}, optional={
    "order": JUNK, "map": JUNK | st.dictionaries(st.text(max_size=3), JUNK, max_size=3),
    "metaMapping": JUNK | st.dictionaries(st.text(max_size=3), JUNK, max_size=3),
})  # fmt: skip


@settings(deadline=None)
@given(JUNK | st.fixed_dictionaries({}, optional={
    "dataset": RECORDS, "metadata": RECORDS, "collections": JUNK | st.lists(RECORDS, max_size=2), "package": RECORDS,
    "error": JUNK,
}))  # fmt: skip
def test_junk_becomes_a_document_or_a_problem(record: Any) -> None:
    reading = READER.read(record, CONTEXT)
    assert isinstance(reading.document, dict)


@settings(deadline=None)
@given(COLUMNS)
def test_junk_among_the_columns_harms_no_dataset(columns: Any) -> None:
    body = {"dataset": {"datasetId": "d_1", "name": "Prices"}, "metadata": {"format": "CSV", "columnMetadata": columns}}
    dataset, problems = read_record(HarvestRecord(identifier="d_1", body=body, profile="datagovsg"), SOURCE)
    assert dataset is not None, problems


@pytest.mark.parametrize(("columns", "names"), [
    ({"map": {"c_1": "Date", "c_2": "Cases"}}, ["Date", "Cases"]),
    ({"metaMapping": {"b": {"name": "second", "index": "2"}, "a": {"name": "first", "index": "1"}}}, ["first", "second"]),
    ({"metaMapping": {"j": {"name": "tenth", "index": "10"}, "b": {"name": "ninth", "index": "9"}}}, ["ninth", "tenth"]),
    ({"order": ["z", "gone", "a"], "map": {"a": "A", "z": "Z", "n": "N"}}, ["Z", "A", "N"]),
])  # fmt: skip
def test_columns_keep_the_order_of_the_file(columns: Any, names: list[str]) -> None:
    record = {"dataset": {"datasetId": "d_1", "name": "Prices"}, "metadata": {"format": "CSV", "columnMetadata": columns}}
    table = READER.read(record, CONTEXT).document["distribution"][0]["table_schema"]
    assert [field["name"] for field in table["fields"]] == names


def test_what_no_property_holds_stays_in_raw() -> None:
    record = {"dataset": {"datasetId": "d_1", "name": "Prices"}, "metadata": {"anything": {"new": 1}}}
    assert READER.read(record, CONTEXT).document["raw"] == {"anything": {"new": 1}}
