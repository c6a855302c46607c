"""schema.org: slim, safe inside a page, and tolerant of what others embed."""

import json

from schemas.forms import load_dataset
from schemas.profiles.base import ReadContext, WriteContext
from schemas.profiles.standards.schemaorg import PROFILE, embedded
from tests.payloads import payload
from tests.schemas.profiles.rich import rich_dataset

HOME = WriteContext(base_url="https://data.example")


def test_the_embedded_form_cannot_end_its_script_element():
    dataset = rich_dataset()
    hostile = type(dataset)(name="x-1", title={"en": "</script><script>alert(1)"})
    words = embedded(hostile, HOME)
    assert "<" not in words
    assert json.loads(words)["name"] == "</script><script>alert(1)"


def test_what_the_slim_form_holds_comes_back():
    (record,) = PROFILE.split(PROFILE.write(rich_dataset(), HOME))
    dataset, problems = load_dataset(PROFILE.read(record, ReadContext(base_url=HOME.base_url, language="en")).document)
    assert problems == []
    assert (dataset.name, dataset.identifier, dataset.temporal) == ("air", "x-1", rich_dataset().temporal)
    assert [one.download_url for one in dataset.distribution] == ["http://a/b.csv", ""]


def test_every_real_object_is_loaded_or_explained():
    refused = []
    for path in sorted((*payload("h_schemaorg").glob("pacific*/*.json"), *payload("h_schemaorg").glob("science*/*.json*"))):
        for record in PROFILE.split(path.read_bytes()):
            reading = PROFILE.read(record, ReadContext())
            dataset, problems = load_dataset(reading.document)
            if dataset is None:
                refused.append((path.name, {problem.code for problem in (*reading.problems, *problems)}))
    assert [name for name, codes in refused if "no-dataset" in codes] == ["R2R.json", "full.jsonld", "minimal.jsonld"]
    assert [name for name, codes in refused if not codes & {"no-dataset", "missing"}] == []
